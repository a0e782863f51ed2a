"""Commands that look closer: what every sentence of a source is, and what the figures of a claim come to."""

from collections.abc import Iterator
from typing import Any

import click

from factcheck.case import Case
from factcheck.case.covering import Coverage, Sentence
from factcheck.cli.frame import Frame, command
from factcheck.cli.output import emit, say
from factcheck.cli.walk import calculation_lines
from factcheck.labels import label
from factcheck.model import Source


@command("coverage")
@click.argument("source", required=False, default="", metavar="[S1]")
@click.option("--open", "open_", is_flag=True, help="List the sentences whose claim nobody has judged.")
@click.option("--sentences", is_flag=True, help="List every sentence with its class.")
def coverage_command(frame: Frame, source: str, open_: bool, sentences: bool) -> None:
    """Say what every sentence of SOURCE (or of all newest ones) is: claim, opinion, question, filler ... or nothing found."""
    case = frame.open()
    found = [case.coverage(each) for each in ([case.source(source)] if source else _newest(case))]
    if frame.json:
        emit({"sources": [_document(each, sentences=sentences) for each in found]})
        return
    for coverage in found:
        for line in _page(case, coverage, frame.language, open_=open_, sentences=sentences):
            say(line)


def _newest(case: Case) -> list[Source]:
    """The sources without a newer version: what an older one says is looked at there."""
    return [source for source in case.sources() if not source.replaced_by]


def _page(case: Case, coverage: Coverage, lang: str, *, open_: bool, sentences: bool) -> Iterator[str]:
    yield f"{coverage.source}  {case.source(coverage.source).title}"
    for kind, (number, characters) in coverage.counts().items():
        yield label(
            "cli.covered", lang, kind=label(f"class.{kind}", lang), number=number, characters=characters
        )
    waiting = list(coverage.unjudged())
    yield label("cli.unjudged", lang, number=len({place.claim for _, place in waiting}))
    if open_:
        for sentence, place in waiting:
            state = label(f"state.{place.state}", lang)
            yield f"  {place.claim:<5} {state}  [{place.start}:{place.end}]  {_words(coverage, sentence)}"
    for sentence in coverage.sentences if sentences else ():
        claims = " ".join(each.claim for each in sentence.claims)
        kind = label(f"class.{sentence.kind}", lang)
        yield f"  [{sentence.start}:{sentence.end}]  {kind}  {claims}  {_words(coverage, sentence)}"


def _words(coverage: Coverage, sentence: Sentence) -> str:
    return " ".join(coverage.words(sentence).split())


def _document(coverage: Coverage, *, sentences: bool) -> dict[str, Any]:
    """Counts by class, what is claimed and not judged, and where nothing was found; offsets are code points."""
    document: dict[str, Any] = {
        "source": coverage.source,
        "sentences": len(coverage.sentences),
        "classes": {
            kind: {"sentences": number, "characters": characters}
            for kind, (number, characters) in coverage.counts().items()
        },
        "not_judged": [
            _place(coverage, each) | {"claim": place.claim, "state": str(place.state)}
            for each, place in coverage.unjudged()
        ],
        "nothing_found": [
            _place(coverage, each) for each in coverage.sentences if each.kind == "unclassified"
        ],
    }
    if sentences:
        document["all"] = [
            _place(coverage, each) | {"class": each.kind, "claims": [place.claim for place in each.claims]}
            for each in coverage.sentences
        ]
    return document


def _place(coverage: Coverage, sentence: Sentence) -> dict[str, Any]:
    return {"start": sentence.start, "end": sentence.end, "quote": coverage.words(sentence)}


@command("calculate")
@click.argument("claim", metavar="C7")
@click.argument("expression")
@click.option(
    "--given",
    multiple=True,
    metavar="'NAME = NUMBER [UNIT]: WHERE'",
    help="A premise; WHERE is a claim (C6), a place (S1:120-131), or in words who assumes it.",
)
@click.option("--try", "only_try", is_flag=True, help="Work it out and record nothing.")
def calculate_command(
    frame: Frame, claim: str, expression: str, given: tuple[str, ...], only_try: bool
) -> None:
    """Work out EXPRESSION for CLAIM and store it: "60 s * rate / 30", "14 * x = 1.8e11", "growth(84, 72.9) >= 15 %".

    Signs: + - * / ^ ( ), = (within two per cent) >= <= > <. Functions: gcd, growth(new, old), share(part, whole), sum.
    Figures may have a scale (万 亿 万亿 million billion trillion) and a unit. One name without a value is solved.
    """
    case = frame.open()
    if only_try:
        found = case.worked_out(expression, given)
        if frame.json:
            emit({"result": found.result, "holds": found.holds, "needs": list(found.needs)})
            return
        for line in calculation_lines(found.result, found.holds, found.needs, frame.language):
            say(line)
        return
    events = case.calculate(claim, expression, given=given, at=frame.at)
    made = case.claim(claim).calculations[-1]
    frame.recorded(events, *calculation_lines(made.result, made.holds, made.needs, frame.language))
