"""Commands that look and change nothing."""

from dataclasses import asdict
from typing import Any

import click

from factcheck.case import Case
from factcheck.cli.frame import Frame, command
from factcheck.cli.output import emit, narrate, say
from factcheck.cli.shapes import claim_line, claim_whole, evidence, objection, reading, revision
from factcheck.cli.trails import event_line, proof_words
from factcheck.cli.walk import claim_page, claim_row, revised
from factcheck.errors import NotFound, Usage
from factcheck.index import Query
from factcheck.labels import label
from factcheck.model import Claim, ClaimState, Evidence, Reading, Source, is_day


def _words(values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for value in values for word in value.replace(",", " ").split())


_as_of = click.option(
    "--as-of", "as_of", default="", metavar="SEQ|TIME", help="As it stood after this line, or at this time."
)


def _at(frame: Frame, moment: str) -> Case:
    """The case, as of a moment when one is named."""
    case = frame.open()
    return case.as_of(moment) if moment else case


@command("list")
@click.option(
    "--state", "states", multiple=True, help="suggested, accepted, judged, ... (several: with commas)"
)
@click.option("--source", default="", metavar="S1", help="Only of this source.")
@click.option("--type", "type_", default="", help="Only of this type.")
@click.option("--verdict", default="", help="Only with this verdict.")
@click.option("--group", "group_", default="", help="Only of this group.")
@click.option("--text", default="", help="Only with these words.")
@click.option("--order", type=click.Choice(["text", "priority"]), default="text", help="In which order.")
@click.option("--limit", type=click.IntRange(min=0), default=None, help="At most so many.")
@click.option("--assigned", default="", metavar="NAME", help="Only those of NAME.")
@click.option("--questions", is_flag=True, help="Only with an open question.")
@click.option("--due", default="", metavar="DAY", help="Only forecasts that are due by DAY.")
@_as_of
def list_command(
    frame: Frame,
    states: tuple[str, ...],
    source: str,
    type_: str,
    verdict: str,
    group_: str,
    text: str,
    order: str,
    limit: int | None,
    assigned: str,
    questions: bool,
    due: str,
    as_of: str,
) -> None:
    """List claims."""
    case = _at(frame, as_of)
    chosen = _words(states)
    unknown = [state for state in chosen if state not in set(ClaimState)]
    if unknown:
        raise Usage("there is no such state.", seen=unknown[0], remedy="one of " + ", ".join(ClaimState))
    rating = case.scale.find(verdict)
    if due and not is_day(due):
        raise Usage("this is no day.", seen=due, remedy="--due 2026-12-31")
    query = Query(
        states=chosen,
        source=source,
        type=type_,
        rating=rating.rating if rating else verdict,
        group=group_,
        text=text,
        order=order,
        assigned=assigned,
        asked=questions,
        due_by=due,
    )
    claims = case.page(case.first(query, limit))
    _print_claims(frame, claims, case.count(query) if frame.json and limit is not None else len(claims))


@command("search")
@click.argument("text")
def search_command(frame: Frame, text: str) -> None:
    """Find claims whose statement, words, evidence or reasons hold TEXT."""
    claims = frame.open().search(text)
    _print_claims(frame, claims, len(claims))


def _print_claims(frame: Frame, claims: list[Claim], total: int) -> None:
    if frame.json:
        emit({"claims": [claim_line(each) for each in claims], "total": total})
        return
    for each in claims:
        say(claim_row(each, frame.language))


@command("next")
@click.option("--after", default="", metavar="C7", help="Not this one.")
@click.option("--questions", is_flag=True, help="The next one with an open question.")
@click.option("--due", is_flag=True, help="The next forecast that is due.")
def next_command(frame: Frame, after: str, questions: bool, due: bool) -> None:
    """Show the next claim that waits for you: to judge, to confirm, to settle, or to triage.

    Yours come first, then those of nobody; what you have put off comes last.
    """
    case = frame.open()
    if questions and due:
        raise Usage("one thing after the other.", remedy="--questions, or --due")
    if questions:
        claim = case.next_question(after)
    else:
        claim = case.next_due(after) if due else case.next_claim(after)
    if claim is not None:
        case.hold(claim.id)
    if claim is None:
        raise NotFound("nothing waits for you here.", where=case.info.name, remedy="factcheck status")
    if frame.json:
        emit(claim_whole(case, claim))
    else:
        say(claim_page(case, claim, frame.language))


@command("show")
@click.argument("subject", metavar="ID")
@click.option("--why", is_flag=True, help="Which rules made its priority.")
@_as_of
def show_command(frame: Frame, subject: str, why: bool, as_of: str) -> None:
    """Show whatever has this ID: C7, S1, R4, K3, E3, X1."""
    case = _at(frame, as_of)
    value = case.look(subject)
    if isinstance(value, Claim):
        if frame.json:
            emit(claim_whole(case, value))
        else:
            say(claim_page(case, value, frame.language, why=why))
        return
    document = _document(value, case)
    if isinstance(value, Source) and value.replaces:
        found = case.revision(value.id)
        if not frame.json:
            for line in revised(found, frame.language):
                say(line)
        document["revision"] = revision(found)
    if frame.json:
        emit(document)
        return
    document.pop("revision", None)
    for name, each in document.items():
        say(f"{name}: {_flat(each)}")


