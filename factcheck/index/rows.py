"""The rows of the index: how a subject lies there, and what the queue and the search know of a claim."""

import functools
from collections import Counter
from collections.abc import Iterable
from typing import Any

from pydantic import TypeAdapter
from pydantic_core import PydanticSerializationError

from factcheck.model import WAITING, Capture, CaseInfo, Claim, Evidence, Export, Reading, Source
from factcheck.state import Value
from factcheck.tokens import index_words

# Raise it whenever the tables or the fold change: an older index is thrown away and made again.
SCHEMA = "9"
EMPTYING = (
    "DELETE FROM claim",
    "DELETE FROM claim_text",
    "DELETE FROM subject WHERE version = 0",
    "UPDATE subject SET value = NULL, base = NULL",
)
"""What makes room for the state of several desks; events and versions stay."""

_CLASSES: dict[str, type[Any]] = {
    "case": CaseInfo,
    "S": Source,
    "C": Claim,
    "R": Reading,
    "K": Capture,
    "E": Evidence,
    "X": Export,
}


def claim_row(claim: Claim) -> tuple[object, ...]:
    """What the queue and the counts know of a claim; the audit compares it with the fold."""
    first = claim.mentions[0]
    rating, judge = (claim.verdict.rating, claim.verdict.by) if claim.verdict else ("", "")
    return (
        claim.number,
        first.source,
        first.start,
        first.end,
        str(claim.state),
        rating,
        str(claim.type),
        claim.priority,
        claim.group,
        judge,
        claim.assigned,
        claim.due.rpartition("..")[2],
        len(claim.open_questions),
        claim.verdict.basis if claim.verdict else "",
        len({each.source for each in claim.mentions}) - 1,
    )


def tally_rows(claims: Iterable[Claim]) -> set[tuple[object, ...]]:
    """How many of these claims are alike in what is counted: state, type, rating, basis, and the judge while one may be kept back."""
    kinds = Counter(
        (state, kind, rating, basis, judge if state in WAITING else "")
        for _, _, _, _, state, rating, kind, _, _, judge, _, _, _, basis, _ in map(claim_row, claims)
    )
    return {(*kind, many) for kind, many in kinds.items()}


def text_row(claim: Claim) -> tuple[int, str, str]:
    """The words by which a claim is found: those of the claim and its evidence, and those of its verdicts."""
    return (claim.number, _words(claim), _found(claim))


def _found(claim: Claim) -> str:
    reasons = [text for each in claim.verdicts for text in (each.because, each.omitted, each.would_change)]
    reasons += [part.because for each in claim.verdicts for part in each.parts]
    return " ".join(index_words("\n".join([*reasons, *(each.because for each in claim.rated)])))


def _words(claim: Claim) -> str:
    said = [mention.quote for mention in claim.mentions]
    noted = [text for each in claim.evidence for text in (each.quote, each.note)]
    return " ".join(index_words("\n".join([claim.id, claim.statement, *said, *noted])))


def key(subject: str) -> tuple[str, int]:
    return ("case", 0) if subject == "case" else (subject[0], int(subject[1:]))


@functools.cache
def _adapter(letter: str) -> TypeAdapter[Any]:
    return TypeAdapter(_CLASSES[letter])


def dump(letter: str, value: Value) -> bytes:
    """The bytes of a value; what is as it was from the start is left out: two thirds of a claim that nobody has touched."""
    try:
        return _adapter(letter).dump_json(value, exclude_defaults=True)
    except PydanticSerializationError as error:
        if "KeyboardInterrupt" in str(error):  # a Ctrl+C that came while pydantic was calling back
            raise KeyboardInterrupt from error
        raise


def load(letter: str, blob: bytes) -> Any:
    return _adapter(letter).validate_json(blob)
