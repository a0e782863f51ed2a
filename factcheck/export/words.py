"""The words around a document's text: labels, moments, and the sentences that several formats share."""

import re
from collections.abc import Callable
from dataclasses import asdict
from urllib.parse import urlsplit

from factcheck.export.passages import ReadAs, Said
from factcheck.export.summary import Cited, Document, Entry, Person, Summary, Tally
from factcheck.labels import label, origins_line
from factcheck.model import Calculation

_RULES = (
    "second_signature",
    "blind",
    "evidence_for_rated",
    "min_origins",
    "signatures",
    "captures",
    "strict",
)
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


def _counts_key(tally: Tally) -> str:
    if tally.untriaged:
        return "export.counts"
    return "export.counts_chosen" if tally.outside_untriaged else "export.counts_none"


def counts(summary: Summary, word: Word) -> str:
    """N of m claims, k not triaged."""
    tally = summary.tally
    return word(
        _counts_key(tally),
        included=tally.included,
        total=tally.total,
        untriaged=tally.untriaged,
    )


def breakdown(summary: Summary, word: Word) -> str:
    """Where every claim of the case is: the parts add up to the total."""
    tally = summary.tally
    parts = [
        word(f"export.part_{name}", number=number)
        for name, number in (
            ("included", tally.included),
            ("open", tally.open),
            ("untriaged", tally.untriaged),
        )
    ]
    if tally.dismissed:
        reasons = [
            word("export.reason", reason=label(f"reason.{reason}", summary.lang), number=number)
            for reason, number in summary.dismissed
        ]
        joined = word("export.comma").join(reasons)
        parts.append(word("export.part_dismissed", number=tally.dismissed, reasons=joined))
    if tally.outside:
        parts.append(
            word(
                "export.part_outside",
                number=tally.outside,
                open=tally.outside_open,
                untriaged=tally.outside_untriaged,
            )
        )
    sentence = word("export.breakdown", total=tally.total, parts=word("export.semicolon").join(parts))
    if tally.merged or tally.superseded:
        gone = word("export.part_gone", merged=tally.merged, superseded=tally.superseded)
        sentence = f"{sentence} {gone}" if summary.lang == "en" else sentence + gone
    return sentence


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


def pending(entry: Entry, summary: Summary, word: Word) -> str:
    """Why the verdict of a claim is not final; "" when it is."""
    open_states = {claim: state for claim, state, _ in summary.unsettled}
    if entry.id not in open_states:
        return ""
    return word("export.withheld_verdict") if entry.withheld else waits(open_states[entry.id], word)


def waits(state: str, word: Word) -> str:
    """What an open claim waits for."""
    names = {"accepted": "open", "judged": "waiting", "disputed": "disputed"}
    return word(f"export.{names.get(state, 'objected')}_verdict")


def held(cited: Cited, word: Word) -> str:
    """Whether the desk holds the bytes, in words that cannot be mistaken."""
    if cited.trouble:
        return word(f"export.trouble_{cited.trouble}", capture=cited.capture, outcome=cited.outcome)
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


def flowing(text: str) -> str:
    """Raw words in one paragraph: a break of the source is one mark, whatever blank lines it had."""
    return _BREAK.sub("\n", text)
