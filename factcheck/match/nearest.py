"""Where the words most like a quotation stand: its pieces are looked up first, and the whole text is read only in doubt."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein, Opcode

from factcheck.match.folding import UNSEEN, Folded, ink, lower

_MOST_PIECES = 16
"""Pieces that are looked up; each costs a fraction of what reading the whole text for likeness costs."""

_MOST_HITS = 8
"""Places of one piece that are compared; a piece that stands more often tells nothing."""

_SLACK = 6
"""Characters that a quotation may be longer on the page than it was typed, beside a quarter of its length."""

_SURE = 90
"""Likeness from which a text is not read again in lower case."""

_ROUGH = 20
"""What blanks and letter case may cost where a piece stands, in points of 100."""

_SMALL = 200
"""A text hardly longer than the quotation is compared as a whole."""

_SAMPLE = 4_000
"""Characters by which the blanks of a text are judged."""

_GAPS = (" ", "\n", "\u3000", "\u200b")
"""What a heading may have between all its letters."""

_CASED = 0.25
"""Share of letters with a case from which a text that does not hold the quotation is read in lower case too."""


@dataclass(frozen=True, slots=True)
class Near:
    """text[start:end] is `score` (0 to 100) like the quotation, white space and letter case aside."""

    start: int
    end: int
    score: float


def nearest(text: str, quote: str, cutoff: float) -> list[Near]:
    """The places most like the quotation that reach `cutoff`, equal ones in the order of the text; none may.

    A quotation and a page in d edits (characters put in or taken out) share one of any d + 1 pieces of the quotation.
    So once more pieces were looked up than the best place found has edits, no better place is left. A text of plain
    ASCII is read as fast as some pieces are looked up in it.
    """
    wanted = Folded(quote).text
    if not wanted or not text:
        return []
    page, sought = (lower(text), lower(wanted)) if text.isascii() else (text, wanted)
    seeker = _Seeker(text, page, lower(wanted), sought, cutoff)
    if len(text) <= _SMALL + 4 * len(wanted):
        return [each for each in seeker.within(0, len(text)) if each.score >= cutoff]
    found, certain = ([], False) if text.isascii() else seeker.by_pieces()
    return found if certain else seeker.by_reading(found) or seeker.by_ink()


@dataclass(slots=True)
class _Seeker:
    """One quotation in one text: `page` is the text as it is searched, `wanted` the quotation in lower case."""

    text: str
    page: str
    wanted: str
    sought: str
    cutoff: float

    def by_pieces(self) -> tuple[list[Near], bool]:
        """The best places that hold a piece of the quotation, and whether it is certain that no better one is left."""
        found: list[Near] = []
        told, best = 0, 0.0
        pieces = _pieces(self.sought)
        for number, (offset, piece) in enumerate(pieces, start=1):
            hits = _hits(self.page, piece)
            told += len(hits) <= _MOST_HITS
            for hit in hits[:_MOST_HITS]:
                if not _covered(found, hit, hit + len(piece)):
                    found += self.around(hit - offset, hit - offset + len(self.sought))
            best = max((each.score for each in found), default=0.0)
            if best >= self.cutoff and told > self._edits(best):
                return _best(found), True
            if (number >= 2 or best >= self.cutoff) and self._edits(best) >= len(pieces):
                break
        return _best(found) if best >= self.cutoff else [], False

    def by_reading(self, known: list[Near]) -> list[Near]:
        """The place most like the quotation in the whole text, beside those that are known."""
        found = known
        for page, sought in self._ways():
            best = max((each.score for each in found), default=self.cutoff)
            located = _aligned(sought, page, best - self._blanks())
            if located:
                near = self.within(*self._near(located.start, located.end))
                found = _best([*found, *(each for each in near if each.score >= self.cutoff)])
            if found and found[0].score >= _SURE:
                break
        return found

    def _blanks(self) -> float:
        """What blanks may cost while the whole text is read, in points of 100: a few of them."""
        if self.text.isascii() and "  " not in self.text[:_SAMPLE]:
            return 0
        return min(max(100 / len(self.wanted), 2), 8)

    def by_ink(self) -> list[Near]:
        """The place of a text whose blanks tear words apart."""
        if not self._torn():
            return []
        folded = Folded(self.text)
        found = _exactly(folded.text, self.wanted) or _aligned(self.wanted, lower(folded.text), self.cutoff)
        return [Near(*folded.source(found.start, found.end), found.score)] if found else []

    def _torn(self) -> bool:
        """True where blanks are many, and where the quotation stands in spite of them."""
        if self.text.isascii():
            return self.text[:_SAMPLE].count("  ") * 8 > len(self.text[:_SAMPLE])
        unseen = sum(map(self.text.count, UNSEEN))
        if self.sought.isascii() and not unseen:
            return False
        blanks = self.text.count(" ") + self.text.count("\n") + unseen
        if blanks * 3 > len(self.text) or any(gap.join(self.sought) in self.text for gap in _GAPS):
            return True
        return blanks * 30 > len(self.text) and ink(self.sought) in ink(self.text)

    def _ways(self) -> Iterator[tuple[str, str]]:
        yield self.page.replace("\n", " "), self.sought
        cased = sum(small != large for small, large in zip(self.wanted, self.sought.upper(), strict=False))
        if not self.text.isascii() and cased > _CASED * len(self.wanted):
            yield lower(self.text).replace("\n", " "), self.wanted

    def _edits(self, score: float) -> int:
        """How many edits a place of this score may have."""
        return ceil((100 - score) / 100 * 2 * len(self.wanted))

    def around(self, start: int, end: int) -> list[Near]:
        """The place most like the quotation near [start, end), where a piece of it stands."""
        left, right = self._near(start, end)
        cutoff = self.cutoff - _ROUGH
        rough = fuzz.partial_ratio(self.sought, self.page[left:right], score_cutoff=cutoff)
        return self.within(left, right) if rough else []

    def within(self, left: int, right: int) -> list[Near]:
        """The place most like the quotation in text[left:right], white space and letter case aside."""
        folded = Folded(self.text[left:right])
        small = lower(folded.text)
        found = _aligned(self.wanted, small, 0)
        if found is None or found.start >= found.end:
            return []
        if found.score < 100:
            more = self._slack()
            wider = Near(max(found.start - more, 0), min(found.end + more, len(small)), 0)
            found = max(*(_edged(self.wanted, small, each) for each in (found, wider)), found, key=_score)
        first, last = folded.source(found.start, found.end)
        return [Near(left + first, left + last, found.score)]

    def _near(self, start: int, end: int) -> tuple[int, int]:
        return max(start - self._slack(), 0), end + self._slack()

    def _slack(self) -> int:
        return len(self.wanted) // 4 + _SLACK


def _pieces(sought: str) -> Sequence[tuple[int, str]]:
    """Pieces of the quotation and their offsets: those least likely to stand everywhere, spread over the whole of it."""
    length = 9 if sought.isascii() else 4
    length = max(min(length, len(sought) // 2), 1)
    cut = [(at, sought[at : at + length]) for at in range(0, len(sought) - length + 1, length)]
    step = max(len(cut) // _MOST_PIECES, 1)
    return cut[::step][:_MOST_PIECES]


def _hits(page: str, piece: str) -> list[int]:
    """Where a piece stands, one more place than are compared at the most."""
    found: list[int] = []
    at = page.find(piece)
    while at >= 0 and len(found) <= _MOST_HITS:
        found.append(at)
        at = page.find(piece, at + 1)
    return found


def _covered(found: Sequence[Near], start: int, end: int) -> bool:
    return any(each.start <= start and end <= each.end for each in found)


def _best(found: Sequence[Near]) -> list[Near]:
    top = max((each.score for each in found), default=0.0)
    return sorted({each for each in found if each.score == top}, key=lambda each: each.start)


def _exactly(page: str, wanted: str) -> Near | None:
    at = lower(page).find(wanted)
    return Near(at, at + len(wanted), 100.0) if at >= 0 else None


def _aligned(wanted: str, page: str, cutoff: float) -> Near | None:
    if len(wanted) > len(page):  # partial_ratio would look for the page inside the quotation
        score = fuzz.ratio(wanted, page, score_cutoff=cutoff)
        return Near(0, len(page), score) if score else None
    found = fuzz.partial_ratio_alignment(wanted, page, score_cutoff=cutoff)
    return None if found is None else Near(found.dest_start, found.dest_end, found.score)


def _score(found: Near) -> float:
    return found.score


def _edged(wanted: str, page: str, found: Near) -> Near:
    """The place with the edges of the quotation: what was put before or behind it is out, what is missing there is in."""
    steps = Levenshtein.opcodes(wanted, page[found.start : found.end])
    start, end = found.start + _excess(steps[0]), found.end - _excess(steps[-1])
    if not 0 <= start < end <= len(page):
        return found
    return Near(start, end, fuzz.ratio(wanted, page[start:end]))


def _excess(step: Opcode) -> int:
    if step.tag == "equal":
        return 0
    return (step.dest_end - step.dest_start) - (step.src_end - step.src_start)
