"""That a line stands in the ledger, as a file that stands alone (c2sp.org/tlog-proof@v1)."""

import base64
import binascii
from dataclasses import dataclass

_FIRST = "c2sp.org/tlog-proof@v1"


@dataclass(frozen=True, slots=True)
class Proof:
    """The index of a leaf (from 0), its audit path (RFC 6962, 32 bytes each), and the checkpoint that it leads to."""

    index: int
    hashes: tuple[bytes, ...]
    checkpoint: str

    def to_text(self) -> str:
        """The file."""
        path = "".join(f"{base64.b64encode(each).decode('ascii')}\n" for each in self.hashes)
        return f"{_FIRST}\nindex {self.index}\n{path}\n{self.checkpoint}"

    @classmethod
    def from_text(cls, text: str) -> "Proof":
        """Read such a file; a line with more (`extra`) is passed over. ValueError for anything else."""
        head, blank, checkpoint = text.partition("\n\n")
        lines = head.split("\n")
        if not blank or lines.pop(0) != _FIRST or not lines:
            raise ValueError(f"it does not begin with {_FIRST}")
        if lines[0].startswith("extra ") and len(lines) > 1:
            _decoded(lines.pop(0).removeprefix("extra "))
        word, _, number = lines.pop(0).partition(" ")
        if word != "index" or not number.isascii() or not number.isdigit() or str(int(number[:20])) != number:
            raise ValueError("it names no index")
        return cls(int(number), tuple(map(_hash, lines)), checkpoint)


def _hash(line: str) -> bytes:
    data = _decoded(line)
    if len(data) != 32:
        raise ValueError("a hash is not 32 bytes long")
    return data


def _decoded(line: str) -> bytes:
    try:
        data = base64.b64decode(line, validate=True)
    except (binascii.Error, ValueError) as error:
        raise ValueError("a line is not base64") from error
    if base64.b64encode(data).decode("ascii") != line:
        raise ValueError("a line is not base64 in its one form")
    return data
