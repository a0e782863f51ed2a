"""A checkpoint: three lines (origin, size, root in base64) that say how long the ledger was and what was in it."""

import base64
import binascii
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from factcheck.errors import BadData
from factcheck.events import Head
from factcheck.files import read_plain, replace_file


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """Who keeps the log, how long it is, and its root. The form is the body of a C2SP checkpoint."""

    origin: str
    head: Head

    def to_text(self) -> str:
        """Three lines, each ended by a newline."""
        root = base64.b64encode(bytes.fromhex(self.head.root)).decode("ascii")
        return f"{self.origin}\n{self.head.size}\n{root}\n"

    @classmethod
    def from_text(cls, text: str, *, where: str) -> "Checkpoint":
        """Read the three lines; what follows them is not looked at. BadData when they are not there."""
        try:
            origin, size, root = text.split("\n")[:3]
            digest = base64.b64decode(root, validate=True)
            number = int(size)
        except (ValueError, binascii.Error):
            origin, size, number, digest = "", "", 0, b""
        if not origin or len(digest) != 32 or str(number) != size or number < 0:
            raise BadData(
                "this is not a checkpoint: three lines with origin, size and root.",
                where=where,
                seen=repr(text[:60]),
                remedy="restore the file from a copy",
            )
        return cls(origin, Head(size=number, root=digest.hex()))


def read_checkpoint(path: Path) -> Checkpoint | None:
    """The checkpoint in this file; None when there is no file."""
    try:
        return Checkpoint.from_text(read_plain(path).decode("utf-8"), where=str(path))
    except FileNotFoundError:
        return None
    except UnicodeDecodeError as error:
        raise BadData("this is not a checkpoint.", where=str(path), seen=str(error)) from error
    except OSError as error:
        raise BadData("the checkpoint cannot be read.", where=str(path), seen=str(error.strerror)) from error


def write_checkpoint(path: Path, checkpoint: Checkpoint, sign: Callable[[str], str] = str) -> None:
    """Renew the file in one step, with what `sign` adds to the three lines; behind the ledger after a crash is fine."""
    replace_file(path, sign(checkpoint.to_text()).encode("utf-8"), durable=False)
