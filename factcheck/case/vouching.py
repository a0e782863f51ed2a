"""Vouching for the trail: whose key is whose, signing afterwards, and what an auditor saw or objects to."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from factcheck.case.desk import Desk, Draft, checked_name
from factcheck.case.recording import wants_signature
from factcheck.case.remembering import recall_head, seen_file
from factcheck.errors import Conflict, NotFound, Refused, Usage
from factcheck.events import SIGNABLE, Event, Head, trust
from factcheck.ledger.checkpoint import Checkpoint
from factcheck.model import is_day, same_person, says_something, signers_right

if TYPE_CHECKING:
    from factcheck.signing.keys import PublicKey


class Vouching(Desk):
    """Keys, signatures, witnesses, objections: what makes a trail worth believing to somebody who was not there."""

    def add_signer(
        self,
        name: str,
        key: str,
        *,
        valid_after: str = "",
        valid_before: str = "",
        by: str | None = None,
        at: int | None = None,
        id: str = "",
    ) -> tuple[Event, ...]:
        """Say that `name` signs with this public key (a line of a .pub file), from one moment to another; "" is open.

        Whoever has, or had, a key here gets another one only by an act that is signed: else whoever can write to
        the folder could sign as them. Where signatures are demanded, a first key too.
        """
        public, who = _public_key(key), checked_name(name)
        person = self._person(by, signers_right(who, by or self.by))
        body = trust.SignerAdded(
            name=who,
            key=public.to_line(),
            valid_after=_moment(valid_after),
            valid_before=_moment(valid_before),
        )

        def build() -> list[Draft]:
            same = [each for each in self.info.signers if each.key == body.key]
            if same:
                words = "was revoked here" if same[0].revoked else f"is {same[0].name}'s here already"
                raise Refused(
                    f"this key {words}.", where=who, seen=public.fingerprint, remedy="use another key"
                )
            twins = [s.name for s in self.info.signers if s.name != who and same_person(s.name, who)]
            if twins:
                raise Refused(f"{who} reads like {twins[0]}.", where=who, remedy="use another name")
            self._refuse_unvouched(who, person)
            return [Draft("signer.added", "case", body)]

        alone, right = self.info.may_bring_key(who), signers_right(who, person)
        return self._commit(build, by=person, act=right, on=("case",), at=at, id=id, vouched=not alone)

    def revoke_signer(
        self, name: str, key: str = "", *, by: str | None = None, at: int | None = None, id: str = ""
    ) -> tuple[Event, ...]:
        """End the use of a key, which may go unnamed when it is the only one; what it signed before stays."""
        person = self._person(by, signers_right(name, by or self.by))
        wanted = _public_key(key).to_line() if key else ""

        def build() -> list[Draft]:
            found = [each for each in self.info.keys_of(name) if wanted in {"", each.key}]
            if not found:
                raise NotFound(
                    f"{name} has no such key here.", where=name, remedy="factcheck signers lists them"
                )
            if len(found) > 1:
                raise Usage(
                    f"{name} has {len(found)} keys here.", where=name, remedy="name one: its .pub file"
                )
            self._refuse_unvouched(name, person)
            return [Draft("signer.revoked", "case", trust.SignerRevoked(name=name, key=found[0].key))]

        right = signers_right(name, person)
        return self._commit(build, by=person, act=right, on=("case",), at=at, id=id, vouched=True)

    def _refuse_unvouched(self, name: str, person: str) -> None:
        signs = bool(self._sign and self.info.keys_of(person))
        if self.info.policy.signatures and not signs:
            raise Refused(
                "this case demands signatures; a key comes from somebody who signs here.",
                where=name,
                remedy="let a lead who has a key add it: factcheck signers add FILE.pub --name NAME",
            )
        if self.info.had_key(name) and not signs:
            raise Refused(
                f"{name} has had a key here; only an act that is signed changes their keys.",
                where=name,
                remedy="set FACTCHECK_KEY to a key that is known here, one's own or a lead's",
            )

    def add_desk(self, name: str = "", *, by: str | None = None, id: str = "") -> tuple[Event, ...]:
        """Announce the key of this desk, made when there is none yet; it signs the checkpoints from then on."""
        person = self._person(by, "note")
        body = self._desk_body(checked_name(name or person), self.info.origin)

        def build() -> list[Draft]:
            known = [each for each in self.info.desks if each.key == body.key]
            if known:
                raise Refused(
                    "this desk is announced here already.",
                    where=known[0].name,
                    remedy="nothing is left to do",
                )
            return [Draft("desk.added", "case", body)]

        return self._commit(build, by=person, act="note", id=id)

    def unsigned(self, *, by: str | None = None) -> tuple[Event, ...]:
        """One's own acts that could bear a signature and bear none, in order."""
        return tuple(self._unsigned(by or self.by))

    def _unsigned(self, person: str) -> Iterator[Event]:
        own = [each for each in self._index.events(by=person) if each.kind.startswith(SIGNABLE)]
        later = {s.id for e in own if isinstance(e.body, trust.DecisionsSigned) for s in e.body.decisions}
        return (each for each in own if wants_signature(each) and each.id not in later)

    def sign(self, *, only: Sequence[str] = (), by: str | None = None, id: str = "") -> tuple[Event, ...]:
        """Sign one's own acts that bear no signature yet (`only` these event ids): one act that names them all."""
        person, wanted = self._person(by, "note"), frozenset(only)
        if self._sign is None or not self.info.keys_of(person):
            raise Refused(
                f"{person} has no key to sign with here.",
                where=self.info.name,
                remedy="factcheck signers add FILE.pub, and FACTCHECK_KEY=FILE",
            )

        def build() -> list[Draft]:
            found = [each for each in self._unsigned(person) if not wanted or each.id in wanted]
            if not found:
                return []
            signed = tuple(trust.Signed(id=each.id, subject=each.subject) for each in found)
            return [Draft("decisions.signed", "case", trust.DecisionsSigned(decisions=signed))]

        return self._commit(build, by=person, act="note", id=id, vouched=True)

    def witness(
        self, receipt: str = "", *, note: str = "", by: str | None = None, id: str = ""
    ) -> tuple[Event, ...]:
        """Say that one has seen a checkpoint of this ledger: the one in `receipt`, else how it is now.

        Conflict when this ledger does not continue what the receipt says.
        """
        person = self._person(by, "note")
        seen = Checkpoint.from_text(receipt, where="the receipt") if receipt else None

        def build() -> list[Draft]:
            head = self._head_of(seen) if seen else self.head
            body = trust.CheckpointWitnessed(size=head.size, root=head.root, note=note.strip())
            return [Draft("checkpoint.witnessed", "case", body)]

        return self._commit(build, by=person, act="note", id=id)

    def _head_of(self, receipt: Checkpoint) -> Head:
        from factcheck.audit.trail import Trail

        found = Trail(self.folder).heads({receipt.head.size}).get(receipt.head.size)
        if receipt.origin != self.info.origin or found != receipt.head:
            raise Conflict(
                "this ledger does not continue what the receipt says.",
                where=str(self._ledger.path),
                seen=f"{receipt.head.size} lines of {receipt.origin}",
                remedy="factcheck audit --since RECEIPT shows it; keep the receipt",
            )
        return receipt.head

    def raise_objection(
        self, subject: str, text: str, *, by: str | None = None, id: str = ""
    ) -> tuple[Event, ...]:
        """Object to a claim, a source, evidence, an export or the whole case; every export says it from then on."""
        person = self._person(by, "note")
        if not says_something(text):
            raise Usage(
                "an objection needs words.", where=subject, remedy="say what is wrong, and where it shows"
            )

        def build() -> list[Draft]:
            if subject != "case":
                self.look(subject)
            return [Draft("objection.raised", subject, trust.ObjectionRaised(text=text))]

        return self._commit(build, by=person, act="note", id=id)

    def forget_head(self) -> str:
        """Forget what this desk has seen of this case, so that another ledger in its place is taken; gives the receipt."""
        seen = recall_head(seen_file(self._private, self.folder)) if self._private else None
        if seen is None:
            raise NotFound("this desk remembers nothing of this case.", where=str(self.folder))
        self._forget_head()
        return seen.checkpoint.to_text()


def _public_key(text: str) -> "PublicKey":
    from factcheck.signing.keys import PublicKey

    try:
        return PublicKey.from_line(text)
    except ValueError as error:
        raise Usage(
            "this is no public key of OpenSSH.",
            seen=str(error),
            remedy="give the file that ends in .pub; ssh-keygen -t ed25519 makes a pair",
        ) from error


def _moment(day: str) -> str:
    """The beginning of a day, in UTC, as the ledger writes a moment; "" stays open."""
    if day and not is_day(day):
        raise Usage("this is no day of the calendar.", seen=ascii(day[:60]), remedy="write it as 2024-02-26")
    return f"{day}T00:00:00.000Z" if day else ""
