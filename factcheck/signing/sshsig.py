"""SSH signatures, strictly read (OpenSSH's PROTOCOL.sshsig): one signature has one form, and a check never raises."""

import base64
import hashlib
import tempfile
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from factcheck.errors import Unavailable
from factcheck.signing.keygen import run
from factcheck.signing.keys import ED25519, LONGEST, RSA, PublicKey, decode, integer, string, strings

NAMESPACE = "event@factcheck"
MAGIC = b"SSHSIG"
VERSION = b"\x00\x00\x00\x01"
BEGIN, END = "-----BEGIN SSH SIGNATURE-----\n", "-----END SSH SIGNATURE-----\n"
WIDTH = 70
HASHES = ("sha256", "sha512")


class Outcome(StrEnum):
    """What a check came to."""

    GOOD = "good"
    BAD = "bad"
    UNCHECKED = "unchecked"


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check came to, whose key it was (None: it could not be read), and why it is not good."""

    outcome: Outcome
    key: PublicKey | None
    why: str


@dataclass(frozen=True, slots=True)
class Signature:
    """What stands in an SSH signature: whose it is, what for, over which hash, and the signature by which algorithm."""

    key: PublicKey
    namespace: str
    hash: str
    algorithm: str
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

    def signed(self, message: bytes) -> bytes:
        """The bytes that the key really signed."""
        digest = hashlib.new(self.hash, message).digest()
        parts = (self.namespace.encode(), b"", self.hash.encode(), digest)
        return MAGIC + b"".join(map(string, parts))


def check(armoured: str, message: bytes, *, namespace: str = NAMESPACE, timeout: float = 20) -> Checked:
    """Check that the key in the signature signed this message for this namespace.

    It does not say whose key that is. Ed25519 is checked here, other kinds by ssh-keygen (UNCHECKED without it).
    """
    try:
        signature = Signature.from_text(armoured)
    except ValueError as error:
        return Checked(Outcome.BAD, None, str(error))
    if signature.namespace != namespace:
        return Checked(Outcome.BAD, signature.key, f"it was made for {signature.namespace[:40]!r}.")
    if signature.key.kind == ED25519:
        good = ed25519(signature.key.parts[0], signature.signature, signature.signed(message))
        return _checked(signature.key, good=good)
    return _by_ssh_keygen(signature, armoured, message, timeout)


def ed25519(public: bytes, signature: bytes, message: bytes) -> bool:
    """Say whether this is the signature of the message by the key of these 32 bytes (RFC 8032)."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def unarmour(armoured: str) -> bytes:
    """The bytes of an armoured signature (ValueError unless it is written exactly as ssh-keygen writes it)."""
    lines = armoured.removeprefix(BEGIN).removesuffix(END).splitlines()
    blob = decode("".join(lines)) if len(armoured) <= LONGEST else b""
    if armour(blob) != armoured:
        raise ValueError("the signature is not written as ssh-keygen writes it.")
    return blob


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
