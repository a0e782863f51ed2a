"""A draw for a check by hand: decided claims, chosen so that anybody can choose them again, with all that one looks at."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any

from factcheck.audit.sheet import Sheet
from factcheck.audit.trail import Moment, Trail, Watch
from factcheck.export.scope import withheld
from factcheck.model import GONE_STATES, Capture, Claim, Evidence, Mention
from factcheck.state import State


@dataclass(frozen=True, slots=True)
class Said:
    """Where a claim was made: the file, the code points in it, and the words."""

    source: str
    file: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Shown:
    """What was found: the address, the words, and the file with the bytes; "" where none was captured."""

    id: str
    stance: str
    url: str
    quote: str
    file: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """One decided claim, and what somebody needs who judges it anew."""

    claim: str
    statement: str
    verdict: str
    because: str
    by: str
    mentions: tuple[Said, ...]
    evidence: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Sample:
    """The claims that were drawn from `of` decided ones, in the order of the draw."""

    seed: str
    root: str
    of: int
    claims: tuple[Drawn, ...]

    def to_json(self) -> dict[str, Any]:
        """The object that `factcheck audit --sample N --json` prints under "sample"."""
        return asdict(self)


def draw(trail: Trail, number: int, seed: str = "") -> Sample:
    """Choose so many decided claims, by nothing but the seed (the root of the head where none is given), the root and their ids."""
    root, last = trail.head.root, _Last(trail, Sheet("sample"))
    trail.replay([last])
    decided = list(_decided(last.state))
    chosen = sorted(decided, key=lambda claim: lot(seed or root, root, claim.id))[:number]
    return Sample(seed or root, root, len(decided), tuple(_drawn(trail, last.state, c) for c in chosen))


def lot(seed: str, root: str, claim: str) -> str:
    """What a claim draws; the lowest are taken: the SHA-256 (hex) of seed, root and id, a line feed between."""
    return sha256(f"{seed}\n{root}\n{claim}".encode()).hexdigest()


class _Last(Watch):
    """The state behind the last event."""

    def __init__(self, trail: Trail, sheet: Sheet) -> None:
        super().__init__(trail, sheet)
        self.state = State()

    def see(self, at: Moment) -> None:
        self.state = at.state


def _decided(state: State) -> Iterator[Claim]:
    """Claims with a verdict that counts; not those whose first verdict a second person may not see yet."""
    policy = state.info().policy
    for claim in state.all(Claim):
        if claim.verdict is not None and claim.state not in GONE_STATES and not withheld(claim, policy):
            yield claim


def _drawn(trail: Trail, state: State, claim: Claim) -> Drawn:
    verdict = claim.verdict
    assert verdict is not None
    return Drawn(
        claim=claim.id,
        statement=claim.statement,
        verdict=verdict.rating,
        because=verdict.because,
        by=verdict.by,
        mentions=tuple(_said(trail, each) for each in claim.mentions),
        evidence=tuple(_shown(state, each) for each in claim.live_evidence),
    )


def _said(trail: Trail, mention: Mention) -> Said:
    source = trail.sources.get(mention.source)
    file = (source.derived or source).path if source else ""
    return Said(mention.source, file, mention.start, mention.end, mention.quote)


def _shown(state: State, evidence: Evidence) -> Shown:
    capture = state.value(evidence.capture) if evidence.capture else None
    file = capture.path if isinstance(capture, Capture) else ""
    return Shown(evidence.id, evidence.stance, evidence.url, evidence.quote, file)
