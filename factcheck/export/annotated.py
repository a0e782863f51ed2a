"""A source cut where something begins or ends in it (a claim, a reading, a stretch with a role), and put together again."""

import unicodedata
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, TypeVar

from markupsafe import Markup, escape
from selectolax.lexbor import LexborHTMLParser, LexborNode

from factcheck.errors import NotFound
from factcheck.export.passages import Marked, Reread, Stretch, WholeText
from factcheck.visible import visible

_WEIGHT: Final = {"shown": 0, "open": 1, "untriaged": 2}
_HIDDEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Place:
    """A mention with its number (from 1) among those of its claim in this source."""

    mark: Marked
    number: int


@dataclass(frozen=True, slots=True)
class Run:
    """Some characters of a source between two cuts, which begin at `start`.

    `places` are the mentions they lie in, judged ones first; `opens` and `closes` those that begin and end with them;
    `heard` inside of an accepted reading, `readings` end with them.
    """

    start: int
    text: str
    role: str
    places: tuple[Place, ...] = ()
    opens: tuple[Place, ...] = ()
    closes: tuple[Place, ...] = ()
    heard: bool = False
    readings: tuple[Reread, ...] = ()


def runs(whole: WholeText, start: int = 0, end: int | None = None) -> Iterator[Run]:
    """The runs of a source, or of a part of it [start, end); joined they are its text. Linear in text and marks."""
    stop = len(whole.text) if end is None else end
    places = numbered(whole.marks)
    inside = [each for each in places if each.mark.start < stop and start < each.mark.end]
    heard = [each for each in whole.readings if each.start < stop and start < each.end]
    begins, ends = _by(inside, lambda each: each.mark.start), _by(inside, lambda each: each.mark.end)
    read = _by(heard, lambda each: each.end)
    spans = [(each.mark.start, each.mark.end) for each in inside]
    spans += [(each.start, each.end) for each in heard]
    spans += [(each.start, each.end) for each in whole.stretches]
    cuts = sorted({start, stop, *(at for span in spans for at in span if start < at < stop)})
    roles = [each.start for each in whole.stretches]
    active = {each: None for each in inside if each.mark.start < start}
    accepted = [each for each in heard if each.state == "accepted"]
    starts, open_ = _by(accepted, lambda each: each.start), [each for each in accepted if each.start < start]
    for a, b in pairwise(cuts):
        active |= dict.fromkeys(begins[a])
        open_ = [each for each in (*open_, *starts[a]) if each.end > a]
        yield Run(
            start=a,
            text=whole.text[a:b],
            role=_role(whole.stretches, roles, a),
            places=tuple(sorted(active, key=lambda each: _WEIGHT[each.mark.stands])),
            opens=tuple(begins[a]),
            closes=tuple(ends[b]),
            heard=bool(open_),
            readings=tuple(read[b]),
        )
        for each in ends[b]:
            active.pop(each, None)


def numbered(marks: Iterable[Marked]) -> list[Place]:
    """Each mention with its number among those of its claim, in the order of the text."""
    counts: dict[str, int] = defaultdict(int)
    found = []
    for each in marks:
        counts[each.claim] += 1
        found.append(Place(each, counts[each.claim]))
    return found


def exact(text: str) -> Markup:
    """Text in HTML from which every character can be had again: what is hidden, or no parser keeps, is written by its number.

    The number stands in `data-char` (hexadecimal) of a span that shows what it is; a carriage return shows nothing.
    """
    if text.isprintable() and text.isascii():
        return escape(text)
    return Markup("").join(_exact(part) for part in _parts(text))


def source_text(page: str, source: str) -> str:
    """The text of a source (S1) from the page of an annotated transcript, code point for code point.

    It is the text of the element with that id, without elements that have `data-added`, and with the character that
    `data-char` numbers in the place of an element that has it. NotFound when the page has no such source.
    """
    node = LexborHTMLParser(page).css_first(f"#{source}")
    if node is None:
        raise NotFound("there is no such source on this page.", where=source, remedy="name one as S1")
    return "".join(_texts(node))


def _texts(node: LexborNode) -> Iterator[str]:
    for each in node.iter(include_text=True):
        if each.tag == "-text":
            yield each.text(deep=False) or ""
        elif "data-char" in each.attributes:
            yield chr(int(each.attributes["data-char"] or "0", 16))
        elif "data-added" not in each.attributes:
            yield from _texts(each)


def _parts(text: str) -> Iterator[str]:
    """Stretches of plain text, and each hidden character alone."""
    begin = 0
    for at, letter in enumerate(text):
        if _hides(letter):
            yield from filter(None, (text[begin:at], letter))
            begin = at + 1
    yield text[begin:]


def _hides(letter: str) -> bool:
    return letter not in "\n\t" and (
        unicodedata.category(letter) in _HIDDEN or (letter > "~" and visible(letter) != letter)
    )


def _exact(part: str) -> Markup:
    if len(part) != 1 or not _hides(part):
        return escape(part)
    seen = visible(part)
    shown = "" if part == "\r" else f"⟨U+{ord(part):04X}⟩" if seen == part else seen
    return Markup('<span class="char" data-char="{}">{}</span>').format(f"{ord(part):x}", shown)


def _role(stretches: Sequence[Stretch], starts: Sequence[int], at: int) -> str:
    place = bisect_right(starts, at) - 1
    return stretches[place].role if place >= 0 and at < stretches[place].end else ""


def _by(values: Iterable[T], key: Callable[[T], int]) -> defaultdict[int, list[T]]:
    found: defaultdict[int, list[T]] = defaultdict(list)
    for each in values:
        found[key(each)].append(each)
    return found
