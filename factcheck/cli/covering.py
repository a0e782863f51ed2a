"""The command about whole sources: what every sentence is, and what nobody has judged."""

from collections.abc import Iterator
from typing import Any

import click

from factcheck.case import Case
from factcheck.case.covering import Coverage, Sentence
from factcheck.cli.frame import Frame, command
from factcheck.cli.output import emit, say
from factcheck.labels import label


@command("coverage")
@click.argument("source", required=False, default="", metavar="[S1]")
@click.option("--open", "open_", is_flag=True, help="List the sentences whose claim nobody has judged.")
@click.option("--sentences", is_flag=True, help="List every sentence with its class.")
def coverage_command(frame: Frame, source: str, open_: bool, sentences: bool) -> None:
    """Say what every sentence of SOURCE (or of all) is: claim, opinion, question, filler ... or nothing found."""
    case = frame.open()
    found = [case.coverage(each) for each in ([case.source(source)] if source else case.sources())]
    if frame.json:
        emit({"sources": [_document(each, sentences=sentences) for each in found]})
        return
    for coverage in found:
        for line in _page(case, coverage, frame.language, open_=open_, sentences=sentences):
            say(line)


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
