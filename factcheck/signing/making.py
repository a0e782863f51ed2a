"""Making a person's signature: one ssh-keygen process, which asks the agent or reads the key, and never the terminal."""

import os
import signal
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path

from factcheck.errors import FactcheckError, Refused, Unavailable
from factcheck.signing.sshsig import NAMESPACE
from factcheck.signing.tool import away_from_terminals, ssh_keygen

PATIENCE = 20.0
"""Seconds that a person has to touch a security key."""


def sign(message: bytes, key: Path, *, namespace: str = NAMESPACE, timeout: float = PATIENCE) -> str:
    """The armoured signature over a message, by the key in this file (or its .pub, where an agent holds it).

    Refused, or Unavailable, in one sentence when it cannot be made: the private key is never looked at here.
    """
    program = ssh_keygen()
    if program is None:
        raise Unavailable("ssh-keygen is not installed, so nothing can be signed.", remedy="install OpenSSH")
    if not key.is_file():
        raise Refused(
            "there is no key in this place.",
            where=str(key),
            remedy="FACTCHECK_KEY names the file of your key",
        )
    with tempfile.TemporaryDirectory(prefix="factcheck-") as folder:
        file = Path(folder) / "event"
        file.write_bytes(message)
        words = [program, "-Y", "sign", "-f", str(key.absolute()), "-n", namespace, str(file)]
        said, status = _run(words, key, timeout)
        try:
            return file.with_name("event.sig").read_text("ascii")
        except (OSError, UnicodeDecodeError):
            raise _cannot(key, said, status) from None


def _run(words: list[str], key: Path, timeout: float) -> tuple[str, int]:
    """Run it in a session of its own, without a terminal; end all of it when the time is over."""
    try:
        process = subprocess.Popen(
            words,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env=away_from_terminals(),
            start_new_session=True,
        )
    except OSError as error:
        raise Unavailable(
            "ssh-keygen cannot be started.", seen=str(error.strerror), remedy="install OpenSSH"
        ) from error
    try:
        _, said = process.communicate(timeout=timeout)
    except subprocess.TimeoutExpired:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        raise Unavailable(
            f"the key did not answer within {timeout:g} seconds.",
            where=str(key),
            remedy="touch the security key, or unlock the agent, and sign again",
        ) from None
    return said.decode("utf-8", "replace"), process.returncode


def _cannot(key: Path, said: str, status: int) -> FactcheckError:
    """What ssh-keygen meant."""
    words = said.lower()
    if "passphrase" in words:
        return Refused(
            "the key is locked with a passphrase, and no agent holds it.",
            where=str(key),
            remedy=f"ssh-add {key}, then sign again",
        )
    if "agent" in words or key.suffix == ".pub":
        return Refused(
            "no agent holds this key.",
            where=str(key),
            remedy=f"give it to the agent: ssh-add {key.with_suffix('')}",
        )
    if "permission denied" in words or "bad permissions" in words or "too open" in words:
        return Refused(
            "this key cannot be read.",
            where=str(key),
            seen=_last(said),
            remedy=f"let nobody else read it: chmod 600 {key}",
        )
    return Refused(
        "this file is no key that ssh-keygen can sign with.",
        where=str(key),
        seen=_last(said) or f"exit status {status}",
        remedy="ssh-keygen -t ed25519 makes one",
    )


def _last(said: str) -> str:
    lines = [each.strip() for each in said.splitlines() if each.strip()]
    return lines[-1][:200] if lines else ""
