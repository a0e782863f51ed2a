"""A proof that a line is in a log, as a file of its own (c2sp.org/tlog-proof@v1)."""

import base64
from dataclasses import dataclass

_FIRST = "c2sp.org/tlog-proof@v1"


@dataclass(frozen=True, slots=True)
class Proof:
    """The index of a leaf, the hashes beside its way up to the root, and the checkpoint that names the root."""

    index: int
    hashes: tuple[bytes, ...]
    checkpoint: str

    def to_text(self) -> str:
        """The lines of the file."""
        hashes = [base64.b64encode(each).decode("ascii") for each in self.hashes]
        return "\n".join([_FIRST, f"index {self.index}", *hashes, "", self.checkpoint])

    @classmethod
    def from_text(cls, text: str) -> "Proof":
        """Read the file. ValueError for anything else; a line `extra` is read over."""
        head, parted, checkpoint = text.partition("\n\n")
        first, *lines = head.split("\n")
        if lines and lines[0].startswith("extra "):
            lines.pop(0)
        name, _, index = (lines or [""])[0].partition(" ")
        hashes = tuple(base64.b64decode(each, validate=True) for each in lines[1:])
        proof = cls(int(index), hashes, checkpoint)
        if not parted or first != _FIRST or name != "index" or any(len(each) != 32 for each in hashes):
            raise ValueError("this is no proof of c2sp.org/tlog-proof@v1")
        return proof
