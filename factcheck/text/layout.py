"""What each part of the page is for: the talk, its summary, headings, lists, notes, advertisements, page furniture."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from statistics import median

from factcheck.speech import Line, Speech, speech
from factcheck.text.grammar import GRAMMAR, LAYOUT
from factcheck.text.script import simplified
from factcheck.text.spans import Span
from factcheck.text.view import Passage

QUIET = frozenset({"advertisement", "boilerplate", "heading"})
"""Roles that yield no claims."""

_ENDS = re.compile("[。！？!?…；;.][”」』\"'）)】]*$")
_SPEECH = re.compile("[。！？!?，,；;]|[.](?:\\s|$)")
_BULLET = re.compile("(?:[-•*·▪◦●–]|[(（]?\\d{1,2}[)）]|[①-⑳])\\s*(?=\\S)")
_NUMBERED = re.compile(
    "(?:\\d{1,2}(?:\\.\\d{1,2})*[.、．]?(?![\\d%％年月日号时点分秒亿万千百倍人个家名位])|[一二三四五六七八九十]{1,3}[、.．]|第[一二三四五六七八九十\\d]{1,3}[章节部]|#{1,6}|chapter \\d+|section \\d+|part \\d+)\\s*(?=\\S)",
    re.IGNORECASE,
)
_PAUSED = re.compile("[，,。！？!?；;]")
_SENTENCE = re.compile("[^。！？!?.\\s][^。！？!?.]*[。！？!?.]*")
_CELLS = " | "
"""What stands between two cells in the text of a table."""
_CJK = re.compile("[\u3400-\u9fff]")
_LATIN_WORD = re.compile("[A-Za-z]{2,}")
_OPEN_END = re.compile(
    "[,，、:：(（–—-]$|(?:^| )(?:a|an|the|of|in|on|at|by|to|for|from|with|and|or|but|as|than|that|which|who|whose|is|are|was|were|has|have|had|will|would|can|could|its|their|our|his|her|into|over|about|under|between|more|less|nearly|not|costs?|says?|said|bought|sold|paid|mr\\.|mrs\\.|dr\\.)$",
    re.IGNORECASE,
)
"""A line that ends so ends in the middle of a clause."""
_LOWER = re.compile("[a-z]")
_INSIDE = re.compile("(?:[。！？!?；;]|(?<![0-9A-Z])[.] )[”」』\"'’）)]*\\S")
"""A sentence that ends and another that begins within one line: no heading is like that."""
_CLOSING = re.compile("[。！？!?…；;，,、.：:”」』’）)》%]")
"""No line of its own begins so."""
_ABBREVIATED = re.compile("(?:\\b(?:Mr|Mrs|Ms|Dr|Prof|St|No|vs))[.]$")


@dataclass(frozen=True, slots=True)
class Row:
    """One line that is not blank, without the blanks around it and without bullet, time stamp or speaker's name in `body`.

    `opens`: somebody begins to speak; `timed`: it has a time of its own; `furniture`: it has no words of the document.
    """

    span: Span
    body: Span
    text: str
    role: str
    lonely: bool
    opens: bool = False
    timed: bool = False
    furniture: bool = False
    item: bool = False

    @property
    def units(self) -> int:
        """Characters of Chinese, or words of English: how much of a line this is."""
        return len(self.text) if _CJK.search(self.text) else 4 * self.text.count(" ") + 4

    @property
    def ends(self) -> bool:
        return bool(_ENDS.search(self.text)) and not _ABBREVIATED.search(self.text)


@dataclass(frozen=True, slots=True)
class Layout:
    """The rows of a document, whether its speech has no punctuation at all, and the language of its words."""

    rows: tuple[Row, ...]
    unpunctuated: bool
    language: str = ""


def layout(source: str) -> Layout:
    """Every line that is not blank, with its role; traditional characters are read as simplified ones."""
    source = simplified(source)
    said = speech(source)
    pages = _page_furniture(source, said)
    rows = [_row(source, line, said, furniture=line in pages) for line in said.lines]
    loud = [row for row in rows if not row.furniture]
    sample = _sample(loud)
    bare = _unpunctuated(sample)
    loud = [_after_bullet(replace(row, role=_role_by_form(row)), source) for row in _apart(loud, source)]
    if not bare:
        loud = _mark_headings(loud, torn=_torn(loud))
    loud = _grow_advertisements(_mark_summary(loud))
    return Layout(tuple(_among(loud, rows, pages)), bare, document_language(sample))


def passages(laid: Layout) -> Iterator[Passage]:
    """Rows that belong to one paragraph, joined although a line or a page broke inside a sentence."""
    rows = [row for row in laid.rows if not row.furniture]
    width = 0 if _torn(rows) else median(row.units for row in rows) if rows else 0
    apart = laid.unpunctuated and not (laid.language == "en" and any(row.timed for row in rows))
    start = 0
    for i in range(1, len(rows) + 1):
        if i == len(rows) or apart or not _goes_on(rows[i - 1], rows[i], width):
            yield Passage(rows[start].role, tuple(row.body for row in rows[start:i]))
            start = i


def regions(laid: Layout) -> Iterator[tuple[Span, str]]:
    """Neighbouring rows of one role, each heading alone."""
    for (role, _), group in groupby(
        enumerate(laid.rows), key=lambda pair: (pair[1].role, pair[0] if pair[1].role == "heading" else -1)
    ):
        members = [row for _, row in group]
        yield Span(members[0].span.start, members[-1].span.end), role


def document_language(source: str) -> str:
    """Zh or en, or mixed where a fifth of the words at least are of the other one; a Chinese word has two characters."""
    sample = source[:200_000]
    wide, latin = len(_CJK.findall(sample)) / 2, len(_LATIN_WORD.findall(sample))
    if min(wide, latin) * 5 >= wide + latin > 0:
        return "mixed"
    return "zh" if wide > latin else "en"


def _row(source: str, line: Line, said: Speech, *, furniture: bool) -> Row:
    silent = line.silent or furniture
    body = Span(line.start, line.end) if silent else Span(line.body, line.stop)
    role = "boilerplate" if silent else "transcript"
    words = said.tidy(source[body.start : body.end])
    own = said.timed and line.time >= 0 and (line.body > line.start or line.until >= 0)
    return Row(Span(line.start, line.end), body, words, role, line.lonely, line.opens, own, silent)


def _sample(rows: Iterable[Row]) -> str:
    """The first words of a document, enough to tell how it is written."""
    kept: list[str] = []
    length = 0
    for row in rows:
        kept.append(row.text)
        length += len(row.text) + 1
        if length > 200_000:
            break
    return "\n".join(kept)


def _page_furniture(source: str, said: Speech) -> set[Line]:
    """Running heads and page numbers: what stands at the edge of half of the pages, or differs in its number only."""
    pages = [list(lines) for _, lines in groupby(said.lines, key=_page_of(source))]
    if len(pages) < 2:
        return set()
    edges = [{*lines[:2], *lines[-2:]} for lines in pages]
    times = Counter(key for lines in edges for key in {_edge(source, line) for line in lines})
    often = max(2, len(pages) // 2)
    return {line for lines in edges for line in lines if times[_edge(source, line)] >= often}


def _page_of(source: str) -> Callable[[Line], int]:
    ends = [found.start() for found in re.finditer("\f", source)]
    return lambda line: bisect_right(ends, line.start)


def _edge(source: str, line: Line) -> str:
    """A line at the edge of a page as it is on every page; the whole line where it is too long for a head."""
    words = source[line.start : line.end]
    short = len(words) <= 80 and not _ENDS.search(words)
    return re.sub("\\d+", "#", words) if short else f"{line.start} {words}"


def _among(loud: Sequence[Row], rows: Sequence[Row], pages: set[Line]) -> Iterator[Row]:
    """All rows again; what stands around the words of a cue belongs to the part of the document that it stands in."""
    heads = {line.start for line in pages}
    silent = [row for row in rows if row.furniture]
    merged = sorted([*loud, *silent], key=lambda row: row.span.start)
    before = ""
    behind = _roles_behind(merged)
    for row, after in zip(merged, behind, strict=True):
        if row.furniture and before == after != "heading" and row.span.start not in heads:
            yield replace(row, role=before)
        else:
            yield row
        before = before if row.furniture else row.role


def _roles_behind(rows: Sequence[Row]) -> list[str]:
    """For every row the role of the next one that has words."""
    found, role = [], ""
    for row in reversed(rows):
        found.append(role)
        role = role if row.furniture else row.role
    return found[::-1]


def _unpunctuated(words: str) -> bool:
    """True of raw recogniser output: a pause is a blank or a new line there, and nothing else."""
    sample = words[:20_000]
    return len(_SPEECH.findall(sample)) * 150 < len(sample)


def _after(row: Row, pattern: re.Pattern[str], source: str) -> Row:
    match = pattern.match(source, row.body.start, row.body.end)
    if not match or match.end() == match.start():
        return row
    body = Span(match.end(), row.body.end)
    return (
        replace(row, body=body, text=source[body.start : body.end])
        if body.start < body.end
        else replace(row, role="boilerplate")
    )


def _after_bullet(row: Row, source: str) -> Row:
    return replace(_after(row, _BULLET, source), item=True) if row.role == "list" else row


def _apart(rows: Sequence[Row], source: str) -> Iterator[Row]:
    """In a conversation a speaker may turn to an advertisement in the middle of a row: the rest of the row stays speech."""
    for row in rows:
        pieces = (
            list(_SENTENCE.finditer(source, row.body.start, row.body.end)) if row.body != row.span else []
        )
        sold = [bool(LAYOUT["advertisement"].search(piece[0])) for piece in pieces]
        if not any(sold) or all(sold):
            yield row
            continue
        for is_sold, group in groupby(zip(pieces, sold, strict=True), key=lambda pair: pair[1]):
            members = [piece for piece, _ in group]
            span = Span(members[0].start(), members[-1].end())
            whole = Span(row.span.start, span.end) if span.start == row.body.start else span
            yield replace(
                row,
                span=whole,
                body=span,
                text=source[span.start : span.end],
                role="advertisement" if is_sold else row.role,
                opens=row.opens and whole.start == row.span.start,
            )


def _role_by_form(row: Row) -> str:
    if row.role == "boilerplate" or not any(map(str.isalnum, row.text)):
        return "transcript" if row.role != "boilerplate" and _CLOSING.match(row.text) else "boilerplate"
    for role in ("boilerplate", "note"):
        if LAYOUT[role].search(row.text) and row.units < 400:
            return role
    if LAYOUT["advertisement"].search(row.text) and row.units < 600:
        return "advertisement"
    return "list" if _BULLET.match(row.text) else "transcript"


def _torn(rows: Sequence[Row]) -> bool:
    """Whether lines and pages broke anywhere in the sentences, so that an empty line says nothing either."""
    open_ = [(row, after) for row, after in pairwise(rows) if row.role == "transcript" and not row.ends]
    sure = sum(bool(_INSIDE.search(row.text) or _LOWER.match(after.text)) for row, after in open_)
    return 2 * len(open_) >= len(rows) - 1 and 12 * sure >= len(open_) and sure > 1


def _mark_headings(rows: Sequence[Row], *, torn: bool) -> list[Row]:
    marked: list[Row] = []
    for i, row in enumerate(rows):
        before = marked[-1] if marked else None
        after = rows[i + 1] if i + 1 < len(rows) else None
        marked.append(replace(row, role="heading") if _is_heading(row, before, after, torn=torn) else row)
    return marked


def _is_heading(row: Row, before: Row | None, after: Row | None, *, torn: bool) -> bool:
    if row.role not in ("transcript", "list") or row.units > 48 or row.ends or row.timed or after is None:
        return False
    if _OPEN_END.search(row.text) and not row.text.endswith((":", "：")):
        return False
    if _titled(row, "summary_begins") or _titled(row, "talk_begins"):
        return True
    broken = before is not None and before.role not in QUIET and not _ended(before, row)
    alone = after.lonely or bool(_NUMBERED.match(after.text))
    if _NUMBERED.match(row.text) and alone and (not broken or (row.lonely and not torn)):
        return True
    if torn or broken or not (row.lonely and after.lonely):
        return before is None and _is_title(row.text, after.text)
    if _PAUSED.search(row.text):
        return _is_title(row.text, after.text)
    return row.role == "transcript" and not _LOWER.match(row.text) and not _LOWER.match(after.text)


def _is_title(text: str, after: str) -> bool:
    """Words that name an occasion and say nothing of it: no verb, a date or a place at the end, then something new."""
    tongue = "zh" if _CJK.search(text) else "en"
    grammar = GRAMMAR[tongue]
    named = LAYOUT["no_verb"].sub("", text)
    says = grammar["predicate"].search(named) or grammar["adverbial"].search(named) or _OPEN_END.search(text)
    return not says and bool(LAYOUT["title"].search(text)) and not _LOWER.match(after)


def _mark_summary(rows: Sequence[Row]) -> list[Row]:
    """Everything before the heading of the talk, or under the heading of a summary, tells the talk a second time."""
    turn = next((i for i, row in enumerate(rows) if row.role == "heading" and _titled(row, "talk_begins")), 0)
    opened = next(
        (i for i, row in enumerate(rows) if row.role == "heading" and _titled(row, "summary_begins")),
        len(rows),
    )
    if opened < turn or turn:
        return _retold(rows, range(turn))
    end = next(
        (
            i
            for i in range(opened + 1, len(rows))
            if rows[i].opens or (rows[i].role == "heading" and not _NUMBERED.match(rows[i].text))
        ),
        len(rows),
    )
    return _retold(rows, range(opened, end) if end < len(rows) else range(0))


def _titled(row: Row, key: str) -> bool:
    title = _NUMBERED.sub("", row.text, count=1).strip(" :：#*【】[]［］")
    return bool(LAYOUT[key].fullmatch(title))


def _retold(rows: Sequence[Row], which: range) -> list[Row]:
    return [
        replace(row, role="summary") if i in which and row.role in ("transcript", "list") else row
        for i, row in enumerate(rows)
    ]


def _grow_advertisements(rows: Sequence[Row]) -> list[Row]:
    """Slogans and titles between and around advertisements belong to them, and so does a tail behind the last one."""
    roles = [row.role for row in rows]
    sold = [i for i, role in enumerate(roles) if role == "advertisement"]
    for left, right in pairwise([*sold, len(rows)]):
        between = range(left + 1, right)
        if len(between) <= 6 and all(rows[i].units < 60 for i in between):
            roles[left + 1 : right] = [
                role if role == "boilerplate" else "advertisement" for role in roles[left + 1 : right]
            ]
    for i in range(len(rows) - 2, -1, -1):
        if (
            roles[i + 1] == "advertisement"
            and roles[i] in ("transcript", "heading")
            and rows[i].units < 30
            and not rows[i].ends
            and rows[i].lonely
        ):
            roles[i] = "advertisement"
    return [replace(row, role=role) for row, role in zip(rows, roles, strict=True)]


def _goes_on(row: Row, after: Row, width: float) -> bool:
    """Whether a sentence, or without an empty line a paragraph, runs over the end of this line."""
    if row.role in QUIET or after.role in QUIET or row.role == "note" or after.role == "note":
        return False
    if after.opens or (after.timed and not row.timed):
        return False
    if after.timed:
        return not after.lonely or not row.ends
    if after.body != after.span or _CELLS in row.text or _CELLS in after.text:
        return False
    ended = _ended(row, after)
    if after.lonely and row.item and not after.item:
        return False
    if not after.lonely and row.role == after.role == "transcript":
        return not ended or row.units >= 0.8 * width
    if ended:
        return False
    if not width:
        return True
    if not _CJK.search(row.text) and (after.text[0].isupper() or _CJK.match(after.text)):
        return bool(_OPEN_END.search(row.text))
    return row.units >= 16 or bool(_LOWER.match(after.text))


def _ended(row: Row, after: Row) -> bool:
    """Whether the row ends with its sentence; not where the line broke inside a figure (0. and 44元) or before a mark."""
    figure = row.text[-1] == "." and row.text[-2:-1].isdigit() and after.text[0].isdigit()
    small = row.text[-1] == "." and bool(_LOWER.match(after.text))
    return row.ends and not (figure or small or _CLOSING.match(after.text))
