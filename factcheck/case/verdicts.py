"""Judging: one person records a verdict, a second person confirms or disputes it, a third settles."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Literal

from factcheck.case.carrying import as_seen, mention_bodies
from factcheck.case.desk import Desk, Draft
from factcheck.errors import Refused, Usage
from factcheck.events import Event, bodies, capturing
from factcheck.labels import label
from factcheck.model import (
    Claim,
    ClaimState,
    Evidence,
    Gap,
    Objection,
    Part,
    Proposal,
    ScaleRating,
    against_confirming,
    against_export,
    objections,
    refusing,
    same_person,
    says_something,
)


@dataclass(frozen=True, slots=True)
class More:
    """What a verdict may say beyond its rating; `basis` is stated, not_stated or "" (see `model.Verdict`)."""

    parts: tuple[Part, ...] = ()
    as_of: str = ""
    omitted: str = ""
    would_change: str = ""
    basis: Literal["", "stated", "not_stated"] = ""


NOTHING_MORE = More()


class Judging(Desk):
    """claim -> verdict -> second signature."""

    def objections(
        self,
        claim: str,
        rating: str,
        *,
        because: str = "",
        evidence: Sequence[str] | None = None,
        more: More = NOTHING_MORE,
        by: str = "",
    ) -> tuple[Objection, ...]:
        """What would speak against this verdict now, remarks included; shown live while a reviewer decides."""
        found = self.claim(claim)
        proposal = self._proposal(found, rating, because, evidence=evidence, more=more, person=by or self.by)
        return objections(found, proposal, self.info.policy, self.scale, self.gaps(found))

    def gaps(self, claim: Claim) -> tuple[Gap, ...]:
        """What the claim's words leave open: figures without a unit, times that hang on an unknown date."""
        from factcheck.text.gaps import gaps

        return gaps(claim, self.text, lambda name: self.source(name).date)

    def against(self, claim: Claim) -> tuple[Objection, ...]:
        """What keeps the claim out of a final export, then what is only said beside its verdict."""
        policy, open_ = self.info.policy, self.gaps(claim)
        found = against_export(claim, policy, self.scale, open_)
        if claim.verdict:
            said = objections(claim, claim.verdict, policy, self.scale, open_)
        else:
            said = tuple(Objection(each.code, claim.id, person=each.words) for each in open_)
        return tuple(dict.fromkeys((*found, *said)))

    def because(self, claim: str) -> str:
        """A first draft of the reason, from the evidence: its note or quotation, else its stance and address; "" without any."""
        return "; ".join(self._said_by(each) for each in self.claim(claim).live_evidence)

    def _said_by(self, evidence: Evidence) -> str:
        words = evidence.note or evidence.quote
        side = label(f"stance.{evidence.stance}", self.lang)
        place = evidence.origin if evidence.url else evidence.capture or evidence.id
        return f"{words} ({place})" if words else f"{side}: {evidence.url or place}"

    def decide(
        self,
        claim: str,
        rating: str,
        *,
        because: str = "",
        evidence: Sequence[str] | None = None,
        more: More = NOTHING_MORE,
        by: str | None = None,
        at: int | None = None,
        id: str = "",
    ) -> tuple[Event, ...]:
        """Record a verdict; on somebody else's judged claim it is the second one: equal confirms, other disputes.

        `evidence` names what the verdict relies on; None means all that is attached and not withdrawn.
        A decision on a suggestion accepts it in the same event. `more` are findings on parts of the claim, the
        days it is true of, what it leaves out, and whether an opinion states its basis.
        """
        person = self._person(by)

        def build() -> list[Draft]:
            found = self._legal("verdict.recorded", self.claim(claim))
            proposal = self._proposal(found, rating, because, evidence=evidence, more=more, person=person)
            body = self._verdict(found, proposal, more)
            if self.blind:
                body = body.model_copy(update={"blind": True})
            return [Draft("verdict.recorded", found.id, body)]

        return self._commit(build, by=person, on=(claim,), at=at, id=id)

    def confirm(
        self, claim: str, *, by: str | None = None, at: int | None = None, id: str = ""
    ) -> tuple[Event, ...]:
        """Sign another person's verdict as the second one."""
        person = self._person(by)

        def build() -> list[Draft]:
            found = self.claim(claim)
            self._refuse(against_confirming(found, person, self.info.policy))
            assert found.verdict is not None
            return [Draft("verdict.confirmed", found.id, bodies.VerdictConfirmed(verdict=found.verdict.id))]

        return self._commit(build, by=person, on=(claim,), at=at, id=id)

    def dispute(
        self, claim: str, *, because: str, by: str | None = None, at: int | None = None, id: str = ""
    ) -> tuple[Event, ...]:
        """Say why another person's verdict should not stand; the claim must then be settled."""
        person = self._person(by)

        def build() -> list[Draft]:
            found = self._legal("verdict.disputed", self.claim(claim))
            self._refuse([Objection("blind_confirm", claim)] if self.blind else [])
            verdict = found.verdict
            assert verdict is not None
            if same_person(verdict.by, person):
                raise Refused(
                    f"{person} judged {claim}; one's own verdict is changed, not disputed.",
                    where=claim,
                    remedy=f"factcheck decide {claim} RATING",
                )
            if not says_something(because):
                raise Usage("a dispute needs a reason.", where=claim, remedy="add --because TEXT")
            body = bodies.VerdictDisputed(verdict=verdict.id, because=because)
            return [Draft("verdict.disputed", found.id, body)]

        return self._commit(build, by=person, on=(claim,), at=at, id=id)

    def settle(
        self,
        claim: str,
        rating: str,
        *,
        because: str,
        evidence: Sequence[str] | None = None,
        more: More = NOTHING_MORE,
        by: str | None = None,
        at: int | None = None,
        id: str = "",
    ) -> tuple[Event, ...]:
        """End a dispute as a third person; both texts stay, and the settlement may differ from both."""
        person = self._person(by, "settle")

        def build() -> list[Draft]:
            found = self._legal("verdict.settled", self.claim(claim))
            assert found.verdict is not None
            if any(same_person(person, party) for party in (found.verdict.by, found.disputed_by)):
                raise Refused(
                    f"{person} is a party to this dispute.",
                    where=claim,
                    remedy=f"a third person settles it, or: factcheck reopen {claim} --because TEXT",
                )
            if not says_something(because):
                raise Usage("a settlement needs a reason.", where=claim, remedy="add --because TEXT")
            proposal = self._proposal(found, rating, because, evidence=evidence, more=more, person=person)
            verdict = self._verdict(found, proposal, more)
            body = bodies.VerdictSettled(**dict(verdict), verdict=found.verdict.id)
            return [Draft("verdict.settled", found.id, body)]

        return self._commit(build, by=person, act="settle", on=(claim,), at=at, id=id)

    def rate(
        self,
        claim: str,
        rating: str,
        *,
        mention: int,
        because: str = "",
        by: str | None = None,
        at: int | None = None,
        id: str = "",
    ) -> tuple[Event, ...]:
        """Record what was found about one of several mentions (counted from 1); a verdict on the whole reopens.

        Where one mention says 60 and another 30, each gets its own finding, and the claim one verdict.
        """
        person = self._person(by)

        def build() -> list[Draft]:
            found = self._legal("mention.rated", self.claim(claim))
            return [Draft("mention.rated", found.id, self._finding(found, mention, rating, because.strip()))]

        return self._commit(build, by=person, on=(claim,), at=at, id=id)

    def _finding(self, claim: Claim, mention: int, rating: str, because: str) -> bodies.MentionRated:
        if len(claim.mentions) < 2:
            raise Refused(
                f"{claim.id} is said at one place; its verdict is about that.",
                where=claim.id,
                remedy=f"factcheck decide {claim.id} RATING",
            )
        if not 0 < mention <= len(claim.mentions):
            raise Usage(
                f"{claim.id} has {len(claim.mentions)} mentions.",
                where=claim.id,
                seen=str(mention),
                remedy="give the number of one of them",
            )
        known = self._known_rating(rating)
        if known.rated and not says_something(because):
            self._refuse([Objection("no_because", claim.id)])
        return bodies.MentionRated(
            mention=mention_bodies([claim.mentions[mention - 1]])[0],
            rating=known.rating,
            because=because,
            scale=self.scale.id,
            scale_version=self.scale.version,
            claim=as_seen(claim),
        )

    def _known_rating(self, rating: str) -> ScaleRating:
        known = self.scale.find(rating)
        if known is None:
            raise Usage(
                "there is no such rating.",
                seen=repr(rating),
                remedy="one of " + ", ".join(f"{each.key} {each.rating}" for each in self.scale.ratings),
            )
        return known

    def _proposal(
        self,
        claim: Claim,
        rating: str,
        because: str,
        *,
        evidence: Sequence[str] | None,
        more: More,
        person: str,
    ) -> Proposal:
        known = self.scale.find(rating)
        relied = [each.id for each in claim.live_evidence] if evidence is None else list(evidence)
        return Proposal(
            known.rating if known else rating,
            because.strip(),
            person,
            tuple(dict.fromkeys(relied)),
            more.as_of.strip(),
            more.basis,
            tuple(self._part(each) for each in more.parts),
        )

    def _part(self, part: Part) -> Part:
        """The part with its rating as the scale names it; what is not on the scale stays for the objections."""
        known = self.scale.find(part.rating)
        return replace(part, rating=known.rating) if known else part

    def _verdict(self, claim: Claim, proposal: Proposal, more: More) -> bodies.VerdictRecorded:
        """The proposal as the ledger holds it. Usage for a rating that the scale does not have, Refused by objections."""
        self._known_rating(proposal.rating)
        policy = self.info.policy
        open_ = self.gaps(claim) if policy.strict else ()
        self._refuse(refusing(objections(claim, proposal, policy, self.scale, open_), policy))
        captures = {each.id: each.capture for each in claim.evidence}
        return bodies.VerdictRecorded(
            rating=proposal.rating,
            because=proposal.because,
            evidence=tuple(
                capturing.ReliedOn(evidence=each, capture=self._captured_at(captures.get(each, "")))
                for each in proposal.evidence
            ),
            statement=claim.statement,
            mentions=len(claim.mentions),
            scale=self.scale.id,
            scale_version=self.scale.version,
            claim=as_seen(claim) if claim.state is ClaimState.SUGGESTED else None,
            readings=self.accepted_at(claim) or None,
            parts=tuple(bodies.PartBody(**asdict(each)) for each in proposal.parts) or None,
            as_of=proposal.as_of or None,
            omitted=more.omitted.strip() or None,
            would_change=more.would_change.strip() or None,
            basis=more.basis or None,
        )

    def _captured_at(self, capture: str) -> int:
        return self.look(capture).seq if capture else 0
