"""Signatures on events: made by a key that its author had here at that moment, over all that is theirs in the line."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from factcheck.audit.sheet import RESTORE, UNDESKED, Sheet
from factcheck.audit.trail import Moment, Trail, Watch, original
from factcheck.events import SIGNABLE, Event, trust
from factcheck.events.adopting import EventAdopted
from factcheck.model import CaseInfo, same_person
from factcheck.model import Signer as Known
from factcheck.signing.allowed import Signer, to_text
from factcheck.signing.keys import PublicKey
from factcheck.signing.sshsig import Outcome, check
from factcheck.state import State

_TOO_LATE = "adopted when their key counted no more: who had it may have signed later than they say"
_SIGN = "let its author sign it: factcheck sign"


class Standing(StrEnum):
    """What a signature is worth: good, bad, unchecked (no tool for it here), or none where there is none."""

    GOOD = "good"
    BAD = "bad"
    UNCHECKED = "unchecked"
    NONE = "none"


class Signatures(Watch):
    """Each signature is good; who must sign here did; acts signed afterwards are their author's own."""

    def __init__(self, trail: Trail, sheet: Sheet) -> None:
        super().__init__(trail, sheet)
        self.bare = _Bare()
        self.unchecked: Counter[str] = Counter()
        self.latest = ""
        self.covered = 0
        self.alone: list[int] = []
        self.came: dict[str, CaseInfo] = {}

    def see(self, at: Moment) -> None:
        """Check the signature of one event on the case as it was."""
        info = at.state.info()
        standing, why = standing_of(at.event, info, self.latest)
        self.latest = max(self.latest, at.event.time)
        self.sheet.checked += standing is not Standing.NONE
        self.unchecked[why] += standing is Standing.UNCHECKED
        if standing is not Standing.GOOD:
            self.alone.append(at.event.seq)
        elif at.event.tree:
            self.covered = max(self.covered, at.event.tree.size)
        if standing is Standing.BAD:
            self.sheet.found(at.entry.where, why, RESTORE)
        for seen in (
            *_signed_later(at.event, at.state.by_id, complete=self.trail.complete),
            *_unvouched(at.event, info),
        ):
            self.sheet.found(at.entry.where, seen, UNDESKED)
        act = self.trail.act(at.entry) if isinstance(at.event.body, EventAdopted) else at.event
        if act is not None:
            self.bare.take(act, info, at.entry.where)
        if act is not None and act is not at.event:
            self.came[act.id] = info

    def meet(self, at: Moment) -> None:
        """Check the signature on the original bytes of an adopted act, among the acts of all desks."""
        if at.event.as_written is at.event:
            return
        here = self.came.get(at.event.id, CaseInfo())
        standing, why = standing_of(original(at.event), at.state.info(), "")
        self.sheet.checked += standing is not Standing.NONE
        self.unchecked[why] += standing is Standing.UNCHECKED
        self.unchecked[_TOO_LATE] += standing is Standing.GOOD and _ended(why, at.event.as_written, here)
        for seen in brought_faults(at.event, at.state, here, complete=self.trail.complete):
            self.sheet.found(at.entry.where, seen, UNDESKED)

    def end(self) -> None:
        """Say which acts bear no signature, and which signatures could not be checked."""
        self.bare.tell(self.sheet)
        if self.covered and (behind := sum(seq > self.covered for seq in self.alone)):
            self.sheet.note(
                f"{behind} lines stand behind what the last signature covers: "
                "whoever can write here may have put them there, under any name"
            )
        for why, number in (+self.unchecked).items():
            self.sheet.could_not(f"{number} signatures were not checked: {why}")


@dataclass(slots=True)
class _Bare:
    """Acts that could bear a signature and bear none: by event id, where, where one was demanded."""

    demanded: dict[str, str] = field(default_factory=dict)
    able: set[str] = field(default_factory=set)
    keyless: set[str] = field(default_factory=set)

    def take(self, event: Event, info: CaseInfo, where: str) -> None:
        """Note an act; one that its author signs later is taken off again."""
        if isinstance(event.body, trust.DecisionsSigned) and event.sig:
            for each in event.body.decisions:
                self.demanded.pop(each.id, None)
                self.able.discard(each.id)
                self.keyless.discard(each.id)
        if event.sig or not event.kind.startswith(SIGNABLE):
            return
        if info.policy.signatures:
            self.demanded[event.id] = where
        elif info.keys_of(event.by):
            self.able.add(event.id)
        else:
            self.keyless.add(event.id)

    def tell(self, sheet: Sheet) -> None:
        """A finding for each that was demanded; the others are counted, and never called good."""
        for where in self.demanded.values():
            sheet.found(where, "it bears no signature, and this desk demanded one by then", _SIGN)
        if self.able:
            sheet.could_not(f"{len(self.able)} acts of people who had a key here bear no signature")
        if self.keyless and not sheet.checked:
            sheet.skip("nothing here is signed: each name is what somebody typed in")
        elif self.keyless:
            sheet.could_not(
                f"{len(self.keyless)} acts bear no signature: each name is what somebody typed in"
            )


