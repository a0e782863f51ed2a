"""Looking again at what evidence rests on: alive, moved, changed, gone. A finding, never a changed verdict."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from factcheck.case.desk import Draft
from factcheck.case.weighing import Weighing
from factcheck.errors import FactcheckError, Refused, Usage
from factcheck.events import capturing
from factcheck.model import GONE_STATES, Capture, Evidence
from factcheck.state import capture_value

if TYPE_CHECKING:
    from factcheck.match.anchor import Anchor

Outcome = Literal["alive", "moved", "changed", "soft404", "gone", "unreachable"]
_AROUND = 400
"""Characters of its paragraph on either side of a quotation in which a change is told."""


@dataclass(frozen=True, slots=True)
class Rechecked:
    """What became of the page behind a piece of evidence.

    `before` and `now` are the paragraph of the quotation then and now ("" where there is none to compare);
    `found` is the quotation as it stands now, `capture` the new capture.
    """

    evidence: str
    claim: str
    url: str
    outcome: Outcome
    status: int
    capture: str
    found: str
    before: str = ""
    now: str = ""

    @property
    def well(self) -> bool:
        """True when the page still says it, wherever it lies now."""
        return self.outcome in {"alive", "moved"}


class Rechecking(Weighing):
    """evidence -> what became of it."""

    def recheck(
        self,
        *evidence: str,
        everything: bool = False,
        allow: Collection[str] = (),
        progress: Callable[[int, int, str], None] | None = None,
        by: str | None = None,
    ) -> tuple[Rechecked, ...]:
        """Fetch again what evidence was taken from, and record what became of each.

        Without names: what standing verdicts rely on; `everything` adds all other evidence with an address.
        `progress(done, total, address)` is told before each page. Each page is fetched once and kept as a new capture.
        """
        person = self._person(by)
        pages = _by_page(self._rechecked(evidence, everything=everything))
        found: list[Rechecked] = []
        for done, (url, pieces) in enumerate(pages.items()):
            if progress:
                progress(done, len(pages), url)
            found += self._look_again(url, pieces, allow, person)
        return tuple(found)

    def _rechecked(self, named: Sequence[str], *, everything: bool) -> list[Evidence]:
        if named:
            chosen = [self._live(each) for each in named]
            bare = [each.id for each in chosen if not each.url]
            if bare:
                raise Usage(
                    f"{', '.join(bare)} came from no address.",
                    where=bare[0],
                    remedy="only what lies on the web can be looked at again",
                )
            return chosen
        standing = [each for each in self.claims() if each.state not in GONE_STATES and each.live_evidence]
        return [
            piece
            for claim in standing
            for piece in claim.live_evidence
            if piece.url and (everything or (claim.verdict and piece.id in claim.verdict.evidence))
        ]

    def _look_again(
        self, url: str, pieces: Sequence[Evidence], allow: Collection[str], person: str
    ) -> list[Rechecked]:
        try:
            body = self._fetched(url, allow)
        except FactcheckError as error:
            return self._record_checks(url, pieces, None, str(error), person)
        return self._record_checks(url, pieces, body, "", person)

    def _record_checks(
        self,
        url: str,
        pieces: Sequence[Evidence],
        body: capturing.CaptureMade | None,
        refused: str,
        person: str,
    ) -> list[Rechecked]:
        page = capture_value("", body) if body else None
        text = self.page_text(page) if page else ""
        told = {each: self._told(each, url, page, text) for each in pieces}
        kept: list[Rechecked] = []

        def build() -> list[Draft]:
            new = f"K{self._index.next_number('K')}" if body else ""
            made = [Draft("capture.made", new, body)] if body else []
            kept[:] = [replace(each, capture=new) for piece, each in told.items() if self._still_says(piece)]
            return [*made, *(Draft("evidence.checked", each.evidence, _body(each)) for each in kept)]

        self._commit(build, by=person)
        self.notices += [refused] if refused else []
        self.notices += [
            f"{each.id} is no longer what it was when its page was asked for; what became of it is not recorded."
            for each in pieces
            if each.id not in {look.evidence for look in kept}
        ]
        return kept

    def _still_says(self, piece: Evidence) -> bool:
        """False when somebody withdrew it, or moved it to another page or other words, while its page was asked for."""
        now = self._index.value(piece.id)
        return isinstance(now, Evidence) and _asked_of(now) == _asked_of(piece)

    def _told(self, piece: Evidence, url: str, page: Capture | None, text: str) -> Rechecked:
        if page is None or not page.status:
            where = page.address if page else url
            return Rechecked(piece.id, piece.claim, where, "unreachable", 0, "", "")
        outcome, found, before, now = self._compared(piece, page, text)
        return Rechecked(piece.id, piece.claim, page.address, outcome, page.status, "", found, before, now)

    def _compared(self, piece: Evidence, page: Capture, text: str) -> tuple[Outcome, str, str, str]:
        from factcheck.evidence.gone import GONE, is_elsewhere, is_soft_404
        from factcheck.match.wording import same_words

        if page.outcome != "ok":
            return ("gone" if page.status in GONE else "unreachable"), "", "", ""
        place = _found(text, piece) if piece.quote and not piece.manual and text else None
        same = place is not None and same_words(place.exact, piece.quote)
        if not same and is_soft_404(text, page.title, piece.url, page.address):
            return "soft404", "", "", ""
        moved: Outcome = "moved" if is_elsewhere(piece.url, page.address) else "alive"
        if not piece.quote or piece.manual:
            return moved, "", "", ""
        found = place.exact if place else ""
        before = self._around(piece)
        now = _paragraph(text, place.start, place.end) if place else ""
        if not same or (before and not same_words(before, now)):
            return "changed", found, before or piece.quote, now
        return moved, found, "", ""

    def _around(self, piece: Evidence) -> str:
        """The quotation in what stood around it when it was captured; "" for a bare link."""
        if not piece.capture or piece.start < 0:
            return ""
        text = self.page_text(piece.capture)
        return _paragraph(text, piece.start, piece.end)


def _found(text: str, piece: Evidence) -> "Anchor | None":
    """Where the words of a piece stand now, or what stands in their place."""
    from factcheck.match.anchor import anchor
    from factcheck.match.reanchor import reanchor

    again = reanchor(text, piece.quote, prefix=piece.prefix, suffix=piece.suffix, start=piece.start)
    return again or anchor(text, piece.quote, cutoff=60)


def _paragraph(text: str, start: int, end: int) -> str:
    """The words in the paragraph they stand in: lists of other reports around it change every day."""
    first = max(text.rfind("\n", 0, start) + 1, start - _AROUND)
    last = text.find("\n", end)
    return text[first : min(last if last >= 0 else len(text), end + _AROUND)]


def _by_page(pieces: Sequence[Evidence]) -> dict[str, list[Evidence]]:
    pages: dict[str, list[Evidence]] = {}
    for each in pieces:
        pages.setdefault(each.url, []).append(each)
    if not pages:
        raise Refused(
            "nothing here has an address that could be looked at again.",
            remedy="factcheck recheck --all looks at all evidence, not only at what verdicts rely on",
        )
    return pages


def _asked_of(piece: Evidence) -> tuple[str, str, bool, bool]:
    return piece.url, piece.quote, piece.manual, piece.withdrawn


def _body(told: Rechecked) -> capturing.EvidenceChecked:
    return capturing.EvidenceChecked(
        outcome=told.outcome, url=told.url, status=told.status, capture=told.capture, found=told.found
    )
