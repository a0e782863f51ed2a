"""A stage of extraction may be somebody else's: installed as a distribution, named wherever its work is recorded."""

import hashlib
import json
import os
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from factcheck.case import Case
from factcheck.text import EXTRACTOR, rules_version

ROOT = Path(__file__).parent.parent
LOCAL_DESK = ROOT / "tests" / "plugins" / "local_desk"
TALK = "昨天三家工厂的产量增长12%。\n河口镇有两所小学。\n"
PACK = '[[entity]]\nname = "河口镇"\nkind = "place"\n'


def wheel(folder, project, modules):
    """A wheel of these modules, as any build tool makes it from their pyproject.toml."""
    name, version = project["name"].replace("-", "_"), project["version"]
    info = f"{name}-{version}.dist-info"
    points = "".join(
        f"[{group}]\n" + "".join(f"{key} = {value}\n" for key, value in entries.items())
        for group, entries in project["entry-points"].items()
    )
    files = modules | {
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {version}\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{info}/entry_points.txt": points,
    }
    path = folder / f"{name}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for file, text in files.items():
            archive.writestr(file, text)
        archive.writestr(f"{info}/RECORD", "".join(f"{file},,\n" for file in [*files, f"{info}/RECORD"]))
    return path


@pytest.fixture
def desk(tmp_path):
    """A case with a talk, an empty place for distributions, and a way to run commands that see them."""
    return Desk(tmp_path)


class Desk:
    def __init__(self, folder):
        self.folder, self.site = folder, folder / "site"
        Case.create(folder / "desk", "lead-1").close()
        self.case = folder / "desk"
        (self.case / "claims" / "packs").mkdir()
        (self.case / "claims" / "packs" / "town.toml").write_text(PACK, "utf-8")
        (folder / "talk.txt").write_text(TALK, "utf-8")
        (self.case / "talk.txt").write_text(TALK, "utf-8")

    def install(self, project, modules, *, by_pip=False):
        """Lay a wheel out where Python finds it: a wheel of nothing but Python is only unpacked."""
        made = wheel(self.folder, project, modules)
        if not by_pip:
            zipfile.ZipFile(made).extractall(self.site)
            return
        command = ["pip", "install", "-q", "--no-index", "--no-deps", "--target", str(self.site), str(made)]
        subprocess.run([sys.executable, "-m", *command], check=True, capture_output=True)

    def install_local_desk(self, *, by_pip=False):
        project = tomllib.loads((LOCAL_DESK / "pyproject.toml").read_text("utf-8"))["project"]
        modules = {"local_desk.py": (LOCAL_DESK / "local_desk.py").read_text("utf-8")}
        self.install(project, modules, by_pip=by_pip)

    def install_code(self, stage, code, name="odd"):
        entries = {"factcheck.stages": {stage: f"{name}:stage"}}
        self.install({"name": name, "version": "0.1", "entry-points": entries}, {f"{name}.py": code})

    def run(self, *arguments):
        environ = os.environ | {
            "PYTHONPATH": f"{ROOT}{os.pathsep}{self.site}",
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        command = [sys.executable, "-m", "factcheck", *arguments]
        return subprocess.run(
            command, cwd=self.folder, env=environ, capture_output=True, text=True, check=False
        )

    def extract(self, *options):
        done = self.run("extract", "desk/talk.txt", "--json", *options)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)


def first(found):
    """The statement of the claim that is most worth checking."""
    return max(found["claims"], key=lambda claim: claim["priority"])["statement"]


def test_a_plug_in_stands_in_for_its_stage_and_is_named(desk):
    before = desk.extract()
    desk.install_local_desk(by_pip=True)
    after = desk.extract()
    assert first(before) == "昨天三家工厂的产量增长12%。"
    assert first(after) == "河口镇有两所小学。"
    source = (LOCAL_DESK / "local_desk.py").read_bytes()
    digest = hashlib.sha256(b"local_desk.py\0" + hashlib.sha256(source).digest()).hexdigest()
    assert after["plugins"] == [
        {"stage": "ranking", "name": "local-desk", "version": "1.2.0", "sha256": digest}
    ]
    assert (before["extractor"], before["plugins"]) == (EXTRACTOR, [])
    assert after["extractor"] == f"{EXTRACTOR}+ranking=local-desk-1.2.0"
    assert before["rules"] == rules_version()
    assert after["rules"] == rules_version((("ranking", digest),)) != before["rules"]
    assert "local_desk.our_town" in [why["rule"] for claim in after["claims"] for why in claim["why"]]


