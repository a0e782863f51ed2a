"""The keys of the bundled case: made from words that stand here, so anybody can sign with them; they prove nothing but how it is done."""

import hashlib
import json
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from factcheck.signing.keys import ED25519, PublicKey, string
from factcheck.signing.sshsig import MAGIC, NAMESPACE, VERSION, Signature, armour

SEED = "published on purpose: these keys hold for factcheck/example/jianying-ai only, and are nobody's"


def private(name: str) -> Ed25519PrivateKey:
    """The key of a role of the example."""
    return Ed25519PrivateKey.from_private_bytes(seed(name))


def seed(name: str) -> bytes:
    return hashlib.sha256(f"{SEED}\n{name}".encode()).digest()


def public(name: str) -> PublicKey:
    """Its public half, as OpenSSH writes it."""
    raw = private(name).public_key().public_bytes_raw()
    return PublicKey(ED25519, string(ED25519.encode()) + string(raw))


def sign(message: bytes) -> str:
    """What ssh-keygen -Y sign would write for whoever the event names; Ed25519 gives the same bytes every time."""
    return signature(json.loads(message)["by"], message)


def signature(name: str, message: bytes) -> str:
    """A signature with the key of this name, whoever the event names."""
    key = public(name)
    signed = Signature(key, NAMESPACE, "sha512", ED25519, b"").signed(message)
    made = string(ED25519.encode()) + string(private(name).sign(signed))
    parts = (key.blob, NAMESPACE.encode(), b"", b"sha512", made)
    return armour(MAGIC + VERSION + b"".join(map(string, parts)))


def desk_file(folder: Path) -> Path:
    """The key of the desk that made the example, in a file."""
    file = folder / "desk.key"
    file.write_text(seed("desk").hex() + "\n", "ascii")
    return file
