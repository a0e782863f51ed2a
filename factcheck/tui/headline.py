"""What is always in sight of the open claim: its number, state and statement, and why it came back."""

from factcheck.case import Case
from factcheck.labels import label, prior_line
from factcheck.model import Claim, Mention, Scale, Source
from factcheck.tui.rows import Row, heading, run, spread, wrapped
from factcheck.tui.saying import facts, rating_runs, state_runs


def headline(
    claim: Claim, mention: int, scale: Scale, columns: int, lang: str, *, whole: str, most: int = 4
) -> list[Row]:
    """The rows above the source: never scrolled away. `whole` says how to read a statement of more than `most` rows."""
    left = (run(f" {claim.id} ", "key"), *state_runs(claim, lang))
    if claim.verdict:
        left = (*left, run(" "), *rating_runs(claim.verdict.rating, scale, lang))
    right = (run(_where(claim, mention, lang) + " ", "dim"),)
    rows = [spread((*left, run(f" · {facts(claim, lang)}", "dim")), right, columns)]
    rows += _statement(claim.statement, columns, whole, most)
    for each in claim.priors:
        rows += wrapped(prior_line(each, lang), columns - 1, "dim", first=(run(" ≈ ", "calm"),), most=1)
    if claim.reopened:
        rows += wrapped(
            label("tui.reopened", lang, why=_why(claim.reopened, lang)),
            columns - 1,
            "warn",
            first=(run(" ↺ ", "warn"),),
            most=2,
        )
    return rows


def _statement(text: str, columns: int, whole: str, most: int) -> list[Row]:
    """So many rows of it at most: the source keeps its room."""
    columns = max(columns, 20)  # a pane that is out of sight has none
    some = text[: columns * (most + 1)]
    rows = wrapped(some, columns - 1, "strong said", first=(run(" "),))
    if len(rows) <= most and some == text:
        return rows
    return [*rows[: most - 1], spread(rows[most - 1], (run("… ", "dim"), run(f"{whole} ", "key")), columns)]


_FELL = {
    "reworded": "tui.fell_reworded",
    "merged": "tui.fell_merged",
    "split": "tui.fell_split",
    "evidence withdrawn": "tui.fell_withdrawn",
    "quotation changed": "tui.fell_quotation",
    "words changed": "tui.fell_changed",
    "mention rated": "tui.fell_rated",
    "reopened": "tui.fell_unsaid",
    "scale changed": "tui.fell_scale",
    "two desks": "tui.fell_desks",
}


def _why(reopened: str, lang: str) -> str:
    """Why a claim came back: what an act did to it, or a person's own words."""
    return label(_FELL[reopened], lang) if reopened in _FELL else reopened


def where_said(case: Case, mention: Mention, columns: int, *, active: bool) -> Row:
    """Which source, which part of it, when and by whom; the mark says whether the keys that move work there."""
    source, lang = case.source(mention.source), case.lang
    part = next((each.role for each in source.regions if each.start <= mention.start < each.end), "")
    said = case.where_said(mention)
    named = (f"{source.id} {source.title}", label(f"region.{part}", lang) if part else "", said)
    date = (run(f"{source.date} ", "dim"),) if source.date else ()
    right = (*_version(source, lang), *date)
    return heading(" · ".join(filter(None, named)), columns, active=active, right=right)


def _version(source: Source, lang: str) -> Row:
    """That a newer version has replaced this one, or which one it replaces."""
    if source.replaced_by:
        return (run(f"{label('tui.only_older', lang, source=source.replaced_by)} ", "warn"),)
    if not source.replaces:
        return ()
    return (run(f"{label('tui.newer', lang, source=source.replaces)} ", "dim"),)


def _where(claim: Claim, mention: int, lang: str) -> str:
    if len(claim.mentions) < 2:
        return claim.mentions[0].source
    place = label("tui.mention", lang, number=mention + 1, total=len(claim.mentions))
    return f"{claim.mentions[mention].source} · {place}"
