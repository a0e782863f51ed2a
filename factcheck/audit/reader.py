"""Reading the ledger as an auditor must: every line, the bad ones too, without ever giving up."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from factcheck.events import SPEC, Event, canonical, has_controls, is_canonical, strict_json, timestamp
from factcheck.merkle import leaf_hash

LEDGER: Final = "claims/ledger.jsonl"
CHECKPOINT: Final = "claims/checkpoint"

# People's words, and what a page or a server says, may hold any character; everything else in a body is a name and may
# hold no controls.
_FREE = frozenset({
    "quote", "note", "because", "text", "statement", "was", "why", "heard", "meant", "title", "prefix", "suffix",
    "url", "final_url", "asked", "found", "author", "published", "canonical", "rights", "inside", "location", "declared",
    "subject", "issuer", "rule", "collector", "omitted", "would_change", "settled_by", "whom", "words",
    "needs", "zh", "en", "symbol",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """One line as it lies: its leaf hash, its event if it is one, else the fault; `form` if it is not canonical.

    `newer`: of a format that this version does not know; `converted`: a checkout gave it a CRLF end.
    """

    number: int
    leaf: str
    event: Event | None = None
    fault: str = ""
    form: str = ""
    newer: bool = False
    converted: bool = False

    @property
    def where(self) -> str:
        """The line, and what it says happened to what."""
        named = f" ({self.event.kind} {self.event.subject})" if self.event else ""
        return f"{LEDGER}:{self.number}{named}"


def is_moment(text: str) -> bool:
    """True for a moment of the calendar in the one form the ledger has: 2024-02-26T09:30:00.000Z."""
    try:
        return len(text) == 24 and timestamp(datetime.fromisoformat(text)) == text
    except ValueError:
        return False


def raw_lines(path: Path, size: int) -> Iterator[bytes]:
    """The lines of the first `size` bytes, with their ends; the last one may lack its newline."""
    with path.open("rb") as file:
        for raw in file:
            if size <= 0:
                return
            yield raw[:size]
            size -= len(raw)


def bare(raw: bytes) -> bytes:
    """A line without its end: these bytes are hashed. A CR that a checkout has added is no part of it."""
    return raw.removesuffix(b"\n").removesuffix(b"\r")


def entries(path: Path, size: int) -> Iterator[Entry]:
    """Every line of the first `size` bytes of a ledger, in order."""
    for number, raw in enumerate(raw_lines(path, size), start=1):
        yield _entry(number, raw)


def read_line(data: bytes) -> Entry:
    """A line that lies somewhere else than in a ledger of its own: what is wrong with it, or its event."""
    return _entry(0, data + b"\n")


def _entry(number: int, raw: bytes) -> Entry:
    data = bare(raw)
    leaf, torn, converted = leaf_hash(data).hex(), _torn(raw), raw.endswith(b"\r\n")
    if not data:
        return Entry(number, leaf, fault=torn or "a blank line", converted=converted)
    try:
        document = strict_json(data)
    except ValueError as error:
        fault = f"not JSON as the ledger writes it: {error}"[:300]
        return Entry(number, leaf, fault=f"{torn}; {fault}" if torn else fault, converted=converted)
    if _spec(document) > SPEC:
        return Entry(number, leaf, None, torn, _form(document, data), newer=True, converted=converted)
    event, fault = _event(document)
    return Entry(number, leaf, event, torn or fault, _form(document, data), converted=converted)


def _torn(raw: bytes) -> str:
    return "" if raw.endswith(b"\n") else "the last line has no newline at its end"


def _spec(document: Any) -> int:
    spec = document.get("spec") if isinstance(document, dict) else None
    return spec if isinstance(spec, int) and not isinstance(spec, bool) else 0


def _event(document: Any) -> tuple[Event | None, str]:
    try:
        event = Event.model_validate(document)
    except ValidationError as error:
        return None, _first_problem(error)
    written = event.model_dump(mode="json")
    place = "" if _as_written(document, written) else _coerced(document, written, "")
    return event, place or _controls(document["body"], "body")


def _first_problem(error: ValidationError) -> str:
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    place = ".".join(str(part) for part in first["loc"])
    return f"not an event: {place}: {first['msg']}"[:300]


def _as_written(said: Any, read: Any) -> bool:
    """True where `_coerced` would name nothing; it is asked of every line, and makes no names of places."""
    kind = type(said)
    if kind is not type(read):
        return False
    if kind is dict:
        return all(_as_written(each, read.get(key)) for key, each in said.items())
    if kind is list:
        return len(said) == len(read) and all(map(_as_written, said, read))
    return bool(said == read)


def _coerced(said: Any, read: Any, place: str) -> str:
    """Name the first value that was read as another type than it was written in ("5" for 5)."""
    if isinstance(said, dict) and isinstance(read, dict):
        pairs = [(said[key], read.get(key), f"{place}.{key}" if place else key) for key in said]
    elif isinstance(said, list) and isinstance(read, list) and len(said) == len(read):
        pairs = [(one, two, f"{place}[{n}]") for n, (one, two) in enumerate(zip(said, read, strict=True))]
    else:
        same = type(said) is type(read) and said == read
        return "" if same else f"{place}: {said!r} is not written as the format says"[:300]
    return next((fault for pair in pairs if (fault := _coerced(*pair))), "")


def _controls(value: Any, place: str) -> str:
    """Name the first string among the names and ids of a body that holds a control character."""
    if isinstance(value, dict):
        inner = [(each, f"{place}.{key}") for key, each in value.items() if key not in _FREE]
        return next((fault for pair in inner if (fault := _controls(*pair))), "")
    if isinstance(value, list):
        return next((fault for each in value if (fault := _controls(each, place))), "")
    hostile = isinstance(value, str) and has_controls(value)
    return f"{place}: a control character stands where none may be ({value!r})"[:300] if hostile else ""


def _form(document: Any, data: bytes) -> str:
    try:
        if is_canonical(data, document):
            return ""
        wanted = canonical(document)
    except ValueError as error:
        return f"it has no canonical form: {error}"[:300]
    at = next((n for n, (one, two) in enumerate(zip(wanted, data, strict=False)) if one != two), len(wanted))
    return (
        f"byte {at + 1} differs from the canonical form: {data[at : at + 20]!r}, not {wanted[at : at + 20]!r}"
    )
