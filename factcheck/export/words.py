"""The words around a document's text: labels, moments, and the sentences that several formats share."""

import re
from collections.abc import Callable, Sequence
from dataclasses import asdict
from urllib.parse import urlsplit

from factcheck.export.passages import Covered, ReadAs, Said
from factcheck.export.summary import Cited, Correction, Count, Document, Entry, Person, Summary
from factcheck.labels import label, origins_line
from factcheck.model import Calculation, Prior

_RULES = (
    "second_signature",
    "blind",
    "evidence_for_rated",
    "min_origins",
    "signatures",
    "captures",
    "strict",
)
_SHARES = ("judged", "open", "untriaged", "aside", "silent")
Word = Callable[..., str]
_HAN = re.compile(r"[㐀-鿿豈-﫿\U00020000-\U0003ffff]")
_BREAK = re.compile(r"[ \t]*\r?\n[\s]*")
_URL = re.compile(r"https?://[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+")


def moment(time: str) -> str:
    """A time of the ledger to the minute: 2025-11-25 22:37 UTC."""
    return f"{time[:10]} {time[11:16]} UTC" if time else ""


def link(url: str) -> str:
    """The address when it may be a link (http or https, plain characters, a host); else ""."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if _URL.fullmatch(url) and parts.hostname and not parts.username else ""


def tag(lang: str) -> str:
    """The language tag (BCP 47) of our labels."""
    return {"zh": "zh-Hans"}.get(lang, lang)


def tongue(text: str) -> str:
    """The language tag of a stretch of text, so that a browser picks the right glyphs."""
    return "zh-Hans" if _HAN.search(text) else "en"


def counts(summary: Summary, word: Word) -> str:
    """N of m claims exported, k withheld."""
    tally = summary.tally
    key = "export.counts" if tally.included < tally.total else "export.counts_all"
    return word(key, included=tally.included, total=tally.total, withheld=tally.total - tally.included)


def breakdown(summary: Summary, word: Word) -> str:
    """Why claims of the case are withheld: the parts add up to their number; "" when none is."""
    tally = summary.tally
    parts = [
        word(f"export.part_{name}", number=number)
        for name, number in (("open", tally.open), ("untriaged", tally.untriaged))
        if number
    ]
    if tally.dismissed:
        reasons = [
            word("export.reason", reason=label(f"reason.{reason}", summary.lang), number=number)
            for reason, number in summary.dismissed
        ]
        joined = word("export.comma").join(reasons)
        parts.append(word("export.part_dismissed", number=tally.dismissed, reasons=joined))
    if tally.voided:
        parts.append(word("export.part_voided", number=tally.voided))
    if tally.outside:
        parts.append(
            word(
                "export.part_outside",
                number=tally.outside,
                open=tally.outside_open,
                untriaged=tally.outside_untriaged,
            )
        )
    sentence = word("export.breakdown", parts=word("export.semicolon").join(parts)) if parts else ""
    if tally.merged or tally.superseded:
        gone = word("export.part_gone", merged=tally.merged, superseded=tally.superseded)
        sentence = word("export.space").join(filter(None, (sentence, gone)))
    return sentence


def looked_at(covered: Covered, word: Word, *, selected: bool = False) -> str:
    """How much of a source was looked at, in hundredths of what a reader can see; of a selection, that it is of it all."""
    total = covered.judged + covered.open + covered.untriaged + covered.aside + covered.silent
    shares = {name: _share(getattr(covered, name), total) for name in _SHARES}
    key = "export.coverage_selected" if selected else "export.coverage_line"
    return word(key, source=covered.source, characters=total, **shares)


def _share(part: int, whole: int) -> str:
    """A share of a hundred; little is never called nothing, nor nearly all everything."""
    if not 0 < part < whole:
        return "100 %" if part else "0 %"
    hundredth = round(100 * part / whole)
    return "< 1 %" if hundredth < 1 else "> 99 %" if hundredth > 99 else f"{hundredth} %"


def findings(entry: Entry, word: Word) -> list[str]:
    """What was found, one thing after the other: what the verdict relies on, what was worked out, what holds of each part."""
    ruling = entry.ruling
    if ruling is None:
        return []
    found = [_cites(each, word) for each in entry.evidence if each.relied]
    found += [
        word("export.finding_sum", expression=each.expression, holds=word(f"holds.{each.holds}"))
        for each in entry.calculations
        if each.by
    ]
    found += [
        word(
            "export.finding_part",
            part=word(f"part.{each.role}"),
            words=each.words,
            label=each.label,
            symbol=each.symbol,
            because=f"{word('export.colon')}{each.because}" if each.because else "",
        )
        for each in ruling.parts
    ]
    return found


def _cites(cited: Cited, word: Word) -> str:
    said = cited.quote or cited.note or cited.title or cited.url or cited.capture
    key = "export.finding_quote" if cited.quote else "export.finding_source"
    return word(key, number=cited.number, stance=word(f"stance.{cited.stance}"), said=" ".join(said.split()))


def changes(entry: Entry, word: Word) -> list[str]:
    """What would change the verdict: what whoever judged said of it, and what it visibly hangs on."""
    if entry.ruling is None:
        return []
    found = [entry.ruling.would_change] if entry.ruling.would_change else []
    needs = dict.fromkeys(need for each in entry.calculations for need in each.needs)
    found += [word("export.change_need", need=each) for each in needs]
    if entry.due:
        found.append(word("export.change_due", days=entry.due, settled_by=entry.settled_by))
    return found


def vouched(entry: Entry, word: Word) -> str:
    """How far the names on one verdict can be trusted, in a few words."""
    if entry.ruling is None:
        return ""
    both = {"signed", "second_signed"} <= set(entry.trust) or (
        entry.ruling.settled and "signed" in entry.trust
    )
    level = (
        "both"
        if both
        else next((name for name in ("signed", "second_signed") if name in entry.trust), "none")
    )
    said = [word(f"export.level_{level}")]
    said += [word("export.level_witnessed")] if "witnessed" in entry.trust else []
    return word("export.comma").join(said)


def corrected(correction: Correction, word: Word) -> str:
    """One dated note: what was set right, in which export it had stood, and what was said before and after."""
    said = {"export": correction.export, "before": correction.before or word("export.no_verdict")}
    if correction.kind == "verdict":
        after = correction.after or word("export.no_verdict")
        key = (
            "export.corrected_again"
            if correction.after in {"", correction.before}
            else "export.corrected_verdict"
        )
        return word(key, after=after, **said)
    return word(f"export.corrected_{correction.kind}", **said)


def prior(found: Prior, word: Word, scale: Sequence[Count]) -> str:
    """What somebody else had found: who, when, their word, and the nearest of ours."""
    said = word(
        "export.prior_line",
        publisher=found.publisher or word("export.prior_by_none"),
        date=found.date or word("export.prior_day_none"),
        label=found.label or "–",
    )
    near = next((each for each in scale if each.rating == found.rating), None)
    ours = word("export.prior_rating", label=f"{near.symbol} {near.label}") if near else ""
    lost = word("export.comma").join(word(f"lost.{each}") for each in found.lost)
    parts = (said, ours, f"{word('export.prior_lost')}{word('export.colon')}{lost}" if lost else "")
    return word("export.semicolon").join(each for each in parts if each)


def kicker(summary: Summary, word: Word) -> str:
    """What kind of document this is: a team's own title, or ours; of a draft always that it is one."""
    own = summary.template.title.get(summary.lang, "")
    if summary.draft:
        return f"{own} · {word('export.kicker_draft')}" if own else word("export.kicker_draft")
    return own or word("export.kicker")


