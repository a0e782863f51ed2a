"""How claims, verdicts and evidence are said on a screen: glyph, word and ink together, never colour alone."""

from factcheck.labels import label
from factcheck.model import Claim, ClaimState, RelationKind, Scale, Stance
from factcheck.tui.rows import Run, run

STATE_GLYPHS = {
    ClaimState.SUGGESTED: ("○", "dim"),
    ClaimState.ACCEPTED: ("◇", "active"),
    ClaimState.DISMISSED: ("×", "dim"),
    ClaimState.MERGED: ("⊂", "dim"),
    ClaimState.SUPERSEDED: ("⊘", "dim"),
    ClaimState.JUDGED: ("◐", "calm"),
    ClaimState.CONFIRMED: ("●", "good"),
    ClaimState.DISPUTED: ("≠", "bad"),
    ClaimState.SETTLED: ("◆", "good"),
    ClaimState.PUBLISHED: ("★", "good"),
    ClaimState.CORRECTED: ("☆", "warn"),
    ClaimState.VOIDED: ("⊗", "dim"),
}
STANCE_GLYPHS = {Stance.SUPPORTS: ("+", "good"), Stance.REFUTES: ("−", "bad"), Stance.CONTEXT: ("·", "calm")}
RELATION_GLYPHS = {
    RelationKind.REPEATS: "≈",
    RelationKind.CONTRADICTS: "≠",
    RelationKind.DERIVES_FROM: "←",
    RelationKind.DEPENDS_ON: "→",
}
_RATED_INKS = {5: "good", 4: "good", 3: "warn", 2: "bad", 1: "bad", 0: "calm"}


def state_runs(claim: Claim, lang: str) -> tuple[Run, ...]:
    """The state of a claim: glyph and word."""
    glyph, ink = STATE_GLYPHS[claim.state]
    return (run(f"{glyph} ", ink), run(label(f"state.{claim.state}", lang), ink))


def rating_runs(rating: str, scale: Scale, lang: str) -> tuple[Run, ...]:
    """A rating: its symbol and its word; a rating of another scale as it is written."""
    known = next((each for each in scale.ratings if each.rating == rating), None)
    if known is None:
        return (run(rating, "calm"),)
    ink = _RATED_INKS[known.value]
    return (run(f"{known.symbol} ", ink), run(known.label[lang], ink))


def worth(claim: Claim) -> str:
    """How much a claim is worth checking, as people read it: thousandths as one decimal."""
    return f"{claim.priority / 1000:.1f}"


def facts(claim: Claim, lang: str) -> str:
    """Type, whether it can be checked, and what it is worth."""
    parts = [label(f"type.{claim.type}", lang), label(f"checkable.{claim.checkable}", lang)]
    if claim.priority:
        parts.append(label("tui.worth", lang, worth=worth(claim)))
    return " · ".join(parts)
