"""Signed notes (c2sp.org/signed-note): a text, a blank line, and a line for each desk or witness that signed it."""

import base64
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from factcheck.signing.keys import check_ed25519, decode
from factcheck.signing.sshsig import ed25519

ALGORITHM = b"\x01"  # Ed25519 over the text
MOST = 100  # signatures of one note
MARK = "— "


@dataclass(frozen=True, slots=True)
class NoteKey:
    """The public key of a desk or a witness: a name and the 32 bytes of an Ed25519 key."""

    name: str
    public: bytes

    @classmethod
    def from_vkey(cls, text: str) -> "NoteKey":
        """Read `name+hex8+base64`. ValueError, in a sentence, for anything else."""
        name, _, rest = text.partition("+")
        _, _, encoded = rest.partition("+")
        blob = decode(encoded)
        key = cls(name, blob[1:])
        if not is_note_name(name) or len(blob) != 33 or key.vkey != text:
            raise ValueError(
                "a note's key is a name, eight hex digits and an Ed25519 key, with + between them."
            )
        check_ed25519(key.public)
        return key

    @property
    def hint(self) -> bytes:
        """Four bytes that say which key a signature is of."""
        return hashlib.sha256(self.name.encode() + b"\n" + ALGORITHM + self.public).digest()[:4]

    @property
    def vkey(self) -> str:
        """The key as a line: name, hint in hex and key in base64, with + between them."""
        blob = base64.b64encode(ALGORITHM + self.public).decode("ascii")
        return f"{self.name}+{self.hint.hex()}+{blob}"


@dataclass(frozen=True, slots=True)
class Note:
    """A text, and its signatures: each with its name, hint (4 bytes) and bytes."""

    text: str
    signatures: tuple[tuple[str, bytes, bytes], ...]


def is_note_name(name: str) -> bool:
    """Say whether a key may have this name: some characters, no space, control character or plus among them."""
    return re.fullmatch(r"[^\s+\x00-\x1f\x7f]+", name) is not None and _is_utf8(name)


def note_key(seed: bytes, name: str) -> NoteKey:
    """The public key of the desk with this seed (32 bytes) under this name."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    if not is_note_name(name):
        raise ValueError("a note's key has a name without spaces and plus signs.")
    return NoteKey(name, Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw())


def sign_note(text: str, seed: bytes, name: str) -> str:
    """The text (it ends with a newline), a blank line, and the signature of the desk with this seed."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    _check_text(text)
    signature = Ed25519PrivateKey.from_private_bytes(seed).sign(text.encode())
    encoded = base64.b64encode(note_key(seed, name).hint + signature).decode("ascii")
    return f"{text}\n{MARK}{name} {encoded}\n"


def read_note(text: str) -> Note:
    """Read a note; a text without a blank line has no signatures. ValueError, in a sentence, for what is no note."""
    _check_text(text)
    body, blank, signed = text.rpartition("\n\n")
    if not blank:
        return Note(text, ())
    lines = signed.split("\n")[:-1]
    if not 0 < len(lines) <= MOST:
        raise ValueError("behind the blank line of a note stand its signatures.")
    return Note(f"{body}\n", tuple(map(_signature, lines)))


def verified(note: Note, keys: Iterable[NoteKey]) -> tuple[NoteKey, ...]:
    """Those of the keys that signed the note. ValueError when a signature of one of them is wrong."""
    good = []
    for key in dict.fromkeys(keys):
        own = [signed for name, hint, signed in note.signatures if (name, hint) == (key.name, key.hint)]
        if not all(ed25519(key.public, each, note.text.encode()) for each in own):
            raise ValueError(f"the signature of {key.name} is not one of this text.")
        good += [key] if own else []
    return tuple(good)


def _signature(line: str) -> tuple[str, bytes, bytes]:
    found = re.fullmatch(rf"{MARK}(\S+) (\S+)", line)
    blob = decode(found[2]) if found else b""
    if found is None or not is_note_name(found[1]) or len(blob) < 5:
        raise ValueError("a signature is a dash, a name and the signature in base64.")
    return found[1], blob[:4], blob[4:]


def _check_text(text: str) -> None:
    if not text.endswith("\n") or re.search(r"[\x00-\x09\x0b-\x1f]", text) or not _is_utf8(text):
        raise ValueError("a note is whole lines of text without control characters.")


def _is_utf8(text: str) -> bool:
    return not any("\ud800" <= each <= "\udfff" for each in text)