def published(summary: Summary, word: Word) -> str:
    """Who answers for this and how mistakes are set right; what nobody has said is said to be missing."""
    publisher = summary.publisher
    name = (
        word("export.published_by", name=publisher.name)
        if publisher.name
        else word("export.published_by_none")
    )
    policy = (
        word("export.correct_how", corrections=publisher.corrections)
        if publisher.corrections
        else word("export.correct_how_none")
    )
    return word("export.space").join((name, policy))


def dated(document: Document, word: Word) -> str:
    """The date of a source: a day, a range, or not known."""
    first, ranged, last = document.date.partition("..")
    if not document.date:
        date = word("export.date_unknown")
    else:
        date = word("export.date_range", first=first, last=last) if ranged else first
    return word("export.source_date", date=date)


def did(person: Person, word: Word) -> str:
    """What somebody did for this summary: 3 judged, 1 settled."""
    acts = ((act, getattr(person, act)) for act in ("recorded", "confirmed", "disputed", "settled"))
    return word("export.comma").join(word(f"export.person_{act}", number=n) for act, n in acts if n)


def rules(summary: Summary, word: Word) -> str:
    """The policy in one sentence."""
    values = ((name, getattr(summary.policy, name)) for name in _RULES)
    said = (
        word(f"export_policy.{name}") + word("export.colon") + _value(value, word) for name, value in values
    )
    return word("export.semicolon").join(said)


