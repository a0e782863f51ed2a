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
        self.run("init", "desk", "--by", "lead-1")
        self.case = folder / "desk"
        (self.case / "claims" / "packs").mkdir()
        (self.case / "claims" / "packs" / "town.toml").write_text(PACK, "utf-8")
        (folder / "talk.txt").write_text(TALK, "utf-8")
        (self.case / "talk.txt").write_text(TALK, "utf-8")

    def install(self, project, modules):
        made = wheel(self.folder, project, modules)
        command = ["pip", "install", "-q", "--no-index", "--no-deps", "--target", str(self.site), str(made)]
        subprocess.run([sys.executable, "-m", *command], check=True, capture_output=True)

    def install_local_desk(self):
        project = tomllib.loads((LOCAL_DESK / "pyproject.toml").read_text("utf-8"))["project"]
        self.install(project, {"local_desk.py": (LOCAL_DESK / "local_desk.py").read_text("utf-8")})

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
    desk.install_local_desk()
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


@pytest.mark.parametrize(
    ("stage", "code", "seen"),
    [
        ("ranking", "def stage(*_):\n    raise ValueError('no candidate pleases me')\n", "ValueError: no candidate pleases me"),
        ("ranking", "def stage(*_):\n    return None\n", "it returned a NoneType"),
        ("candidates", "def stage(*_):\n    yield 1 / 0\n", "ZeroDivisionError"),
        ("groups", "def stage(*_):\n    return []\n", "it returned 0 groups for"),
        ("ranking", "import nothing_of_that_name\n", "ModuleNotFoundError"),
        ("ranking", "stage = 3\n", "odd:stage"),
        ("statements", "import sys\ndef stage(*_):\n    sys.setrecursionlimit(60)\n    return stage()\n", "RecursionError"),
        ("layout", "from factcheck.text.layout import layout, Layout\ndef stage(text):\n    return Layout((), 3)\n", ""),
    ],
    ids=["raises", "nothing", "late", "too few", "no import", "no function", "recursion", "empty"],
)  # fmt: skip
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
    assert desk.run("extract", "desk/talk.txt", "--no-plugins").returncode == 0


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
