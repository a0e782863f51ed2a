"""`rules test`, `packs check` and `help packs`: what they print, and how they end."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

FAILING = '[[rule]]\nname = "x"\ntype = "event"\nwords = ["停电"]\nexamples.yes = ["昨天停水"]\nexamples.no = ["他走了"]\n'
CLASHING = '[[entity]]\nname = "Ada"\nheard = ["Robert"]\n[[entity]]\nname = "Robert"\n'
REMARKED = '[[entity]]\nname = "OpenAI"\nheard = ["欧洲"]\n'


@pytest.fixture
def run(tmp_path):
    """Runs a command in an empty folder: status, stdout, stderr."""

    def go(*arguments):
        done = subprocess.run(
            [sys.executable, "-m", "factcheck", *map(str, arguments)],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout, done.stderr

    return go


@pytest.fixture
def case(tmp_path):
    """The bundled case's packs, in a folder that is a case as far as packs go."""
    folder = tmp_path / "case"
    shutil.copytree(ROOT / "claims", folder / "claims")
    return folder


def test_the_shipped_rules_hold_outside_of_any_case(run):
    code, out, err = run("rules", "test", "--json")
    found = json.loads(out)
    assert (code, err) == (0, "")
    assert (found["ok"], found["failing"], found["findings"]) == (True, 0, [])
    assert found["examples"] >= 2 * found["rules"] > 100


def test_a_case_s_own_rules_are_run_with_the_shipped_ones(run, case):
    before = json.loads(run("rules", "test", case, "--json")[1])
    (case / "claims" / "packs" / "own.toml").write_text(FAILING, "utf-8")
    for arguments in ((case,), ("--case", case)):
        code, out, _ = run("rules", "test", *arguments, "--json")
        found = json.loads(out)
        assert (code, found["ok"], found["rules"] - before["rules"], found["failing"]) == (1, False, 1, 1)
    (finding,) = found["findings"]
    assert finding == {
        "check": "example",
        "where": f"{case}/claims/packs/own.toml:5",
        "seen": "x does not fire on: 昨天停水",
        "do": "change the words of the rule",
        "fault": True,
    }


def test_a_pack_alone_is_tested_alone(run, tmp_path):
    (tmp_path / "own.toml").write_text(FAILING, "utf-8")
    code, out, err = run("rules", "test", "own.toml")
    assert code == 1
    assert out == "own.toml:5: example: x does not fire on: 昨天停水. Do: change the words of the rule.\n"
    assert err == "1 rules, 2 examples, 1 failing\n"


@pytest.mark.parametrize(("text", "code", "fault"), [(CLASHING, 1, True), (REMARKED, 0, False)])
def test_a_clash_ends_with_1_and_a_remark_with_0(run, tmp_path, text, code, fault):
    (tmp_path / "own.toml").write_text(text, "utf-8")
    ended, out, _ = run("packs", "check", "own.toml", "--json")
    found = json.loads(out)
    assert ended == code
    assert found["ok"] is not fault
    assert [each["fault"] for each in found["findings"]] == [fault]
    assert found["findings"][0]["where"] == "own.toml:1"


def test_several_packs_are_looked_over_together(run, tmp_path):
    (tmp_path / "a.toml").write_text('[[entity]]\nname = "Ada"\nheard = ["Bob"]\n', "utf-8")
    (tmp_path / "b.toml").write_text('[[entity]]\nname = "Bob"\n', "utf-8")
    assert run("packs", "check", "a.toml")[0] == 0
    code, out, _ = run("packs", "check", "a.toml", "b.toml")
    assert code == 1
    assert "a.toml:1: heard is a name: Ada is heard as Bob, the name at b.toml:1" in out


@pytest.mark.parametrize("command", [("rules", "test"), ("packs", "check")])
def test_broken_missing_and_wrong_places_are_refused(run, tmp_path, command):
    (tmp_path / "own.toml").write_text('[[rule]]\nname = "x"\npattern = ["(a+)+"]\n', "utf-8")
    code, out, err = run(*command, "own.toml", "--json")
    assert (code, out) == (3, "")
    assert json.loads(err)["where"] == "own.toml:1"
    assert run(*command, "none.toml")[0] == 4
    (tmp_path / "folder").mkdir()
    assert run(*command, "folder")[0] == 2


def test_help_explains_packs_in_both_languages(run):
    for lang, words in (("en", "A NAME that the recogniser gets wrong"), ("zh", "一个总被听错的名字")):
        code, out, _ = run("help", "packs", "--lang", lang)
        assert code == 0
        assert words in out
        assert json.loads(run("help", "packs", "--lang", lang, "--json")[1])["packs"].strip() == out.strip()
