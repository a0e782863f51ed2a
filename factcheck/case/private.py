"""What one person's desk remembers for nobody else: what they put off, and how long they worked on a claim."""

import hashlib
import json
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(slots=True)
class Private:
    """One person's memory of one case: `later` in the order of putting off, `work` as claim -> [milliseconds, keys].

    `unkept` while there is something that was not written down yet.
    """

    later: list[str] = field(default_factory=list)
    work: dict[str, list[int]] = field(default_factory=dict)
    unkept: bool = False


def memory_file(folder: Path, origin: str, person: str, what: str = "memory") -> Path:
    """Where it lies below a folder: by the case and the person, so that nobody reads what another wrote."""
    name = hashlib.sha256(f"{origin}\n{person}".encode()).hexdigest()[:24]
    return folder / "people" / f"{name}.{what}.json"


def recall(path: Path | None) -> Private:
    """Read it; what is missing or broken is an empty memory, for nothing depends on it."""
    found: dict[str, Any] = {}
    with suppress(OSError, ValueError):
        found = json.loads(path.read_text("utf-8")) if path else {}
    try:
        later = [str(each) for each in found.get("later", [])]
        work = {str(claim): [int(each) for each in spent][:2] for claim, spent in found["work"].items()}
        return Private(later, {claim: spent for claim, spent in work.items() if len(spent) == 2})
    except (AttributeError, KeyError, TypeError, ValueError):
        return Private()


def remember(path: Path | None, memory: Private) -> None:
    """Write it in one step; a disk that is full loses a convenience, no decision."""
    if path is None:
        return
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(".new")
        fresh.write_text(json.dumps({"later": memory.later, "work": memory.work}), "utf-8")
        fresh.replace(path)
