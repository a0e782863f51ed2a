"""The keys of the bundled case: made from words that stand here, so anybody can sign with them; they prove nothing but how it is done."""

import hashlib
import json
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from factcheck.signing.keys import PublicKey, packed
from factcheck.signing.sshsig import NAMESPACE, armoured_text, signed_bytes

SEED = "published on purpose: these keys hold for factcheck/example/jianying-ai only, and are nobody's"


def private(name: str) -> Ed25519PrivateKey:
    """The key of a role of the example."""
    return Ed25519PrivateKey.from_private_bytes(seed(name))


def seed(name: str) -> bytes:
    return hashlib.sha256(f"{SEED}\n{name}".encode()).digest()


def public(name: str) -> PublicKey:
    """Its public half, as OpenSSH writes it."""
    raw = private(name).public_key().public_bytes_raw()
    return PublicKey("ssh-ed25519", packed(b"ssh-ed25519", raw))


def sign(message: bytes) -> str:
    """What ssh-keygen -Y sign would write for whoever the event names; Ed25519 gives the same bytes every time."""
    name = json.loads(message)["by"]
    made = private(name).sign(signed_bytes(message, NAMESPACE))
    head = b"SSHSIG" + (1).to_bytes(4, "big")
    parts = (public(name).blob, NAMESPACE.encode(), b"", b"sha512", packed(b"ssh-ed25519", made))
    return armoured_text(head + packed(*parts))


def desk_file(folder: Path) -> Path:
    """The key of the desk that made the example, in a file."""
    file = folder / "desk.key"
    file.write_text(seed("desk").hex() + "\n", "ascii")
    return file