def test_the_same_plug_ins_make_the_same_bytes_and_an_auditor_can_rule_them_out(desk):
    bare = desk.run("extract", "desk/talk.txt", "--json").stdout
    desk.install_local_desk()
    twice = [desk.run("extract", "desk/talk.txt", "--json").stdout for _ in range(2)]
    assert twice[0] == twice[1] != bare
    assert desk.run("extract", "desk/talk.txt", "--json", "--no-plugins").stdout == bare


def test_the_ledger_names_the_plug_in_and_the_audit_is_content(desk):
    desk.install_local_desk()
    done = desk.run("--case", "desk", "ingest", "talk.txt", "--by", "lead-1")
    assert done.returncode == 0, done.stderr
    line = json.loads((desk.case / "claims" / "ledger.jsonl").read_text("utf-8").splitlines()[-1])
    assert line["by"] == f"tool:{EXTRACTOR}+ranking=local-desk-1.2.0"
    assert line["body"]["extractor"] == f"{EXTRACTOR}+ranking=local-desk-1.2.0"
    assert line["body"]["rules"] == desk.extract()["rules"]
    assert desk.run("--case", "desk", "audit").returncode == 0


def test_a_desk_may_ingest_without_plug_ins(desk):
    desk.install_local_desk()
    desk.run("--case", "desk", "ingest", "talk.txt", "--by", "lead-1", "--no-plugins")
    line = json.loads((desk.case / "claims" / "ledger.jsonl").read_text("utf-8").splitlines()[-1])
    assert line["body"]["extractor"] == EXTRACTOR


RANKED = (
    "from dataclasses import replace\nfrom factcheck.text.ranking import ranked\n"
    "def stage(one):\n    return replace(ranked(one), {})\n"
)
RELATED = (
    "from factcheck.text.extraction import ProposedRelation\n"
    "def stage(seen, found, claims, against, worked):\n    return [ProposedRelation({})]\n"
)


FAILING = (
    ("ranking", "def stage(*_):\n    raise ValueError('no candidate pleases me')\n", "ValueError: no candidate pleases me"),
    ("ranking", "def stage(*_):\n    return None\n", "it returned a NoneType"),
    ("candidates", "def stage(*_):\n    yield 1 / 0\n", "ZeroDivisionError"),
    ("groups", "def stage(*_):\n    return []\n", "it returned 0 groups for"),
    ("ranking", "import nothing_of_that_name\n", "ModuleNotFoundError"),
    ("ranking", "stage = 3\n", "odd:stage"),
    ("statements", "import sys\ndef stage(*_):\n    sys.setrecursionlimit(60)\n    return stage()\n", "RecursionError"),
    ("ranking", "raise SystemExit(7)\n", "SystemExit"),
    ("ranking", "def stage(*_):\n    raise SystemExit(7)\n", "SystemExit"),
    ("ranking", "class Odd(Exception):\n    def __str__(self):\n        raise SystemExit(7)\ndef stage(*_):\n    raise Odd\n", "Odd"),
    ("ranking", RANKED.format("priority=float('nan')"), "the priority is nan"),
    ("ranking", RANKED.format("priority=10**12"), "the priority is 1000000000000"),
    ("ranking", RANKED.format("type='gossip'"), "'gossip' is no type of claims"),
    ("ranking", RANKED.format("checkable='maybe'"), "checkable is 'maybe'"),
    ("ranking", RANKED.format("why=(1,)"), "1 is no reason"),
    ("ranking", RANKED.format("candidate=None"), "AttributeError"),
    ("statements", "def stage(*_):\n    return ' '\n", "an empty statement"),
    ("statements", "def stage(*_):\n    return '\\ud800'\n", "a lone surrogate"),
    ("candidates", "from factcheck.text.candidates import candidates\ndef stage(*given):\n    return 2 * list(candidates(*given))\n", "two candidates at one place"),
    ("candidates", "def stage(*_):\n    return [3]\n", "it returned a int among its candidates"),
    ("relations", RELATED.format("'rhymes', claims[0].id, claims[1].id, ''"), "'rhymes' is no relation"),
    ("relations", RELATED.format("'repeats', claims[0].id, 'm99', ''"), "are no two claims"),
    ("relations", RELATED.format("'repeats', claims[0].id, claims[1].id, 3"), "cannot be written"),
    ("contradictions", "from factcheck.text.contradictions import Against\ndef stage(*_):\n    return [Against(0, 99, 1.0, '')]\n", "is no pair of the 2 claims"),
    ("layout", "from factcheck.text.layout import layout, Layout\ndef stage(text):\n    return Layout((), 3)\n", ""),
)  # fmt: skip
NAMED = ["raises", "nothing", "late", "too few", "no import", "no function", "recursion", "ends at import", "ends", "cannot say",
     "not a number", "beyond", "no type", "not checkable", "no reason", "no candidate", "no words", "half a character",
     "twice", "strangers", "no relation", "no claim", "no words of a reason", "no pair", "empty"]  # fmt: skip


