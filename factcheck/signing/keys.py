"""Public keys of people, as OpenSSH writes them: one line with the kind and the key in base64 (RFC 4253 section 6.6)."""

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
    """A key: its kind, and its bytes as they go over the wire (the kind stands in them again)."""

    kind: str
    blob: bytes

    @classmethod
    def from_blob(cls, blob: bytes) -> "PublicKey":
        """Read the bytes of a key. ValueError, in a sentence, for what is no key that may sign."""
        first, *rest = strings(blob)
        kind = first.decode("ascii", "replace")
        if len(rest) != PARTS.get(kind):
            raise ValueError(f"a key of kind {kind[:40]!r} cannot sign here.")
        _check_parts(kind, rest)
        return cls(kind, blob)

    @classmethod
    def from_line(cls, line: str) -> "PublicKey":
        """Read `ssh-ed25519 AAAA... [comment]`. ValueError, in a sentence, for anything else."""
        fields = line.strip().split(None, 2) if len(line) <= LONGEST else []
        if len(fields) < 2 or "\n" in line.strip():
            raise ValueError("a public key is one line: its kind, then the key in base64.")
        if fields[0] not in PARTS:
            raise ValueError(f"a key of kind {fields[0][:40]!r} cannot sign here.")
        key = cls.from_blob(decode(fields[1]))
        if key.kind != fields[0]:
            raise ValueError(f"the line says {fields[0]} and the key {key.kind}.")
        return key

    def to_line(self) -> str:
        """Two fields, without a comment and without a newline."""
        return f"{self.kind} {base64.b64encode(self.blob).decode('ascii')}"

    @property
    def parts(self) -> tuple[bytes, ...]:
        """What stands in the key behind its kind."""
        return tuple(strings(self.blob)[1:])

    @property
    def fingerprint(self) -> str:
        """`SHA256:...` as `ssh-keygen -l` says it."""
        digest = base64.b64encode(hashlib.sha256(self.blob).digest()).decode("ascii")
        return f"SHA256:{digest.rstrip('=')}"


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


def decode(text: str) -> bytes:
    """The bytes of base64 in its one form: no other characters, no other padding, no bits left over."""
    try:
        data = base64.b64decode(text.encode("ascii"), validate=True)
    except (UnicodeEncodeError, binascii.Error) as error:
        raise ValueError("this is not base64.") from error
    if base64.b64encode(data).decode("ascii") != text:
        raise ValueError("this base64 is written in another form than the one that is made.")
    return data


def strings(data: bytes) -> list[bytes]:
    """The strings that follow each other to the very end, each behind its length (RFC 4251); at least one."""
    found: list[bytes] = []
    place = 0
    while place < len(data) or not found:
        start = place + 4
        end = start + int.from_bytes(data[place:start])
        if start > len(data) or end > len(data):
            raise ValueError("the bytes end too early.")
        found.append(data[start:end])
        place = end
    return found


def string(data: bytes) -> bytes:
    """A string behind its length, as it goes over the wire."""
    return len(data).to_bytes(4) + data


def integer(data: bytes) -> int:
    """A number that is not negative, in its one and shortest form (RFC 4251 mpint)."""
    value = int.from_bytes(data)
    if data != value.to_bytes(value.bit_length() // 8 + 1 if value else 0):
        raise ValueError("a number is not written in its shortest form.")
    return value
