"""Documents dealt out to workers in chunks; what was found comes back in their order, whoever dies meanwhile."""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError, Future, wait
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from factcheck.case.crews import Crew
from factcheck.errors import BadData, Unavailable

if TYPE_CHECKING:
    from factcheck.text.chunks import Chunk, Found, Worked

SECONDS = 0.15
"""Work for so long is worth a way to a worker and back."""
DOCUMENTS = 50
"""So many documents too, however short they are."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A source that waits for its suggestions."""

    source: str
    text: str


@dataclass(slots=True)
class _Share:
    """Documents that are worked on together; `alone`: a worker died over them, so nothing else is done meanwhile."""

    documents: Sequence[Waiting]
    chunk: "Chunk"
    work: "Future[Worked] | None" = None
    deaths: int = 0
    alone: bool = False


@dataclass(slots=True)
class Dealing:
    """`queue` gives the documents, `pack` makes a chunk of their texts; going through this gives each with its finding.

    When a worker dies, nobody knows at once over what: so everything that was out is done again, chunk by chunk with
    nothing beside it. A chunk whose worker dies once more is halved, down to the document at which they die.
    """

    queue: Iterator[Waiting]
    pack: Callable[[tuple[str, ...]], "Chunk"]
    crew: Crew
    speed: float = 20_000.0  # characters a second, until it is known
    _out: deque[_Share] = field(default_factory=deque)

    def __iter__(self) -> "Iterator[tuple[str, Found]]":
        self._deal()
        while self._out:
            yield from self._found(self._out.popleft())
            self._deal()

    def _deal(self) -> None:
        """Keep every worker busy, and something ready for each; while one share is suspected, nothing new goes out."""
        while len(self._out) < 2 * self.crew.size + 1 and not any(each.alone for each in self._out):
            documents = self._cut()
            if not documents:
                return
            share = _Share(documents, self.pack(tuple(each.text for each in documents)))
            share.work = self.crew.submit(share.chunk)
            self._out.append(share)

    def _cut(self) -> list[Waiting]:
        """The next documents of the queue: as many as are worth it together."""
        cut: list[Waiting] = []
        characters = 0.0
        while len(cut) < DOCUMENTS and characters < self.speed * SECONDS:
            document = next(self.queue, None)
            if document is None:
                break
            cut.append(document)
            characters += len(document.text)
        return cut

    def _found(self, share: _Share) -> "list[tuple[str, Found]]":
        """What was found in the documents of a share; nothing when they have to go out once more."""
        if share.work is None:
            for each in self._out:
                self._error(each.work) if each.work else None
            share.work = self.crew.submit(share.chunk)
        error = self._error(share.work)
        if error is None:
            return self._paired(share, share.work.result())
        if not self.crew.is_death(error):
            return self._again(share, _failed(error), last=len(share.documents) == 1)
        self.crew.renew()
        if share.alone:
            share.deaths += 1
            last = len(share.documents) == 1 and share.deaths >= self.crew.deaths
            return self._again(share, _deadly(share.documents[0].source), last=last)
        for each in (share, *self._out):
            self._suspect(each)
        self._out.appendleft(share)
        return []

    def _error(self, work: "Future[Worked]") -> BaseException | None:
        while not work.done():
            self.crew.look()
            wait([work], timeout=1)
        try:
            return work.exception()
        except CancelledError as error:
            raise Unavailable(
                "the workers were sent away; what was recorded stays.",
                remedy="repeat the command: it goes on where this one stopped",
            ) from error

    def _suspect(self, share: _Share) -> None:
        work = share.work
        if work and work.done() and (error := self._error(work)) and self.crew.is_death(error):
            share.work, share.alone = None, True

    def _paired(self, share: _Share, worked: "Worked") -> "list[tuple[str, Found]]":
        characters = sum(len(each.text) for each in share.documents)
        # What a worker learns when it begins makes its first chunk slow: half of what was thought before stays.
        self.speed = (self.speed + characters / max(worked.seconds, 1e-6)) / 2
        return [(each.source, found) for each, found in zip(share.documents, worked.found, strict=True)]

    def _again(self, share: _Share, error: BadData, *, last: bool) -> "list[tuple[str, Found]]":
        """Halve a share at which work fails, or try the only document of it again; the `last` time it is given up."""
        if last:
            return [(share.documents[0].source, error)]
        middle = max(len(share.documents) // 2, 1)
        for part in (share.documents[middle:], share.documents[:middle]):
            if part:
                chunk = self.pack(tuple(each.text for each in part))
                self._out.appendleft(_Share(part, chunk, deaths=share.deaths, alone=True))
        return []


def _failed(error: BaseException) -> BadData:
    return BadData(
        "something went wrong inside the program at this document; it waits in the queue.",
        seen=f"{type(error).__name__}: {error}"[:300],
        remedy="please report it; the same command tries it again",
    )


def _deadly(source: str) -> BadData:
    return BadData(
        f"{source} ended every worker that was at it; it waits in the queue.",
        where=source,
        remedy="look for too little memory or a plug-in; --no-plugins rules plug-ins out",
    )
