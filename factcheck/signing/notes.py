"""A text that desks have signed (c2sp.org/signed-note, Ed25519): the form of a checkpoint."""

import base64
import binascii
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
    """A verifier: a name and the 32 bytes of an Ed25519 public key."""

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
        """Four bytes by which a signature says whose it is."""
        return hashlib.sha256(self.name.encode("utf-8") + b"\n" + _ALGORITHM + self.public).digest()[:4]

    @property
    def vkey(self) -> str:
        """The key as it is handed around: name, hint and key, with + between."""
        key = base64.b64encode(_ALGORITHM + self.public).decode("ascii")
        return f"{self.name}+{self.hint.hex()}+{key}"

    @classmethod
    def from_vkey(cls, text: str) -> "NoteKey":
        """Read a verifier key. ValueError for what is none."""
        name, _, rest = text.partition("+")
        hint, _, encoded = rest.partition("+")
        try:
            data = base64.b64decode(encoded, validate=True)
        except binascii.Error as error:
            raise ValueError("its key is not base64") from error
        key = cls(name, data[1:])
        if (
            not is_note_name(name)
            or data[:1] != _ALGORITHM
            or len(data) != 33
            or key.vkey != text
            or not hint
        ):
            raise ValueError("it is not written as name+hint+key")
        return key


@dataclass(frozen=True, slots=True)
class Note:
    """A text that ends in a newline, and its signatures: name, hint, the bytes of the signature."""

    text: str
    signatures: tuple[tuple[str, bytes, bytes], ...]


def is_note_name(name: str) -> bool:
    """True for what may name a key: something, without spaces and plus signs."""
    return bool(name) and "+" not in name and not any(each.isspace() or ord(each) < 32 for each in name)


def note_key(seed: bytes, name: str) -> NoteKey:
    """The verifier of the key that is made from these 32 bytes."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return NoteKey(name, Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw())


def sign_note(text: str, seed: bytes, name: str) -> str:
    """The text with a signature line behind it; `text` ends in a newline."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    private = Ed25519PrivateKey.from_private_bytes(seed)
    key = NoteKey(name, private.public_key().public_bytes_raw())
    made = base64.b64encode(key.hint + private.sign(text.encode("utf-8"))).decode("ascii")
    return f"{text}\n\u2014 {name} {made}\n"


def read_note(text: str) -> Note:
    """Take a note apart; a text without signatures is a note with none. ValueError for anything else."""
    body, blank, lines = text.rpartition("\n\n")
    if not blank:
        if not text.endswith("\n"):
            raise ValueError("its last line has no end")
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
    match = _SIGNATURE.fullmatch(line)
    if match is None:
        raise ValueError(f"{line[:40]!a} is no line of a signature")
    try:
        data = base64.b64decode(match[2], validate=True)
    except binascii.Error as error:
        raise ValueError("a signature is not base64") from error
    if len(data) < 5 or base64.b64encode(data).decode("ascii") != match[2]:
        raise ValueError("a signature is cut")
    return match[1], data[:4], data[4:]


def verified(note: Note, keys: Iterable[NoteKey]) -> tuple[NoteKey, ...]:
    """Those of these keys that have signed it; others' signatures are passed over. ValueError when one of theirs is wrong."""
    return tuple(key for key in keys if _signed_by(note, key))


def _signed_by(note: Note, key: NoteKey) -> bool:
    found = [made for name, hint, made in note.signatures if (name, hint) == (key.name, key.hint)]
    if len(found) > 1:
        raise ValueError(f"{key.name} has signed twice")
    for made in found:
        _check(note.text, made, key)
    return bool(found)


def _check(text: str, signature: bytes, key: NoteKey) -> None:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(key.public).verify(signature, text.encode("utf-8"))
    except InvalidSignature as error:
        raise ValueError(f"the signature of {key.name} was not made over this text") from error
