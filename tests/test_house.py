"""The house stands as it was drawn: floors, names, words, and nothing where it does not belong."""

import ast
import inspect
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import factcheck
from factcheck.actions import ACTIONS
from factcheck.case import Case
from factcheck.cli import COMMANDS
from factcheck.events import BODIES
from factcheck.labels import LANGUAGES, catalogue

ROOT = Path(__file__).parent.parent
BIN = Path(sys.executable).parent
SOURCES = sorted((ROOT / "factcheck").rglob("*.py"))

# Each package of the card, and the module that really uses it.
USERS = {
    "textual": "factcheck/tui/queue.py",
    "sqlite_utils": "factcheck/index/schema.py",
    "httpx": "factcheck/evidence/fetch.py",
    "pydantic": "factcheck/events/__init__.py",
    "rapidfuzz": "factcheck/match/nearest.py",
    "pytest": "tests/conftest.py",
}
# What a package is used for, as a name that the module must call.
USES = {
    "factcheck/events/__init__.py": "model_validate",
    "factcheck/events/suggestions.py": "validate_python",
    "factcheck/match/nearest.py": "partial_ratio_alignment",
    "factcheck/index/__init__.py": "open_database",
}


def run(tool, *arguments):
    """A tool of this environment, at the root of the repository."""
    command = [str(BIN / tool), *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def trees():
    """Every module with its syntax tree."""
    return [(path, ast.parse(path.read_text("utf-8"))) for path in SOURCES]


def test_imports_go_down_only():
    result = run("lint-imports", "--no-cache")
    assert result.returncode == 0, result.stdout


def test_every_line_is_formatted_and_linted():
    formatted = run("ruff", "format", "--check", ".")
    assert formatted.returncode == 0, formatted.stdout
    linted = run("ruff", "check", ".")
    assert linted.returncode == 0, linted.stdout


def test_every_type_is_right():
    result = run("mypy")
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize(("package", "module"), USERS.items())
def test_each_package_of_the_card_is_really_used(package, module):
    tree = ast.parse((ROOT / module).read_text("utf-8"))
    names = {
        node.module.split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module
    }
    names |= {
        alias.name.split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for alias in node.names
    }
    assert package in names


@pytest.mark.parametrize(("module", "name"), USES.items())
def test_what_a_package_is_for_is_done_with_it(module, name):
    assert re.search(rf"\b{name}\(", (ROOT / module).read_text("utf-8"))


def test_readings_are_found_with_rapidfuzz():
    users = [path for path in SOURCES if "rapidfuzz" in path.read_text("utf-8")]
    assert any("text" in path.parts for path in users)


def test_every_import_from_outside_is_looked_at_by_pydantic():
    from factcheck.events import BODIES, Body

    assert all(issubclass(body, Body) and body.model_config["extra"] == "forbid" for body in BODIES.values())


@pytest.mark.parametrize("folder", ["claims", "evidence", "exports"])
def test_no_code_lies_in_the_case(folder):
    assert list((ROOT / folder).rglob("*.py")) == []


def test_every_module_opens_with_one_sentence():
    for path, tree in trees():
        opening = ast.get_docstring(tree) or ""
        assert opening.split("\n\n")[0].strip().endswith((".", "?", ":")) or "\n" in opening, path
        assert opening, path


def test_no_module_is_longer_than_a_reader_has_patience_for():
    long = {str(path): len(path.read_text("utf-8").splitlines()) for path in SOURCES}
    assert {path: lines for path, lines in long.items() if lines > 400} == {}


def test_nothing_is_evaluated_pickled_or_given_to_a_shell():
    for path, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Import | ast.ImportFrom):
                names = {alias.name.split(".")[0] for alias in node.names} | {
                    (getattr(node, "module", "") or "").split(".")[0]
                }
                assert not names & {"pickle", "yaml", "marshal", "shelve"}, path
            if isinstance(node, ast.Call):
                assert not (isinstance(node.func, ast.Name) and node.func.id in {"eval", "exec"}), path
                shell = [keyword for keyword in node.keywords if keyword.arg == "shell"]
                assert not shell, path


def test_everything_is_caught_only_at_the_edge_of_the_program_and_around_plug_ins():
    places = [
        str(path.relative_to(ROOT))
        for path, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or getattr(node.type, "id", "") in {"Exception", "BaseException"})
        and not (
            isinstance(node.body[-1], ast.Raise) and node.body[-1].exc is None
        )  # put right, and raised again
    ]
    assert sorted(set(places)) == ["factcheck/cli/__init__.py", "factcheck/plugins.py"]


