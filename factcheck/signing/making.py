"""Making a person's signature: one ssh-keygen process, which asks the agent or reads the key, and never the terminal."""

import os
import signal
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path

from factcheck.errors import Refused
from factcheck.files import cannot_write
from factcheck.signing.keygen import Ran, run
from factcheck.signing.sshsig import NAMESPACE, Signature

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
        raise Refused("there is no such key.", where=str(key), remedy="name the file of your key")
    try:
        with tempfile.TemporaryDirectory(prefix="factcheck-") as folder:
            return _signed(message, key, namespace, Path(folder) / "message", timeout)
    except OSError as error:
        raise cannot_write(Path(tempfile.gettempdir()), error) from error


def _signed(message: bytes, key: Path, namespace: str, file: Path, timeout: float) -> str:
    file.write_bytes(message)
    ran = run(["-Y", "sign", "-n", namespace, "-f", str(key.absolute()), str(file)], timeout=timeout)
    made = file.with_name("message.sig")
    if ran.code or not made.is_file():
        raise _refusal(key, ran)
    return _looked_at(made.read_bytes().decode("ascii", "replace"), key, namespace)


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
        "ssh-keygen could not sign with this key.", where=str(key), seen=seen, remedy="try another key"
    )


def _looked_at(armoured: str, key: Path, namespace: str) -> str:
    """The signature, unless it is of a kind or form that no check would take."""
    try:
        signature = Signature.from_text(armoured)
    except ValueError as error:
        raise Refused(
            "a key of this kind cannot sign here.",
            where=str(key),
            seen=str(error).rstrip("."),
            remedy="use an Ed25519, RSA or ECDSA key",
        ) from error
    if signature.namespace != namespace:
        raise Refused(
            "ssh-keygen signed for something else.",
            where=str(key),
            seen=signature.namespace,
            remedy="try another key",
        )
    return armoured