@pytest.mark.parametrize(("stage", "code", "seen"), FAILING, ids=NAMED)
def test_a_plug_in_that_fails_ends_in_one_sentence_that_names_it(desk, stage, code, seen):
    desk.install_code(stage, code)
    done = desk.run("extract", "desk/talk.txt")
    if not seen:
        assert (done.returncode, done.stdout) == (0, "")
        return
    assert done.returncode == 3
    assert f"odd 0.1 ({stage})" in done.stderr
    assert seen in done.stderr
    assert "--no-plugins" in done.stderr
    assert len(done.stderr.splitlines()) == 1 + done.stderr.count("plug-in: odd")


def test_none_of_those_that_fail_is_loaded_without_plug_ins(desk):
    for number, (stage, code, _) in enumerate(FAILING):
        desk.install_code(stage, code, f"odd{number}")
    assert desk.run("extract", "desk/talk.txt").returncode == 3
    assert desk.run("extract", "desk/talk.txt", "--no-plugins").returncode == 0


@pytest.fixture
def editable(desk):
    """A project that is found where it is worked on, as `pip install -e` has it: a path, and no list of its files."""
    project = desk.folder / "project" / "odd"
    project.mkdir(parents=True)
    (project / "__init__.py").write_text("from odd.inner import stage\n", "utf-8")
    (project / "inner.py").write_text("from factcheck.text.ranking import ranked as stage\n", "utf-8")
    entries = {"factcheck.stages": {"ranking": "odd:stage"}}
    finder = {"odd.pth": f"{project.parent}\n"}
    desk.install({"name": "odd", "version": "0.1", "entry-points": entries}, finder)
    (desk.site / "sitecustomize.py").write_text(
        f"import sys\nsys.path.append({str(project.parent)!r})\n", "utf-8"
    )
    return project


def test_the_digest_of_an_editable_install_is_that_of_the_files_that_run(desk, editable):
    digests = [desk.extract()["plugins"][0]["sha256"]]
    with (editable / "inner.py").open("a", encoding="utf-8") as file:
        file.write("# changed\n")
    digests.append(desk.extract()["plugins"][0]["sha256"])
    whole = hashlib.sha256()
    for name in ("__init__.py", "inner.py"):
        data = (editable / name).read_bytes()
        whole.update(f"odd/{name}\0".encode() + hashlib.sha256(data).digest())
    assert digests[0] != digests[1] == whole.hexdigest()


def test_a_plug_in_whose_files_cannot_be_read_is_refused(desk):
    desk.install_code(
        "ranking", "import os\nfrom factcheck.text.ranking import ranked as stage\nos.unlink(__file__)\n"
    )
    done = desk.run("extract", "desk/talk.txt")
    assert done.returncode == 3
    assert "The files of the plug-in odd 0.1 (ranking) cannot be read" in done.stderr


def test_two_plug_ins_for_one_stage_are_refused(desk):
    desk.install_code("ranking", "def stage(*_): ...\n")
    desk.install_code("ranking", "def stage(*_): ...\n", "even")
    done = desk.run("extract", "desk/talk.txt")
    assert done.returncode == 3
    assert "even, odd: Two plug-ins stand in for 'ranking'" in done.stderr


def test_a_plug_in_for_no_stage_is_refused(desk):
    desk.install_code("ranks", "def stage(*_): ...\n")
    done = desk.run("extract", "desk/talk.txt")
    assert done.returncode == 3
    assert "odd: A plug-in stands in for 'ranks', which is none of: layout, view, " in done.stderr


def test_a_plug_in_that_points_outside_the_document_is_found_out(desk):
    code = (
        "from dataclasses import replace\nfrom factcheck.text.view import view\n"
        "def stage(text, passages, **how):\n    seen = view(text, passages, **how)\n"
        "    return replace(seen, came_from=tuple(place + 10_000 for place in seen.came_from))\n"
    )
    desk.install_code("view", code)
    done = desk.run("extract", "desk/talk.txt")
    assert done.returncode == 3
    assert "odd 0.1 (view)" in done.stderr


def test_without_plug_ins_the_stages_are_ours():
    from factcheck.text import SHIPPED, installed_stages

    assert installed_stages() == SHIPPED