def _flat(value: Any) -> str:
    """A field for people: lists and places without brackets."""
    if isinstance(value, dict):
        return "-".join(str(each) for each in value.values())
    if isinstance(value, list | tuple):
        return ", ".join(_flat(each) for each in value)
    return "-" if value in {None, ""} else str(value)


def _document(value: Any, case: Case) -> dict[str, Any]:
    if isinstance(value, Reading):
        return reading(value)
    if isinstance(value, Evidence):
        return evidence(value, case)
    fields = asdict(value)
    return {name: list(each) if isinstance(each, tuple) else each for name, each in fields.items()}


@command("status")
@click.option("--agreement", is_flag=True, help="How far blind second verdicts agree with first ones.")
@click.option(
    "--overview", is_flag=True, help="Types, pace, agreement and what keeps an export back as well."
)
@_as_of
def status_command(frame: Frame, agreement: bool, overview: bool, as_of: str) -> None:
    """Count claims by state and by verdict; name the head of the ledger."""
    case = _at(frame, as_of)
    if overview:
        _print_overview(frame, case)
        return
    if agreement:
        _print_agreement(frame, case)
        return
    status = case.status() | {"opinions": case.opinions()}
    if frame.json:
        emit(status)
        return
    lang = frame.language
    for state, count in status["counts_by_state"].items():
        say(f"{label(f'state.{state}', lang)}: {count}")
    for rating, count in status["counts_by_verdict"].items():
        known = case.scale.find(rating)
        say(f"{known.label[lang] if known else rating}: {count}")
    if any(status["opinions"].values()):
        said = {f"{name}": count for name, count in status["opinions"].items()}
        say(label("cli.opinions", lang, **said))
    say(f"{status['head']['size']} events, root {status['head']['root']}")


def _print_overview(frame: Frame, case: Case) -> None:
    """What the dashboard shows: counts, verdicts by day and person, agreement, blockers."""
    found, lang = case.overview(), frame.language
    if frame.json:
        kappa = None if found.agreement.kappa is None else round(float(found.agreement.kappa), 3)
        emit(
            {
                "states": found.states,
                "verdicts": found.verdicts,
                "types": found.types,
                "days": dict(found.days),
                "people": found.people,
                "agreement": {
                    "kappa": kappa,
                    "pairs": found.agreement.pairs,
                    "agreed": found.agreement.agreed,
                },
                "objections": [objection(case, each) for each in found.gates],
            }
        )
        return
    for name, counts in (("state", found.states), ("type", found.types)):
        for key, count in counts.items():
            say(f"{label(f'{name}.{key}', lang)}: {count}")
    for rating, count in found.verdicts.items():
        say(f"{_rating(case, rating, frame)}: {count}")
    for day, count in found.days:
        say(f"{day}: {count}")
    for person, count in found.people.items():
        say(f"{person}: {count}")
    _print_agreement(frame, case)
    for each in found.gates:
        say(f"! {case.sentence(each)}")


def _print_agreement(frame: Frame, case: Case) -> None:
    """Counts, kappa to three decimals (null: it cannot be told) and every disagreement."""
    found = case.agreement()
    value = None if found.kappa is None else round(float(found.kappa), 3)
    if frame.json:
        emit(
            {
                "kappa": value,
                "pairs": found.pairs,
                "agreed": found.agreed,
                "disagreed": found.pairs - found.agreed,
                "disagreements": [asdict(each) for each in found.disagreements],
            }
        )
        return
    kappa = "–" if value is None else f"{value:.3f}"
    say(label("cli.agreement", frame.language, kappa=kappa, pairs=found.pairs, agreed=found.agreed))
    for each in found.disagreements:
        say(f"  {each.claim:<5} {_rating(case, each.first, frame)} | {_rating(case, each.second, frame)}")


def _rating(case: Case, rating: str, frame: Frame) -> str:
    known = case.scale.get(rating)
    return f"{known.symbol} {known.label[frame.language]}" if known else rating


@command("trail")
@click.argument("subject", required=False, default="", metavar="[ID]")
def trail_command(frame: Frame, subject: str) -> None:
    """Show who did what to ID (or to the whole case), and when."""
    case = frame.open()
    events = case.trail(subject)
    if kept := case.kept_back(subject):
        narrate(label("cli.kept_back", frame.language, number=kept))
    proven = case.proven(events)
    if frame.json:
        emit({"events": [event_line(each, proven[each.seq]) for each in events]})
        return
    for each in events:
        say(f"{each.seq:>5}  {each.time}  {each.by}  {each.kind}  {each.subject} v{each.version}")
        if case.info.signers:
            say(f"       {proof_words(proven[each.seq], frame.language)}")
