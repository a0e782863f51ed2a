"""Signing never asks on the terminal, leaves no process behind, and says in one sentence why it could not."""

import os
import sys
import time
from pathlib import Path

import pexpect
import pytest
from keymaking import keygen

from factcheck.errors import Refused, Unavailable
from factcheck.labels import refusals
from factcheck.signing.making import SAID, sign
from factcheck.signing.sshsig import Outcome, check

MESSAGE = "签名 a message".encode()


@pytest.fixture
def locked(tmp_path):
    return keygen(tmp_path / "locked", passphrase="secret")


def test_a_key_without_a_passphrase_signs(tmp_path):
    assert check(sign(MESSAGE, keygen(tmp_path / "my key")), MESSAGE).outcome == Outcome.GOOD


def test_a_key_with_a_passphrase_signs_when_an_agent_holds_it(locked, agent):
    agent(locked, "secret")
    assert check(sign(MESSAGE, locked), MESSAGE).outcome == Outcome.GOOD


def test_the_public_key_is_enough_when_an_agent_holds_the_key(locked, agent, tmp_path):
    agent(locked, "secret")
    alone = tmp_path / "alone.pub"
    alone.write_bytes(locked.with_suffix(".pub").read_bytes())
    assert check(sign(MESSAGE, alone), MESSAGE).outcome == Outcome.GOOD


def test_a_key_with_a_passphrase_that_no_agent_holds_is_refused(locked, agent):
    with pytest.raises(Refused, match=r"has a passphrase and no agent holds it.*ssh-add"):
        sign(MESSAGE, locked)


def test_a_public_key_that_no_agent_holds_is_refused(keys, tmp_path):
    alone = tmp_path / "alone.pub"
    alone.write_bytes(keys["ed25519"].with_suffix(".pub").read_bytes())
    with pytest.raises(Refused, match="no agent holds this key"):
        sign(MESSAGE, alone)


@pytest.mark.parametrize("content", [b"", b"nonsense\n", bytes(range(256)), b"ssh-ed25519 AAAA x\n"])
def test_what_is_not_a_key_is_refused(tmp_path, content):
    file = tmp_path / "file"
    file.write_bytes(content)
    file.chmod(0o600)
    with pytest.raises(Refused, match="this is not a key"):
        sign(MESSAGE, file)


def test_a_key_that_is_missing_or_a_folder_is_refused(tmp_path):
    for place in (tmp_path / "none", tmp_path):
        with pytest.raises(Refused, match="there is no such key"):
            sign(MESSAGE, place)


def test_a_key_that_others_can_read_is_refused(tmp_path):
    key = keygen(tmp_path / "key")
    key.chmod(0o644)
    with pytest.raises(Refused, match="others can read this key"):
        sign(MESSAGE, key)


def test_a_key_too_short_to_be_trusted_is_refused(tmp_path):
    with pytest.raises(Refused, match=r"of this kind cannot sign here.*1024"):
        sign(MESSAGE, keygen(tmp_path / "short", "rsa", 1024))


def test_without_ssh_keygen_it_says_so(keys, monkeypatch):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(Unavailable, match="ssh-keygen is not installed here"):
        sign(MESSAGE, keys["ed25519"])


CHILD = """
import sys
from pathlib import Path
from factcheck.errors import FactcheckError
from factcheck.signing.making import sign
try:
    sign(b"message", Path(sys.argv[1]))
except FactcheckError as error:
    Path(sys.argv[2]).write_text(str(error))
"""


def in_terminal(command, *arguments):
    """What a terminal shows while a command runs in it."""
    environment = os.environ | {"DISPLAY": ":9", "SSH_ASKPASS": "/bin/false"}
    terminal = pexpect.spawn(command, list(map(str, arguments)), env=environment, timeout=30)
    terminal.expect([pexpect.EOF, "assphrase"])
    shown = terminal.before + (terminal.after if isinstance(terminal.after, bytes) else b"")
    terminal.close(force=True)
    return shown


def test_nothing_is_written_on_the_terminal(locked, tmp_path):
    report = tmp_path / "report"
    assert in_terminal(sys.executable, "-c", CHILD, locked, report) == b""
    assert "has a passphrase" in report.read_text("utf-8")


def test_ssh_keygen_alone_would_ask_there(locked, tmp_path):
    (tmp_path / "message").write_bytes(MESSAGE)
    command = ("-u", "SSH_ASKPASS", "ssh-keygen", "-Y", "sign", "-n", "x", "-f", locked, tmp_path / "message")
    assert b"assphrase" in in_terminal("env", *command)


def alive(process):
    """Whether a process still runs (one that ended and that nobody collected does not)."""
    try:
        return Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_after_the_time_is_up_nothing_is_left_running(keys, tmp_path, monkeypatch):
    slow = tmp_path / "bin" / "ssh-keygen"
    slow.parent.mkdir()
    slow.write_text(f"#!/bin/sh\nsleep 600 &\necho $$ $! > {tmp_path}/started\nwait\n")
    slow.chmod(0o755)
    monkeypatch.setenv("PATH", f"{slow.parent}:{os.environ['PATH']}")
    with pytest.raises(Unavailable, match="did not answer in time"):
        sign(MESSAGE, keys["ed25519"], timeout=1)
    first, second = (tmp_path / "started").read_text("utf-8").split()
    assert not Path(f"/proc/{first}").exists()  # ended, and collected: no zombie
    until = time.monotonic() + 5
    while alive(second) and time.monotonic() < until:
        time.sleep(0.01)
    assert not alive(second)


def test_every_reason_that_is_told_is_told_in_chinese():
    for _, *sentences in SAID:
        for each in sentences:
            assert any(pattern.fullmatch(each) for pattern, _ in refusals()), each
