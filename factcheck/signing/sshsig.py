"""A signature as ssh-keygen -Y makes it (OpenSSH PROTOCOL.sshsig): read strictly, checked over the bytes it was made for."""

import base64
import binascii
import hashlib
import subprocess
import tempfile
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from factcheck.signing.keys import PublicKey, packed, string
from factcheck.signing.tool import ssh_keygen

NAMESPACE = "event@factcheck"
_MAGIC = b"SSHSIG"
_BEGIN, _END = "-----BEGIN SSH SIGNATURE-----", "-----END SSH SIGNATURE-----"
_WIDTH = 70
_LARGEST = 16_000


class Outcome(StrEnum):
    """What came of checking: good, bad, or not checked for want of a tool."""

    GOOD = "good"
    BAD = "bad"
    UNCHECKED = "unchecked"


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of it, the key that made the signature where it could be read, and why it is not good."""

    outcome: Outcome
    key: PublicKey | None
    why: str = ""


@dataclass(frozen=True, slots=True)
class _Parts:
    key: PublicKey
    namespace: str
    hash: str
    kind: str
    signature: bytes


def signer_of(armoured: str) -> PublicKey:
    """The key that a signature says it was made with; nothing is checked. ValueError for what is no signature."""
    return _read(armoured).key


def check(armoured: str, message: bytes, *, namespace: str = NAMESPACE) -> Checked:
    """Check a signature over a message; whose key it is, and whether it counts, is another question."""
    try:
        parts = _read(armoured)
    except ValueError as error:
        return Checked(Outcome.BAD, None, f"it is no signature of OpenSSH ({error})")
    if parts.namespace != namespace:
        return Checked(
            Outcome.BAD, parts.key, f"it was made for {ascii(parts.namespace)[:60]}, not {namespace!r}"
        )
    if parts.key.kind == "ssh-ed25519":
        return _ed25519(parts, message)
    return _by_tool(armoured, parts, message)


def _read(armoured: str) -> _Parts:
    lines = armoured[:_LARGEST].split("\n")
    if len(armoured) > _LARGEST or lines[0] != _BEGIN or lines[-2:] != [_END, ""]:
        raise ValueError("its first and last lines are others")
    try:
        blob = base64.b64decode("".join(lines[1:-2]), validate=True)
    except (binascii.Error, ValueError) as error:
        raise ValueError("it is not base64") from error
    if armoured_text(blob) != armoured:
        raise ValueError("it is not written as ssh-keygen writes it")
    return _parts(blob)


def armoured_text(blob: bytes) -> str:
    """The one way in which a signature is written: base64 in lines of 70."""
    text = base64.b64encode(blob).decode("ascii")
    lines = [text[at : at + _WIDTH] for at in range(0, len(text), _WIDTH)]
    return "\n".join([_BEGIN, *lines, _END, ""])


def _parts(blob: bytes) -> _Parts:
    if blob[:6] != _MAGIC or blob[6:10] != b"\x00\x00\x00\x01":
        raise ValueError("it is not of version 1")
    key, rest = string(blob[10:])
    namespace, rest = string(rest)
    reserved, rest = string(rest)
    algorithm, rest = string(rest)
    signature, rest = string(rest)
    if reserved or rest or algorithm not in {b"sha256", b"sha512"}:
        raise ValueError("it holds what no signature of version 1 holds")
    kind, made = string(signature)
    return _Parts(
        PublicKey.from_blob(key), namespace.decode("utf-8"), algorithm.decode(), kind.decode("ascii"), made
    )


def _ed25519(parts: _Parts, message: bytes) -> Checked:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        signature, rest = string(parts.signature)
        if parts.kind != "ssh-ed25519" or rest:
            return Checked(Outcome.BAD, parts.key, "it is of another kind than its key")
        public = Ed25519PublicKey.from_public_bytes(string(string(parts.key.blob)[1])[0])
        public.verify(signature, signed_bytes(message, parts.namespace, parts.hash))
    except (InvalidSignature, ValueError):
        return Checked(Outcome.BAD, parts.key, "it was not made over these bytes")
    return Checked(Outcome.GOOD, parts.key)


def signed_bytes(message: bytes, namespace: str, algorithm: str = "sha512") -> bytes:
    """What is really signed: the hash of the message among what it is for."""
    digest = hashlib.new(algorithm, message).digest()
    return _MAGIC + packed(namespace.encode("utf-8"), b"", algorithm.encode("ascii"), digest)


def _by_tool(armoured: str, parts: _Parts, message: bytes) -> Checked:
    """Kinds of keys that are left to ssh-keygen."""
    program = ssh_keygen()
    if program is None:
        return Checked(Outcome.UNCHECKED, parts.key, f"{parts.key.kind} needs ssh-keygen, which is not here")
    with tempfile.TemporaryDirectory(prefix="factcheck-") as folder:
        file = Path(folder) / "event.sig"
        file.write_text(armoured, "ascii")
        words = [program, "-Y", "check-novalidate", "-n", parts.namespace, "-s", str(file)]
        try:
            done = subprocess.run(words, input=message, capture_output=True, timeout=60, check=False)
        except (OSError, subprocess.TimeoutExpired) as error:
            return Checked(
                Outcome.UNCHECKED, parts.key, f"ssh-keygen did not answer ({type(error).__name__})"
            )
    if done.returncode == 0:
        return Checked(Outcome.GOOD, parts.key)
    return Checked(Outcome.BAD, parts.key, "it was not made over these bytes, says ssh-keygen")
