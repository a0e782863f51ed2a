"""What can happen at the desk, and how it is written: one event, one line of canonical JSON."""

import secrets
import unicodedata
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Annotated, Any, Final, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    PrivateAttr,
    SerializeAsAny,
    StringConstraints,
    ValidationError,
    field_validator,
)

from factcheck.errors import BadData
from factcheck.events.adopting import EventAdopted, renamed_event
from factcheck.events.form import canonical, canonical_plain, is_canonical, strict_json
from factcheck.events.kinds import BODIES, SIGNABLE
from factcheck.events.parts import Body
from factcheck.events.suggestions import (
    SuggestedAnswer,
    SuggestedClaim,
    SuggestedReading,
    SuggestedRegion,
    read_suggestions,
)

__all__ = [
    "BODIES",
    "GENESIS",
    "SIGNABLE",
    "SPEC",
    "Body",
    "Event",
    "Head",
    "Ref",
    "SuggestedAnswer",
    "SuggestedClaim",
    "SuggestedReading",
    "SuggestedRegion",
    "canonical",
    "canonical_plain",
    "clock_of",
    "is_canonical",
    "new_id",
    "read_suggestions",
    "strict_json",
    "timestamp",
]

SPEC: Final = 1
GENESIS = "0" * 64
Subject = Annotated[str, StringConstraints(pattern=r"^(case|[CEKRSX][1-9][0-9]{0,8})$")]


CommandId = Annotated[
    str, StringConstraints(pattern=r"^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$")
]


class Ref(BaseModel):
    """A second subject of an event, with the version it gets."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, defer_build=True)

    subject: Subject
    version: int = Field(ge=1)


class Head(BaseModel):
    """How long the ledger is and the root of its tree (hex, RFC 6962)."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, defer_build=True)

    size: int = Field(ge=0)
    root: str


class Event(BaseModel):
    """One line of the ledger. `seq` and `prev` are the writer's; everything else is the person's."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, defer_build=True)

    spec: Literal[1] = SPEC
    seq: int = Field(default=0, ge=0)
    prev: str = GENESIS
    id: CommandId
    time: str = Field(pattern=r"^[0-9]{4}(-[0-9]{2}){2}T[0-9]{2}(:[0-9]{2}){2}\.[0-9]{3}Z$")
    by: str = Field(min_length=1, max_length=200)
    kind: str
    subject: Subject
    version: int = Field(ge=1)
    also: tuple[Ref, ...] = Field(default=(), strict=False)
    body: SerializeAsAny[Body]
    tree: Head | None = None
    sig: str = ""
    _brought: "Event | None" = PrivateAttr(default=None)
    _written: int = PrivateAttr(default=0)
    _counted: dict[str, int] = PrivateAttr(default_factory=dict)

    @field_validator("id", "by", "kind", "subject")
    @classmethod
    def _no_control_characters(cls, value: str) -> str:
        if not value.isprintable() and any(
            unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"} for c in value
        ):
            raise ValueError("a control character stands where none may be")
        return value

    @field_validator("body", mode="before")
    @classmethod
    def _body_by_kind(cls, value: Any, info: Any) -> Any:
        if isinstance(value, Body):
            return value
        kind = info.data.get("kind", "")
        if kind not in BODIES:
            raise ValueError(f"kind {kind!r} is not known")
        return BODIES[kind].model_validate(value)

    @property
    def subjects(self) -> tuple[tuple[str, int], ...]:
        """Every subject whose version this event counts up, with that version."""
        return ((self.subject, self.version), *((ref.subject, ref.version) for ref in self.also))

    @property
    def touches(self) -> tuple[str, ...]:
        """Every subject whose state this event may change."""
        return tuple(dict.fromkeys([*(name for name, _ in self.subjects), *self.body.names()]))

    @property
    def as_written(self) -> "Event":
        """The event of the ledger's own line: for an adopted one the line that brought it here."""
        return self._brought or self

    @property
    def order(self) -> tuple[str, int, str]:
        """Where the act stands among those of all desks: by its time, then by its line in the ledger it was written to."""
        return (self.time, self._written or self.seq, self.id)

    def seen(self, subject: str) -> int | None:
        """How many acts on a subject its author knew of, this one among them; None for one whose version it leaves."""
        return (self._counted or dict(self.subjects)).get(subject)

    @property
    def act(self) -> "Event":
        """What counts of this line: an adopted one is the act of its author, with the numbers of this desk.

        It has the author, the time and the id of the original, and the seq and versions of the line that brought it.
        Raises BadData for an original that is no event.
        """
        if not isinstance(self.body, EventAdopted):
            return self
        original = Event.from_line(self.body.line.encode(), where=f"line {self.seq}")
        document = renamed_event(original.model_dump(mode="json", exclude_none=True), dict(self.body.map))
        versions = {"version": self.version, "also": [each.model_dump() for each in self.also]}
        found = Event.model_validate(document | versions | {"seq": self.seq, "prev": self.prev})
        counted = (version for _, version in original.subjects)
        found._brought, found._written = self, original.seq  # noqa: SLF001 (its own class)
        found._counted = dict(zip((name for name, _ in self.subjects), counted, strict=False))  # noqa: SLF001
        return found

    def to_line(self) -> bytes:
        """The event as it lies in the ledger, without the newline (RFC 8785)."""
        return canonical_plain(self._document())

    def signed_bytes(self) -> bytes:
        """What a person signs: all that is theirs, in the same form; `seq` and `prev` are the writer's."""
        document = self._document()
        return canonical_plain(
            {name: each for name, each in document.items() if name not in {"sig", "seq", "prev"}}
        )

    def _document(self) -> dict[str, Any]:
        document: dict[str, Any] = self.model_dump(mode="json", exclude_none=True)
        return {name: each for name, each in document.items() if each or name not in {"also", "tree", "sig"}}

    @classmethod
    def from_line(cls, line: bytes, *, where: str) -> "Event":
        """Read one line. Raises BadData naming `where` and what was seen."""
        try:
            return cls.model_validate(strict_json(line))
        except (ValueError, ValidationError) as error:
            raise BadData(
                "this line is not an event of the ledger.",
                where=where,
                seen=_first_problem(error),
                remedy="restore the file from a copy; the ledger is never edited by hand",
            ) from error


def _first_problem(error: ValueError) -> str:
    if isinstance(error, ValidationError):
        first = error.errors(include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        return f"{place}: {first['msg']}"[:200]
    return str(error)[:200]


def timestamp(moment: datetime) -> str:
    """RFC 3339 in UTC with milliseconds."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"


def clock_of(id: str) -> datetime | None:
    """What the clock said when this id was made; None for an id that is no UUID of version 7."""
    digits = id.replace("-", "")
    if len(digits) != 32 or digits[12] != "7":
        return None
    try:
        return datetime.fromtimestamp(int(digits[:12], 16) / 1000, UTC)
    except (ValueError, OverflowError):
        return None


def new_id(moment: datetime, randomness: Callable[[int], bytes] = secrets.token_bytes) -> str:
    """A UUID of version 7 (RFC 9562): 48 bits of milliseconds, then randomness."""
    milliseconds = max(0, int(moment.timestamp() * 1000)).to_bytes(6, "big")
    tail = bytearray(randomness(10))
    tail[0] = 0x70 | (tail[0] & 0x0F)
    tail[2] = 0x80 | (tail[2] & 0x3F)
    text = (milliseconds + bytes(tail)).hex()
    return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))
