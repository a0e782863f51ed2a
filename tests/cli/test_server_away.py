"""A desk whose server is away: what is here can be read, what is not says so, and nothing is said twice."""

import json
import os

import pytest

from factcheck import config
from factcheck.case.remembering import remember_server
from factcheck.cli import main
from factcheck.ledger import Address

AWAY = "the server cannot be reached"


@pytest.fixture
def run(capsys, case):
    """Runs a command as somebody whose desk remembers a server that nobody answers at; gives (exit, stdout, stderr)."""
    nowhere = Address("postgresql://reviewer-1@127.0.0.1:9/desk", case.info.origin)
    remember_server(config.state_folder(os.environ), case.folder, nowhere)

    def command(line, *more):
        with pytest.raises(SystemExit) as end:
            main([*line.split(), *more, "--case", str(case.folder), "--lang", "en"])
        printed = capsys.readouterr()
        return end.value.code or 0, printed.out, printed.err

    return command


def test_a_refused_act_says_once_that_the_server_is_away(run):
    code, said, told = run("note C1 x --by reviewer-1")
    assert (code, said, told.count(AWAY)) == (5, "", 1)
    code, _, told = run("note C1 x --by reviewer-1 --json")
    assert (code, json.loads(told.splitlines()[-1])["exit"]) == (5, 5)


def test_another_refusal_is_said_beside_it(run):
    code, _, told = run("note C1 x")
    assert (code, told.count(AWAY)) == (1, 1)
    assert "nobody is named" in told


def test_who_made_a_desk_acts_there_unless_somebody_else_is_named(run, case, monkeypatch):
    nowhere = Address("postgresql://reviewer-1@127.0.0.1:9/desk", case.info.origin)
    remember_server(config.state_folder(os.environ), case.folder, nowhere, "阅稿 1")
    assert json.loads(run("whoami --json")[1])["by"] == "阅稿 1"
    assert "by = 阅稿 1  (" in run("config show")[1]
    assert json.loads(run("whoami --json --by reviewer-2")[1])["by"] == "reviewer-2"
    monkeypatch.setenv("FACTCHECK_BY", "reviewer-3")
    assert json.loads(run("whoami --json")[1])["by"] == "reviewer-3"


def test_a_source_that_was_never_brought_here_is_not_called_lost(run, case):
    (case.folder / "claims" / "meeting.txt").rename(case.folder / "kept-elsewhere")
    code, said, told = run("show C1")
    assert (code, said) == (5, "")
    assert "claims/meeting.txt: this file was not brought to this desk yet" in told
    assert "missing" not in told
    assert "restore" not in told
    (case.folder / "kept-elsewhere").rename(case.folder / "claims" / "meeting.txt")
    code, said, _ = run("show C1")
    assert code == 0
    assert "C1" in said
