"""A line's proof as a file (c2sp.org/tlog-proof@v1): its index, the hashes that lead to the root, and the checkpoint."""

import base64
import re
from dataclasses import dataclass

from factcheck.signing.keys import decode

HEADER = "c2sp.org/tlog-proof@v1"
MOST = 63  # hashes that lead to the root of any log


@dataclass(frozen=True, slots=True)
class Proof:
    """Where a line stands (from 0), the hashes from its leaf up (32 bytes each), and the checkpoint's text."""

    index: int
    hashes: tuple[bytes, ...]
    checkpoint: str

    def to_text(self) -> str:
        """The file, ended by the checkpoint."""
        hashes = "".join(f"{base64.b64encode(each).decode('ascii')}\n" for each in self.hashes)
        return f"{HEADER}\nindex {self.index}\n{hashes}\n{self.checkpoint}"

    @classmethod
    def from_text(cls, text: str) -> "Proof":
        """Read a proof; the `extra` of other tools is read over. ValueError, in a sentence, for anything else."""
        head, blank, checkpoint = text.partition("\n\n")
        header, *lines = head.split("\n")
        if header != HEADER or not blank or not checkpoint.endswith("\n"):
            raise ValueError(f"a proof begins with {HEADER} and ends with a checkpoint.")
        if lines and lines[0].startswith("extra "):
            decode(lines.pop(0).removeprefix("extra "))
        index = re.fullmatch(r"index (0|[1-9][0-9]{0,18})", lines[0] if lines else "")
        hashes = tuple(map(decode, lines[1:]))
        if index is None or len(hashes) > MOST or any(len(each) != 32 for each in hashes):
            raise ValueError("a proof has an index, and hashes of 32 bytes in base64.")
        return cls(int(index[1]), hashes, checkpoint)
