"""A person's public key as OpenSSH writes it: a kind and a blob, on one line."""

import base64
import binascii
import hashlib
from dataclasses import dataclass

KINDS = (
    "ssh-ed25519",
    "ssh-rsa",
    "ecdsa-sha2-nistp256",
    "ecdsa-sha2-nistp384",
    "ecdsa-sha2-nistp521",
    "sk-ssh-ed25519@openssh.com",
    "sk-ecdsa-sha2-nistp256@openssh.com",
)


@dataclass(frozen=True, slots=True)
class PublicKey:
    """The kind of a key, and its bytes in the wire form of RFC 4253 section 6.6."""

    kind: str
    blob: bytes

    @classmethod
    def from_line(cls, line: str) -> "PublicKey":
        """Read a line of a .pub file; a comment is left out. ValueError, in words, for anything else."""
        words = line.split()
        if len(words) < 2 or words[0] not in KINDS:
            raise ValueError(f"it begins with {ascii(words[0])[:40] if words else 'nothing'}")
        try:
            blob = base64.b64decode(words[1], validate=True)
        except binascii.Error as error:
            raise ValueError("its second word is not base64") from error
        key = cls.from_blob(blob)
        if key.kind != words[0] or key.to_line() != f"{words[0]} {words[1]}":
            raise ValueError("its two words do not belong together")
        return key

    @classmethod
    def from_blob(cls, blob: bytes) -> "PublicKey":
        """Read the wire form. ValueError for a kind that is not known, or a broken blob."""
        kind, rest = string(blob)
        name = kind.decode("ascii", "replace")
        if name not in KINDS:
            raise ValueError(f"a key of the kind {ascii(name)[:40]}")
        parts = 0
        while rest:
            _, rest = string(rest)
            parts += 1
        if parts == 0 or (name == "ssh-ed25519" and len(blob) != 51):
            raise ValueError("its bytes are cut")
        return cls(name, blob)

    def to_line(self) -> str:
        """The two fields of a .pub file."""
        return f"{self.kind} {base64.b64encode(self.blob).decode('ascii')}"

    @property
    def fingerprint(self) -> str:
        """SHA256:..., as ssh-keygen -l prints it."""
        digest = hashlib.sha256(self.blob).digest()
        return f"SHA256:{base64.b64encode(digest).decode('ascii').rstrip('=')}"


def string(data: bytes) -> tuple[bytes, bytes]:
    """The first string of RFC 4251 section 5, and what follows it. ValueError when it is cut."""
    size = int.from_bytes(data[:4], "big")
    if len(data) < 4 or len(data) < 4 + size:
        raise ValueError("its bytes are cut")
    return data[4 : 4 + size], data[4 + size :]


def packed(*values: bytes) -> bytes:
    """Strings of RFC 4251 section 5, one behind the other."""
    return b"".join(len(each).to_bytes(4, "big") + each for each in values)
