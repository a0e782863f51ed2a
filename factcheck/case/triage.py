"""From suggestions to claims: accept, dismiss, merge, split, reword, retype, read."""

from collections.abc import Sequence

from factcheck.case.carrying import as_seen, claim_body, evidence_body, mention_bodies, one_line, one_of
from factcheck.case.desk import Desk, Draft
from factcheck.errors import Refused, Usage
from factcheck.events import Event, bodies, snapshots
from factcheck.model import (
    Checkable,
    Claim,
    ClaimType,
    DismissReason,
    Mention,
    Reading,
    says_something,
)


class Triage(Desk):
    """What a reviewer does to a claim before judging it."""

    def _several(self, kind: str, claims: Sequence[str]) -> list[Claim]:
        if len(set(claims)) < len(claims):
            raise Usage("a claim is named twice.", seen=" ".join(claims), remedy="name each once")
        return [self._legal(kind, self.claim(each)) for each in claims]

    def accept(
        self, *claims: str, by: str | None = None, at: int | None = None, id: str = ""
    ) -> tuple[Event, ...]:
        """Take suggestions on as claims to be checked."""
        person = self._person(by)

        def build() -> list[Draft]:
            found = self._several("claim.accepted", claims)
            return [
                Draft("claim.accepted", each.id, snapshots.ClaimAct(claim=claim_body(each))) for each in found
            ]

        return self._commit(build, by=person, on=claims, at=at, id=id)

    def dismiss(
        self,
        *claims: str,
        reason: DismissReason | str,
        note: str = "",
        by: str | None = None,
        at: int | None = None,
        id: str = "",
    ) -> tuple[Event, ...]:
        """Put suggestions aside, with a reason; `reopen` brings them back."""
        person, why = self._person(by), one_of(DismissReason, reason, "reason")

        def build() -> list[Draft]:
            found = self._several("claim.dismissed", claims)
            return [
                Draft("claim.dismissed", c.id, bodies.ClaimDismissed(reason=why, note=note, claim=as_seen(c)))
                for c in found
            ]

        return self._commit(build, by=person, on=claims, at=at, id=id)

    def reword(
        self, claim: str, statement: str, *, by: str | None = None, at: int | None = None, id: str = ""
    ) -> tuple[Event, ...]:
        """Put the claim in other words; a verdict on the old words reopens."""
        person, new = self._person(by), statement.strip()

        def build() -> list[Draft]:
            found = self._legal("claim.reworded", self.claim(claim))
            if not says_something(new) or new == found.statement:
                raise Refused(
                    "the wording is the same, or empty.", where=claim, remedy="write the new statement"
                )
            body = bodies.ClaimReworded(statement=new, was=found.statement, claim=as_seen(found))
            return [Draft("claim.reworded", found.id, body)]

        return self._commit(build, by=person, on=(claim,), at=at, id=id)

    def retype(
        self, claim: str, type: ClaimType | str, *, by: str | None = None, at: int | None = None, id: str = ""
    ) -> tuple[Event, ...]:
        """Say what the claim is about."""
        person, new = self._person(by), one_of(ClaimType, type, "type")

        def build() -> list[Draft]:
            found = self._legal("claim.retyped", self.claim(claim))
            body = bodies.ClaimRetyped(type=new, was=found.type, claim=as_seen(found))
            return [Draft("claim.retyped", found.id, body)]

        return self._commit(build, by=person, on=(claim,), at=at, id=id)

    def merge(
        self, claim: str, *others: str, by: str | None = None, at: int | None = None, id: str = ""
    ) -> tuple[Event, ...]:
        """Say that `others` make the same claim: their mentions and evidence come to `claim`."""
        person = self._person(by)

        def build() -> list[Draft]:
            into = self._legal("claim.merged", self.claim(claim))
            found = self._several("claim.merged", others)
            for other in found:
                if other.verdict is not None:
                    raise Refused(
                        f"{other.id} has a verdict that would be lost.",
                        where=other.id,
                        remedy=f"factcheck merge {other.id} {into.id}, or reopen {other.id} first",
                    )
                if other.rated:
                    raise Refused(
                        f"{other.id} has findings on its mentions that would be lost.",
                        where=other.id,
                        remedy=f"factcheck merge {other.id} {into.id}, or undo them first",
                    )
            if not found or into in found:
                raise Usage("a merge needs another claim.", remedy=f"factcheck merge {claim} C9")
            return [_merge(into, other, first=number == 0) for number, other in enumerate(found)]

        return self._commit(build, by=person, on=(claim,), at=at, id=id)

    def split(
        self,
        claim: str,
        statement: str,
        *,
        mentions: Sequence[int] = (),
        by: str | None = None,
        at: int | None = None,
        id: str = "",
    ) -> tuple[Event, ...]:
        """Make a claim of its own out of a part of this one.

        `mentions` are the places (counted from 1) that go to the new claim; none means that both are
        said at the same places (a compound sentence).
        """
        person = self._person(by)

        def build() -> list[Draft]:
            found = self._legal("claim.split", self.claim(claim))
            gone = [found.mentions[n - 1] for n in set(mentions) if 0 < n <= len(found.mentions)]
            if len(gone) != len(mentions) or (gone and len(gone) == len(found.mentions)):
                raise Usage(
                    f"{claim} has {len(found.mentions)} mentions; at least one must stay.", where=claim
                )
            if not says_something(statement):
                raise Usage("the new claim needs a statement.", where=claim)
            return [self._split(found, gone, statement.strip())]

        return self._commit(build, by=person, on=(claim,), at=at, id=id)

    def _split(self, claim: Claim, gone: Sequence[Mention], statement: str) -> Draft:
        new = f"C{self._index.next_number('C')}"
        part = claim_body(claim).model_copy(
            update={"statement": statement, "mentions": mention_bodies(gone or claim.mentions)}
        )
        keeps = mention_bodies([each for each in claim.mentions if each not in gone])
        body = bodies.ClaimSplit(new=new, part=part, keeps=keeps, claim=as_seen(claim))
        return Draft("claim.split", claim.id, body, also=(new,))

    def reopen(
        self, claim: str, *, because: str = "", by: str | None = None, at: int | None = None, id: str = ""
    ) -> tuple[Event, ...]:
        """Take a claim up again that was judged, confirmed, settled, published or dismissed."""
        person = self._person(by)
        body = bodies.ClaimReopened(because=because)
        return self._commit(
            lambda: [Draft("claim.reopened", self._legal("claim.reopened", self.claim(claim)).id, body)],
            by=person,
            on=(claim,),
            at=at,
            id=id,
        )

    def note(
        self, claim: str, text: str, *, by: str | None = None, at: int | None = None, id: str = ""
    ) -> tuple[Event, ...]:
        """Leave a remark on a claim."""
        person = self._person(by, "note")
        if not says_something(text):
            raise Usage("the note is empty.", where=claim, remedy="write what is to be remembered")

        def build() -> list[Draft]:
            found = self.claim(claim)
            return [Draft("note.added", found.id, bodies.NoteAdded(text=text, claim=as_seen(found)))]

        return self._commit(build, by=person, act="note", on=(claim,), at=at, id=id)

    def add(
        self,
        source: str,
        quote: str = "",
        *,
        start: int = -1,
        end: int = -1,
        statement: str = "",
        type: ClaimType | str = ClaimType.EVENT,
        by: str | None = None,
        id: str = "",
    ) -> Claim:
        """Make a claim that extraction missed, from words of the source or from a span of it."""
        person, kind = self._person(by), one_of(ClaimType, type, "type")
        mention = self._mention(source, quote, start, end)

        def build() -> list[Draft]:
            new = f"C{self._index.next_number('C')}"
            body = snapshots.ClaimBody(
                statement=statement.strip() or self.words(mention),
                type=kind,
                checkable=Checkable.YES,
                priority=0,
                mentions=mention_bodies([mention]),
            )
            return [Draft("claim.added", new, bodies.ClaimAdded(claim=body))]

        return self.claim(self._commit(build, by=person, id=id)[0].subject)

    def mention(
        self,
        claim: str,
        source: str,
        quote: str,
        *,
        start: int = -1,
        by: str | None = None,
        at: int | None = None,
    ) -> tuple[Event, ...]:
        """Add another place where a claim is made."""
        person = self._person(by)
        where = self._mention(source, quote, start, -1)

        def build() -> list[Draft]:
            found = self._legal("mention.added", self.claim(claim))
            if where in found.mentions:
                raise Refused("this place is a mention of it already.", where=claim)
            body = bodies.MentionAdded(mention=mention_bodies([where])[0], claim=as_seen(found))
            return [Draft("mention.added", found.id, body)]

        return self._commit(build, by=person, on=(claim,), at=at)

    def _mention(self, source: str, quote: str, start: int, end: int) -> Mention:
        text = self.text(source)
        if not quote:
            if not 0 <= start < end <= len(text):
                raise Usage("name the words (--quote) or a span inside the source.", where=source)
            return Mention(source, start, end, text[start:end])
        places = [i for i in range(len(text)) if text.startswith(quote, i)] if quote in text else []
        if start >= 0 and start in places:
            places = [start]
        if not places:
            raise Refused("these words are not in the source.", where=source, seen=_nearest(text, quote))
        if len(places) > 1:
            raise Refused(
                f"these words stand at {len(places)} places.",
                where=source,
                seen=", ".join(map(str, places[:8])),
                remedy="quote more words, or add --start",
            )
        return Mention(source, places[0], places[0] + len(quote), quote)

    def read(
        self, *readings: str, by: str | None = None, at: int | None = None, id: str = ""
    ) -> tuple[Event, ...]:
        """Accept readings, for all their places; the source's words stay as they are."""
        return self._take_readings("reading.accepted", readings, by, at, id)

    def reject(
        self, *readings: str, by: str | None = None, at: int | None = None, id: str = ""
    ) -> tuple[Event, ...]:
        """Turn readings down; they are not proposed again."""
        return self._take_readings("reading.rejected", readings, by, at, id)

    def _take_readings(
        self, kind: str, readings: Sequence[str], by: str | None, at: int | None, id: str
    ) -> tuple[Event, ...]:
        """A verdict stands on the words as they were read: decided claims at its places come back."""
        person = self._person(by)

        def build() -> list[Draft]:
            if len(set(readings)) < len(readings):
                raise Usage("a reading is named twice.", seen=" ".join(readings), remedy="name each once")
            found = [self.reading(each) for each in readings]
            for each in found:
                if each.state in {kind.removeprefix("reading."), "superseded"}:
                    raise Refused(f"{each.id} is {each.state} already.", where=each.id)
            return [_take(kind, each, self.decided_at(each)) for each in found]

        return self._commit(build, by=person, on=readings, at=at, id=id)


def _take(kind: str, reading: Reading, decided: Sequence[str]) -> Draft:
    said = {name: getattr(reading, name) for name in bodies.ReadingBody.model_fields}
    return Draft(kind, reading.id, bodies.ReadingBody(**said), also=tuple(decided))


def _merge(into: Claim, other: Claim, *, first: bool) -> Draft:
    evidence = tuple(evidence_body(each) for each in other.live_evidence)
    body = bodies.ClaimMerged(
        other=other.id,
        mentions=mention_bodies(other.mentions),
        evidence=evidence,
        claim=as_seen(into) if first else None,
    )
    return Draft("claim.merged", into.id, body, also=(other.id, *(each.id for each in evidence)))


def _nearest(text: str, quote: str) -> str:
    from factcheck.match.anchor import anchor

    found = anchor(text, quote)
    return f"nearest: {one_line(found.exact)!r} at {found.start}" if found else "nothing like it"