def standing_of(event: Event, info: CaseInfo, latest: str) -> tuple[Standing, str]:
    """What the signature of an event is worth on the case as it was before it, and why.

    `latest` is the last moment that a line before it tells of: it was not recorded earlier, whatever it says itself.
    """
    if not event.sig:
        return Standing.NONE, "it bears no signature"
    found = check(event.sig, event.signed_bytes())
    if found.outcome is Outcome.BAD or found.key is None:
        return Standing.BAD, f"its signature is not good: {found.why}"
    if why := _whose(found.key, event, info, latest):
        return Standing.BAD, why
    if found.outcome is Outcome.UNCHECKED:
        return Standing.UNCHECKED, found.why
    return Standing.GOOD, found.key.fingerprint


def brought_faults(act: Event, state: State, here: CaseInfo, *, complete: bool = True) -> Iterator[str]:
    """What is wrong with how an adopted act is vouched for, with the state before it among the acts of all desks.

    `here` is the case as it was when the act came in: whoever had a key here by then gets none by an act that
    stands alone, whatever time it tells.
    """
    standing, why = standing_of(original(act), state.info(), "")
    if standing is Standing.BAD:
        yield why
    yield from _signed_later(act, state.by_id, complete=complete)
    body = act.body
    if isinstance(body, trust.SignerAdded):
        others = [each for each in here.signers if each.name != body.name]
        twins = [each.name for each in others if each.key == body.key or same_person(each.name, body.name)]
        yield from (
            f"{body.name!r} or this key is not told from {twin!r}, who has one here" for twin in twins
        )
    if not isinstance(body, trust.SignerAdded | trust.SignerRevoked) or not _stands_alone(act, body):
        return
    same = isinstance(body, trust.SignerAdded) and (body.name, body.key) in {
        (each.name, each.key) for each in here.signers
    }
    if here.had_key(body.name) and not same:
        yield "it changes the keys of somebody who had one here, without a signature that counts here"
    elif act.sig and here.policy.signatures and not same:
        yield "it brings a first key by itself, and this desk demanded signatures by then"


def _stands_alone(act: Event, body: trust.SignerAdded | trust.SignerRevoked) -> bool:
    """True for a change of keys that no other key vouches for."""
    said = original(act)
    key = check(said.sig, said.signed_bytes()).key if said.sig else None
    return key is None or key.to_line() == body.key


def _ended(fingerprint: str, brought: Event, here: CaseInfo) -> bool:
    """Whether the key of a good signature counted no more when the line came in: its own time is only said."""
    found = [each for each in here.signers if _fingerprint(each.key) == fingerprint]
    return any(each.revoked or not each.counts_at(brought.time) for each in found)


def _fingerprint(key: str) -> str:
    try:
        return PublicKey.from_line(key).fingerprint
    except ValueError:
        return ""  # the check of the states names it


def _whose(key: PublicKey, event: Event, info: CaseInfo, latest: str) -> str:
    """What is wrong with this key under this event; "" when it was its author's at that moment."""
    line, made = key.to_line(), f"it was signed with {key.fingerprint}"
    body = event.body
    if isinstance(body, trust.SignerAdded) and (body.key, body.name) == (line, event.by):
        return "" if info.may_bring_key(event.by) else f"{made}, the very key that it adds"
    known = next((each for each in info.signers if each.key == line), None)
    if known is None:
        return f"{made}, which is nobody's here"
    if known.name != event.by:
        return f"{made}, which is {known.name!r}'s, not {event.by!r}'s"
    if known.revoked:
        return f"{made}, which had been revoked"
    moments = (event.time, max(event.time, latest))
    return next(
        (f"{made}, which is not valid at {each}" for each in moments if not known.counts_at(each)), ""
    )


def _signed_later(event: Event, before: dict[str, Event], *, complete: bool) -> Iterator[str]:
    """Acts that are signed afterwards are one's own, bare until then, and covered by the head that is named."""
    if not isinstance(event.body, trust.DecisionsSigned):
        return
    if not event.sig:
        yield "it signs earlier acts, and bears no signature itself"
    for each in event.body.decisions:
        act = before.get(each.id)
        if act is None and not complete:
            continue  # withheld: a subset holds what was signed about its claims only
        if act is None or not act.kind.startswith(SIGNABLE) or act.subject != each.subject:
            yield f"it signs {each.id!r} on {each.subject}, which is no such act"
        elif act.by != event.by:
            yield f"it signs {act.kind} of {act.by!r}"
        elif act.sig:
            yield f"it signs {act.kind} of {act.time}, which was signed already"
        elif event.as_written is event and event.tree and event.tree.size < act.seq:
            yield f"it signs {act.kind} of {act.time}, which the head that it names does not cover"


def _unvouched(event: Event, info: CaseInfo) -> Iterator[str]:
    """Whoever has, or had, a key here gets or loses one only by an act that is signed."""
    changes = isinstance(event.body, trust.SignerAdded | trust.SignerRevoked) and info.had_key(
        event.body.name
    )
    if changes and not event.sig:
        yield "it changes the keys of somebody who had one here, without a signature"


def allowed_signers(info: CaseInfo) -> str:
    """Who signs here, as OpenSSH's allowed_signers; keys that were revoked, or are none, are left out."""
    return "".join(_allowed(each) for each in info.signers if not each.revoked)


def _allowed(signer: Known) -> str:
    try:
        key = PublicKey.from_line(signer.key)
        return to_text([Signer(signer.name, key, signer.valid_after, signer.valid_before)])
    except ValueError:
        return ""  # nobody here wrote such a line; the check of the states names it