def test_importing_the_package_and_looking_loads_neither_screens_nor_network():
    code = (
        "import sys, factcheck; from factcheck import Case; import factcheck.cli.looking, factcheck.cli.triage;"
        "heavy = ('textual', 'httpx', 'rich', 'jinja2', 'rjieba', 'pypinyin', 'pypdf', 'docx', 'lxml', 'selectolax', 'warcio', 'cryptography');"
        "print([name for name in heavy if name in sys.modules])"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert result.stdout.strip() == "[]"


def test_the_public_names_are_these():
    assert sorted(factcheck.__all__) == [
        "BadData",
        "Case",
        "ClaimType",
        "Conflict",
        "FactcheckError",
        "NotFound",
        "Rating",
        "Refused",
        "Stance",
        "Unavailable",
        "Usage",
        "__version__",
    ]
    assert all(getattr(factcheck, name) for name in factcheck.__all__)


def test_every_command_stands_in_the_readme():
    readme = (ROOT / "README.md").read_text("utf-8")
    table = readme.split("## Commands")[1].split("## Working on it")[0]
    missing = [name for name in COMMANDS if not re.search(rf"[`| ,]{name}\b", table)]
    assert missing == []


def test_the_table_of_keys_in_the_readme_is_the_registry():
    readme = (ROOT / "README.md").read_text("utf-8")
    table = readme.split("<!-- keys -->")[1].split("<!-- /keys -->")[0].strip()
    assert table == key_table()


def test_every_key_that_names_a_command_names_one_that_exists():
    assert [each.id for each in ACTIONS if each.command and each.command not in COMMANDS] == []


def key_table():
    """The keys as the README shows them: `python tests/test_house.py` prints it."""
    rows = ["| key | what it does | 作用 | command |", "|---|---|---|---|"]
    for each in ACTIONS:
        if each.screen == "review":
            english, chinese = (catalogue(lang)[f"action.{each.id}"] for lang in ("en", "zh"))
            key = each.key.replace("|", "\\|")
            rows.append(
                f"| `{key}` | {english} | {chinese} | {f'`{each.command}`' if each.command else ''} |"
            )
    return "\n".join(rows)


# Verbs of the door that look, or that are parts of a screen or a command rather than acts of their own.
LOOKS = {
    "accepted_at", "alone", "another", "against", "agreement", "alike", "as_of", "because", "begin_at", "blind", "decided_at", "drafts_file", "gaps", "held", "hold", "in_section", "let_go", "next_due", "next_question",
    "walk", "first", "count", "holds", "place_of", "place_among", "following", "among", "stretch", "touched_since",
    "keep_work", "kept_back", "put_off", "sections", "work", "worked",
    "captures", "claim", "claims", "close", "corrections", "counts", "coverage", "create", "events", "evidence", "exports", "found", "find", "gates",
    "head", "holds_checks", "info", "link_to", "look", "nearest_sentences", "nearest_words", "next_claim", "numbers", "objections", "older", "open", "opinions", "packs", "page",
    "overview", "page_text", "pieces", "place", "place_file", "proof", "preview", "read_only", "record", "reading", "readings", "reasons", "removed", "receipt", "refresh", "revised", "revision", "same_group", "scale", "search", "sentence", "source",
    "allowed_signers", "can_sign", "line_proof", "proven", "unsigned",
    "arrived", "away", "lacks", "bring", "clone", "fetch_lines", "fetch_text", "listen", "rows", "scout", "unsure", "watch",
    "sources", "status", "store", "text", "ties", "times", "trail", "version", "way_out", "where_said", "words", "worked_out",
}  # fmt: skip


def test_every_act_of_the_door_is_reachable_from_the_command_line():
    commands = "\n".join(path.read_text("utf-8") for path in (ROOT / "factcheck" / "cli").glob("*.py"))
    acts = [name for name, _ in inspect.getmembers(Case) if not name.startswith("_") and name not in LOOKS]
    assert [act for act in acts if f".{act}(" not in commands] == []


def test_every_act_a_reviewer_does_is_reachable_from_the_screen():
    screens = "\n".join(path.read_text("utf-8") for path in (ROOT / "factcheck" / "tui").rglob("*.py"))
    acts = [name for name, _ in inspect.getmembers(Case) if not name.startswith("_") and name not in LOOKS]
    unseen = [act for act in acts if not re.search(rf"\bcase\.{act}\b", screens)]
    assert sorted(KEEPERS) == sorted(unseen)


# What is done once in the life of a case, by who keeps a server, with the commands of `factcheck ledger`.
KEEPERS = {"pull", "push"}
# Verbs that one action of the screen reaches besides the one it is named for.
BESIDES = {
    "add": {"mention"}, "origins": {"part"}, "evidence": {"capture"}, "relations_drop": {"turn_down"},
    "ingest": {"import_checks", "ingest_folder"}, "merge": {"turn_down"}, "members_revoke": {"revoke_signer"},
}  # fmt: skip


def test_the_screen_the_command_line_and_the_registry_know_the_same_acts():
    acts = {name for name, _ in inspect.getmembers(Case) if not name.startswith("_") and name not in LOOKS}
    registry = (
        KEEPERS
        | {each.verb for each in ACTIONS if each.verb}
        | {v for more in BESIDES.values() for v in more}
    )
    assert acts == registry
    for each in ACTIONS:  # moving, typing and choosing have no command
        assert each.command in COMMANDS or not each.verb, each.id


def test_both_languages_have_the_same_labels():
    chinese, english = (catalogue(lang) for lang in LANGUAGES)
    assert chinese.keys() == english.keys()
    for key, text in english.items():
        assert set(re.findall(r"{(\w+)", text)) == set(re.findall(r"{(\w+)", chinese[key])), key


def test_every_act_that_can_be_done_or_taken_back_has_a_sentence():
    kinds = [kind for kind in BODIES if not kind.startswith("event.")]
    assert [kind for kind in kinds if f"act.{kind.replace('.', '_')}" not in catalogue("en")] == []


def test_the_project_says_its_version_once():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["version"] == factcheck.__version__


def test_the_three_headline_claims_go_from_source_to_export():
    import json

    lines = (ROOT / "exports" / "X1" / "claims.jsonl").read_text("utf-8").splitlines()
    text = "\n".join(lines)
    assert all(json.loads(line) for line in lines)
    for said in ("蒋璐转投 TikTok", "张楠辞去抖音", "60 次推理的成本也将是 GPG4 推理成本的 14 倍以上"):
        assert said in text


if __name__ == "__main__":
    sys.stdout.write(key_table() + "\n")
