"""What a desk remembers of a case, outside of it: the last head it saw, so that a ledger that was cut or replaced is noticed."""

import hashlib
import json
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from factcheck.errors import BadData
from factcheck.files import replace_file
from factcheck.ledger import Address, Position
from factcheck.ledger.checkpoint import Checkpoint


@dataclass(frozen=True, slots=True)
class Seen:
    """A head as this desk saw it, and the leaf hash of the line that was the last one then."""

    checkpoint: Checkpoint
    last: str


def server_file(folder: Path, case: Path) -> Path:
    """Where a desk keeps where the ledger of the case in `case` lies: in its own folder, for a case may come from anybody."""
    return folder / "servers" / f"{_place(case)}.json"


def recall_server(folder: Path, case: Path) -> Address | None:
    """The server that the ledger of a case lies on; None for one that lies in its folder."""
    try:
        said = json.loads(server_file(folder, case).read_text("utf-8"))
        return Address(str(said["dsn"]), str(said["origin"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def recall_person(folder: Path, case: Path) -> str:
    """Who made this folder a desk of a server's case; "" for any other case, and where nobody was named."""
    try:
        return str(json.loads(server_file(folder, case).read_text("utf-8"))["by"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def remember_server(folder: Path, case: Path, address: Address | None, by: str = "") -> None:
    """Keep where the ledger lies and who is at this desk, for this user's eyes; None forgets both. OSError when that cannot be."""
    place = server_file(folder, case)
    if address is None:
        place.unlink(missing_ok=True)
        return
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    place.unlink(missing_ok=True)
    place.touch(mode=0o600)
    kept = {"dsn": address.dsn, "origin": address.origin, "by": by}
    place.write_text(json.dumps(kept, ensure_ascii=False) + "\n", "utf-8")


def _place(case: Path) -> str:
    return hashlib.sha256(str(case.resolve()).encode("utf-8", "surrogateescape")).hexdigest()[:24]


def seen_file(folder: Path, case: Path) -> Path:
    """Where it lies below the desk's own folder, by the place of the case; its first three lines are a receipt."""
    return folder / "seen" / f"{_place(case)}.checkpoint"


def recall_head(path: Path) -> Seen | None:
    """What was seen; None when nothing was, or when the file says nothing."""
    try:
        text = path.read_text("utf-8")
        checkpoint = Checkpoint.from_text(text, where=str(path))
        word, last = text.split("\n")[3].split(" ")
    except (OSError, ValueError, IndexError, BadData):
        return None
    return Seen(checkpoint, last) if word == "last" else None


def remember_head(path: Path, origin: str, position: Position) -> None:
    """Keep a head; a disk that is full loses a safeguard, no decision."""
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        text = f"{Checkpoint(origin, position.head).to_text()}last {position.last}\n"
        replace_file(path, text.encode("utf-8"), durable=False)
