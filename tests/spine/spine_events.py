"""Events made by hand, so that the spine is tested without the door above it."""

from datetime import UTC, datetime

from factcheck.events import Event, Ref, bodies, capturing, snapshots
from factcheck.model import Checkable, ClaimType, Stance

MOMENT = datetime(2024, 2, 26, 9, 30, tzinfo=UTC)
QUOTE = "蒋璐转投 TikTok"


class Maker:
    """Gives each event the next id, time and versions, as the door does."""

    def __init__(self) -> None:
        self.versions: dict[str, int] = {}
        self.made = 0

    def __call__(
        self, kind: str, subject: str, body, *, by: str = "reviewer-1", also: tuple[str, ...] = ()
    ) -> Event:
        self.made += 1
        for name in (subject, *also):
            self.versions[name] = self.versions.get(name, 0) + 1
        return Event(
            seq=self.made,
            id=f"018dd3a0-0000-7000-8000-{self.made:012d}",
            time=f"2024-02-26T09:30:00.{self.made % 1000:03d}Z",
            by=by,
            kind=kind,
            subject=subject,
            version=self.versions[subject],
            also=tuple(Ref(subject=name, version=self.versions[name]) for name in also),
            body=body,
        )

    def case(self, **policy) -> Event:
        rules = {
            "second_signature": True,
            "blind": False,
            "evidence_for_rated": True,
            "min_origins": 1,
            "signatures": False,
        }
        body = bodies.CaseCreated(
            name="call", solo=False, origin="factcheck/test", policy=bodies.PolicyBody(**rules | policy)
        )
        return self("case.created", "case", body)

    def note(self, text: str = "一 note") -> Event:
        return self("note.added", "C1", bodies.NoteAdded(text=text))

    def added(self, claim: str, *, quote: str = QUOTE, start: int = 0, statement: str = "") -> Event:
        return self("claim.added", claim, bodies.ClaimAdded(claim=claim_body(quote, start, statement)))

    def attached(self, claim: str, evidence: str, *, url: str = "https://example.org/a") -> Event:
        body = capturing.EvidenceBody(
            id=evidence, stance=Stance.SUPPORTS, url=url, by="reviewer-1", time="2024-02-26T09:30:00.000Z"
        )
        return self("evidence.attached", claim, bodies.EvidenceAttached(evidence=body), also=(evidence,))

    def verdict(self, claim: str, rating: str = "supported", *, by: str = "reviewer-1", evidence=()) -> Event:
        return self("verdict.recorded", claim, verdict_body(rating, evidence), by=by)

    def undone(self, event: Event, *, kind: str = "event.undone") -> Event:
        also = tuple(ref.subject for ref in event.also)
        return self(kind, event.subject, bodies.EventUndone(id=event.id), by=event.by, also=also)


def claim_body(quote: str = QUOTE, start: int = 0, statement: str = "") -> snapshots.ClaimBody:
    mention = snapshots.MentionBody(source="S1", start=start, end=start + len(quote), quote=quote)
    return snapshots.ClaimBody(
        statement=statement or quote,
        type=ClaimType.PERSONNEL_MOVE,
        checkable=Checkable.YES,
        priority=700,
        mentions=(mention,),
    )


def verdict_body(rating: str = "supported", evidence=()) -> bodies.VerdictRecorded:
    return bodies.VerdictRecorded(
        rating=rating,
        because="Its own page says so.",
        evidence=tuple(capturing.ReliedOn(evidence=each) for each in evidence),
        statement=QUOTE,
        mentions=1,
        scale="factcheck",
        scale_version=1,
    )
