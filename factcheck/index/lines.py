"""The lines of the ledger as the index holds them: by their id, their number, their author, what they touch."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from typing import Any

from factcheck.events import Event

_EXTRACTOR = ("tool:extract/", "tool:extract0")
"""Authors between these are the extractor, of any version."""


class Lines(ABC):
    """Asks about events."""

    @abstractmethod
    def _ask(self, sql: str, values: Sequence[object]) -> Any:
        """The rows that SQLite answers with."""

    def event(self, event_id: str) -> Event | None:
        """The event of this id."""
        row = self._ask("SELECT line FROM event WHERE id = ?", (event_id,)).fetchone()
        return _event(row[0]) if row else None

    def line(self, seq: int) -> bytes | None:
        """The bytes of a line, by its number."""
        row = self._ask("SELECT line FROM event WHERE seq = ?", (seq,)).fetchone()
        return row[0] if row else None

    def history(self, subject: str) -> list[Event]:
        """Every event that touched the subject, in the order in which it was done."""
        rows = self._ask("SELECT line FROM event JOIN touch USING (seq) WHERE subject = ?", (subject,))
        found = [_event(row[0]) for row in rows.fetchall()]
        adopted = any(each.as_written is not each for each in found)
        return sorted(found, key=lambda each: each.order if adopted else (each.seq,))

    def events(
        self, *, by: str = "", newest_first: bool = False, before: int | None = None
    ) -> Iterator[Event]:
        """Acts in the order of the ledger, of one person or all, the newest first if asked for."""
        order = "DESC" if newest_first else "ASC"
        sql = (
            "SELECT line FROM event WHERE (?1 = '' OR person = ?1) AND (?2 IS NULL OR seq < ?2) ORDER BY seq "
        )
        for row in self._ask(sql + order, (by, before)):
            yield _event(row[0])

    def extractions(self, most: int = -1) -> Iterator[Event]:
        """Acts of the extractor, the newest first, at most so many of them."""
        sql = (
            "SELECT line FROM event WHERE seq IN (SELECT seq FROM event INDEXED BY event_person "
            "WHERE person >= ? AND person < ? ORDER BY seq DESC LIMIT ?) ORDER BY seq DESC"
        )
        for row in self._ask(sql, (*_EXTRACTOR, most)):
            yield _event(row[0])

    def extracted_with(self, sha256: str) -> int:
        """The number of the last line of the extractor that names this digest; 0 for none."""
        sql = (
            "SELECT max(seq) FROM event INDEXED BY event_person "
            "WHERE person >= ? AND person < ? AND instr(line, ?) > 0"
        )
        return self._ask(sql, (*_EXTRACTOR, sha256.encode())).fetchone()[0] or 0

    def signed(self, after: int) -> Iterator[Event]:
        """Events behind a line that bear a signature, in order."""
        sql = "SELECT line FROM event WHERE seq > ? AND instr(line, CAST(? AS BLOB)) > 0 ORDER BY seq"
        for row in self._ask(sql, (after, b'"sig":"')):
            event = _event(row[0])
            if event.sig:
                yield event


def _event(line: bytes) -> Event:
    return Event.from_line(line, where="the index").act
