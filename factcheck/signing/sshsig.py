"""A signature as ssh-keygen -Y makes it (OpenSSH PROTOCOL.sshsig): read strictly, checked over the bytes it was made for."""

import base64
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
class Signature:
    """What stands in an SSH signature: whose it is, what for, over which hash, and the signature by which algorithm."""

    key: PublicKey
    namespace: str
    hash: str
    kind: str
    signature: bytes

    @classmethod
    def from_text(cls, armoured: str) -> "Signature":
        """Read an armoured signature. ValueError, in a sentence, for all but the form that ssh-keygen writes."""
        blob = unarmour(armoured)
        if not blob.startswith(MAGIC + VERSION):
            raise ValueError("this is not an SSH signature of version 1.")
        parts = strings(blob[len(MAGIC + VERSION) :])
        if len(parts) != 5:
            raise ValueError("an SSH signature has five parts.")
        key, namespace, reserved, digest, signed = parts
        if not namespace.decode().isprintable() or not namespace:
            raise ValueError("the signature names no namespace.")
        if reserved or digest.decode("ascii", "replace") not in HASHES:
            raise ValueError("the signature asks for what no version knows.")
        algorithm, signature = _algorithm(signed)
        found = cls(PublicKey.from_blob(key), namespace.decode(), digest.decode(), algorithm, signature)
        _check_form(found)
        return found

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


def armour(blob: bytes) -> str:
    """The text of a signature as ssh-keygen writes it: base64 in lines of 70 characters between two marks."""
    text = base64.b64encode(blob).decode("ascii")
    lines = (f"{text[place : place + WIDTH]}\n" for place in range(0, len(text), WIDTH))
    return BEGIN + "".join(lines) + END


def _algorithm(signed: bytes) -> tuple[str, bytes]:
    """The algorithm and the rest; what a security key adds (flags and counter) stays with the rest."""
    size = int.from_bytes(signed[:4])
    name, rest = signed[4 : 4 + size], signed[4 + size :]
    length = int.from_bytes(rest[:4])
    more = 5 if name.startswith(b"sk-") else 0
    if len(name) != size or len(rest) != 4 + length + more:
        raise ValueError("the signature has another length than it says.")
    return name.decode("ascii", "replace"), rest[4 : 4 + length]


def _check_form(found: Signature) -> None:
    """ValueError for a signature that another tool would read as well, though it is written in another form."""
    kind, size = found.key.kind, len(found.signature)
    if kind == RSA:
        modulus = integer(found.key.parts[1])
        fits = found.algorithm in {"rsa-sha2-256", "rsa-sha2-512"} and size == (modulus.bit_length() + 7) // 8
    elif "ed25519" in kind:
        fits = found.algorithm == kind and size == 64
    else:
        numbers = [integer(part) for part in strings(found.signature)]
        fits = found.algorithm == kind and len(numbers) == 2 and all(numbers)
    if not fits:
        raise ValueError("the signature does not fit its key.")


def _by_ssh_keygen(signature: Signature, armoured: str, message: bytes, timeout: float) -> Checked:
    try:
        with tempfile.TemporaryDirectory(prefix="factcheck-") as name:
            folder = Path(name)
            (folder / "message").write_bytes(message)
            (folder / "signature").write_text(armoured, "ascii")
            asked = ["-Y", "check-novalidate", "-n", signature.namespace, "-s", str(folder / "signature")]
            ran = run(asked, stdin=folder / "message", timeout=timeout)
    except (Unavailable, OSError) as error:
        return Checked(Outcome.UNCHECKED, signature.key, str(error))
    if ran.code and ("verif" not in ran.said or "support" in ran.said):
        return Checked(Outcome.UNCHECKED, signature.key, f"ssh-keygen says: {ran.said.strip()[:200]}")
    return _checked(signature.key, good=ran.code == 0)


def _checked(key: PublicKey, *, good: bool) -> Checked:
    if good:
        return Checked(Outcome.GOOD, key, "")
    return Checked(Outcome.BAD, key, "the key did not sign these bytes.")
