"""What an extraction hands over: regions, suggested claims, readings, relations, calculations, and their JSON."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class KnownReadings:
    """What people decided about readings before: (heard, meant) pairs that hold or do not hold in this source."""

    accepted: tuple[tuple[str, str], ...] = ()
    rejected: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Region:
    """A part of the page; role: summary, transcript, heading, list, note, advertisement or boilerplate."""

    start: int
    end: int
    role: str


@dataclass(frozen=True, slots=True)
class Reason:
    """A rule or feature that spoke for or against a claim, where, and with how many thousandths."""

    rule: str
    start: int
    end: int
    weight: int


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A suggested claim at one place; `quote` is the source there, `statement` is in our words."""

    id: str
    start: int
    end: int
    quote: str
    type: str
    checkable: str
    priority: int
    group: str
    statement: str
    why: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class ProposedReading:
    """What was probably meant at one place where something else was heard; score in thousandths."""

    id: str
    start: int
    end: int
    heard: str
    meant: str
    score: int
    why: str


@dataclass(frozen=True, slots=True)
class ProposedRelation:
    """repeats, contradicts, derives_from or depends_on between two suggestions."""

    kind: str
    a: str
    b: str
    why: str


@dataclass(frozen=True, slots=True)
class Calculation:
    """A claim recomputed: `given` are (name, decimal value, unit), `holds` is yes, no, conditional or unknown."""

    claim: str
    expression: str
    given: tuple[tuple[str, str, str], ...]
    result: str
    holds: str
    needs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was found in one document with these packs; equal input gives equal output.

    `plugins` are (stage, distribution, version, SHA-256); with the extractor, the rules and the packs they are all that
    decided beside the document.
    """

    language: str
    characters: int
    packs: tuple[tuple[str, str], ...]
    regions: tuple[Region, ...] = ()
    claims: tuple[Suggestion, ...] = ()
    readings: tuple[ProposedReading, ...] = ()
    relations: tuple[ProposedRelation, ...] = ()
    calculations: tuple[Calculation, ...] = field(default=())
    extractor: str = ""
    rules: str = ""
    plugins: tuple[tuple[str, str, str, str], ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The object of `extract --json`; the caller adds source.sha256. Numbers have at most three decimals."""
        return {
            "source": {"characters": self.characters, "language": self.language},
            "packs": [{"name": name, "sha256": sha256} for name, sha256 in self.packs],
            "regions": [
                {"start": region.start, "end": region.end, "role": region.role} for region in self.regions
            ],
            "claims": [_claim(claim) for claim in self.claims],
            "readings": [_reading(reading) for reading in self.readings],
            "relations": [
                {"kind": one.kind, "a": one.a, "b": one.b, "why": one.why} for one in self.relations
            ],
            "calculations": [_calculation(one) for one in self.calculations],
            "extractor": self.extractor,
            "rules": self.rules,
            "plugins": [dict(zip(_PLUGIN, each, strict=True)) for each in self.plugins],
        }


_PLUGIN = ("stage", "name", "version", "sha256")


def _claim(claim: Suggestion) -> dict[str, Any]:
    return {
        "id": claim.id,
        "start": claim.start,
        "end": claim.end,
        "quote": claim.quote,
        "type": claim.type,
        "checkable": claim.checkable,
        "priority": claim.priority / 1000,
        "group": claim.group or None,
        "statement": claim.statement,
        "why": [
            {"rule": reason.rule, "start": reason.start, "end": reason.end, "weight": reason.weight / 1000}
            for reason in claim.why
        ],
    }


def _reading(reading: ProposedReading) -> dict[str, Any]:
    return {
        "id": reading.id,
        "start": reading.start,
        "end": reading.end,
        "heard": reading.heard,
        "meant": reading.meant,
        "score": reading.score / 1000,
        "why": reading.why,
    }


def _calculation(one: Calculation) -> dict[str, Any]:
    return {
        "claim": one.claim,
        "expression": one.expression,
        "given": [{"name": name, "value": value, "unit": unit} for name, value, unit in one.given],
        "result": one.result,
        "holds": one.holds,
        "needs": list(one.needs),
    }
