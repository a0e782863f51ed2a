"""What a verdict rests on: numbered evidence, and whether the desk really holds the bytes."""

from collections.abc import Sequence
from typing import Any

from factcheck.export.summary import Cited
from factcheck.model import Capture, Evidence
from factcheck.state import State

_COPIED = (
    *("id", "stance", "url", "quote", "note", "by", "time"),
    *("withdrawn", "capture", "sha256", "prefix", "suffix", "start", "end"),
    *("text", "asked", "manual", "grade"),
)


def cited(number: int, evidence: Evidence, state: State, relied: Sequence[str]) -> Cited:
    """Number one piece of evidence and hold it against its capture; a bare link never counts as captured."""
    common: dict[str, Any] = {name: getattr(evidence, name) for name in _COPIED}
    common |= {"number": number, "relied": evidence.id in relied}
    piece = state.value(evidence.id)
    if isinstance(piece, Evidence) and piece.checked:
        common |= {"checked": piece.checked.outcome, "checked_at": piece.checked.time}
    capture = state.value(evidence.capture) if evidence.capture else None
    if not isinstance(capture, Capture):
        return Cited(captured=False, trouble="missing" if evidence.capture else "", **common)
    trouble = _trouble(evidence, capture)
    if not trouble:
        common |= {"sha256": capture.sha256}
    return Cited(
        captured=not trouble,
        trouble=trouble,
        path=capture.path,
        size=capture.size,
        media_type=capture.media_type,
        via=capture.via,
        final_url=capture.final_url,
        status=capture.status,
        title=capture.title,
        author=capture.page.author,
        published=capture.page.published,
        fetched=capture.time,
        fetched_by=capture.by,
        outcome=capture.outcome,
        exceptions=capture.exceptions,
        **common,
    )


def _trouble(evidence: Evidence, capture: Capture) -> str:
    if capture.outcome != "ok" or not capture.sha256:
        return "failed"
    if capture.withheld:
        return "withheld"
    return "" if evidence.sha256 in {"", capture.sha256} else "differs"
