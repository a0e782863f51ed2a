"""A person's public key as OpenSSH writes it: a kind and a blob, on one line."""

import base64
import binascii
import hashlib
from dataclasses import dataclass

ED25519 = "ssh-ed25519"
RSA = "ssh-rsa"
# How many parts a key of each kind has behind its kind (RFC 4253, 5656, 8709; OpenSSH's PROTOCOL.u2f).
PARTS = {
    ED25519: 1,
    RSA: 2,
    "ecdsa-sha2-nistp256": 2,
    "ecdsa-sha2-nistp384": 2,
    "ecdsa-sha2-nistp521": 2,
    "sk-ssh-ed25519@openssh.com": 2,
    "sk-ecdsa-sha2-nistp256@openssh.com": 3,
}
PRIME = 2**255 - 19
# The y of the points of order 8 and less on the curve of Ed25519 (RFC 8032 section 5.1).
EIGHTH = 0x7A03AC9277FDC74EC6CC392CFA53202A0F67100D760B3CBA4FD84D3D706A17C7
SMALL = {0, 1, PRIME - 1, EIGHTH, PRIME - EIGHTH}
LONGEST = 16_384  # characters of a line or a signature: the largest RSA key takes a sixth of it


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


def _check_parts(kind: str, parts: list[bytes]) -> None:
    """ValueError for a key that no tool would make."""
    curve = parts[0].decode("ascii", "replace")
    if kind == RSA:
        bits = integer(parts[1]).bit_length()
        if not 2048 <= bits <= 16_384 or integer(parts[0]) < 3:
            raise ValueError(f"an RSA key has 2048 to 16384 bits, this one {bits}.")
    elif "ed25519" in kind:
        check_ed25519(parts[0])
    elif kind not in {f"ecdsa-sha2-{curve}", f"sk-ecdsa-sha2-{curve}@openssh.com"}:
        raise ValueError("the curve is not the one of the key's kind.")
    elif len(parts[1]) != 1 + 2 * -(-int(curve[-3:]) // 8) or parts[1][0] != 4:
        raise ValueError("the point of the key is not written out.")


def check_ed25519(public: bytes) -> None:
    """ValueError for bytes that are no Ed25519 key, and for the few keys under which anybody can sign anything."""
    if len(public) != 32:
        raise ValueError(f"an Ed25519 key has 32 bytes, this one {len(public)}.")
    y = int.from_bytes(public, "little") % (1 << 255)
    if y >= PRIME or y in SMALL:
        raise ValueError("under this Ed25519 key anybody can sign anything.")


def packed(*values: bytes) -> bytes:
    """Strings of RFC 4251 section 5, one behind the other."""
    return b"".join(len(each).to_bytes(4, "big") + each for each in values)