def _value(value: bool | int, word: Word) -> str:
    return word("export.on" if value else "export.off") if isinstance(value, bool) else str(value)


def trust(summary: Summary, word: Word) -> str:
    """How far the names can be trusted, in words."""
    key = "export.trust_signed" if summary.signed else "export.trust_unsigned"
    said = [word(key, signed=summary.signed, decisions=summary.decisions)]
    said += [
        word("export.trust_witnessed", by=by, time=moment(time), size=size)
        for by, time, size in summary.witnessed
    ]
    return word("export.space").join([*said, word("export.trust_receipt")])


def pending(entry: Entry, word: Word) -> str:
    """Why the verdict of a claim is not final; "" when it is."""
    if not entry.waits:
        return ""
    return word("export.withheld_verdict") if entry.withheld else waits(entry.waits, word)


def waits(state: str, word: Word) -> str:
    """What an open claim waits for."""
    names = {"accepted": "open", "judged": "waiting", "disputed": "disputed"}
    return word(f"export.{names.get(state, 'objected')}_verdict")


def held(cited: Cited, word: Word) -> str:
    """Whether the desk holds the bytes, in words that cannot be mistaken."""
    if cited.trouble:
        return word(
            f"export.trouble_{cited.trouble}",
            capture=cited.capture,
            outcome=cited.outcome,
            sha256=cited.sha256,
        )
    return word("export.captured" if cited.captured else "export.not_captured")


def signed(entry: Entry, word: Word) -> str:
    """Who judged and who signed as the second person, and when."""
    ruling = entry.ruling
    if ruling is None:
        return ""
    act = "export.settled_by" if ruling.settled else "export.judged_by"
    first = word(act, by=ruling.by, time=moment(ruling.time))
    if ruling.confirmed_by:
        second = word("export.confirmed_by", by=ruling.confirmed_by, time=moment(ruling.confirmed_at))
    else:
        second = "" if ruling.settled else word("export.one_reviewer")
    return word("export.semicolon").join(each for each in (first, second) if each)


def fetched(cited: Cited, word: Word) -> str:
    """How the bytes came to the desk, when, by whom, and what was unusual about it."""
    key = "export.capture_http" if cited.via == "http" else "export.capture_file"
    parts = [word(key, time=moment(cited.fetched), by=cited.fetched_by)]
    if cited.via == "http" and cited.status != 200:
        parts.append(word("export.capture_status", status=cited.status))
    if cited.exceptions:
        listed = word("export.comma").join(cited.exceptions)
        parts.append(word("export.capture_exception", exceptions=listed))
    if cited.quote and cited.start < 0:
        parts.append(word("export.unplaced"))
    return word("export.semicolon").join(parts)


def behind(entry: Entry, lang: str) -> str:
    """How many links take a side, and how many origins stand behind them."""
    ties = [label(f"same_origin.{each.why}", lang, **asdict(each)) for each in entry.shared]
    return "; ".join((origins_line(entry.links, entry.origins, lang), *ties))


def about(cited: Cited, word: Word) -> str:
    """What weighs in one piece of evidence: its grade, whether it was typed, what became of its page."""
    found = [word(f"grade.{cited.grade}")] if cited.grade else []
    found += [word("evidence.manual")] if cited.manual else []
    if cited.checked:
        found.append(f"{word(f'recheck.{cited.checked}')} {cited.checked_at[:10]}")
    return "".join(f" · {each}" for each in found)


def relies(entry: Entry, word: Word) -> str:
    """The numbers of the sources that the verdict relies on."""
    numbers = " ".join(f"[{each.number}]" for each in entry.evidence if each.relied)
    return word("export.relies", numbers=numbers) if numbers else word("export.relies_none")


def numbered(calculation: Calculation) -> list[str]:
    """The given quantities of a calculation: name = value unit, and where each comes from if a person wired it."""
    lines = [f"{name} = {value} {unit}".strip() for name, value, unit in calculation.given]
    origins = calculation.origins
    return [f"{line} ({origins[n]})" if origins else line for n, line in enumerate(lines)]


def readings(said: Said) -> list[ReadAs]:
    """The accepted readings shown in one mention's context, each once."""
    return list(dict.fromkeys(reading for piece in said.pieces for reading in piece.readings))


def all_readings(entry: Entry) -> list[ReadAs]:
    """The accepted readings shown in any of a claim's mentions, each once."""
    return list(dict.fromkeys(each for said in entry.said for each in readings(said)))


def flowing(text: str) -> str:
    """Raw words in one paragraph: a break of the source is one mark, whatever blank lines it had."""
    return _BREAK.sub("\n", text)
