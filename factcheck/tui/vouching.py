"""Vouching on the screen: decisions are signed behind the cursor, keys are handed in, an auditor witnesses and objects."""

from collections.abc import Callable
from pathlib import Path

from factcheck.case import Case
from factcheck.errors import Usage
from factcheck.events import SIGNABLE, Event
from factcheck.files import read_document
from factcheck.tui.attaching import beside
from factcheck.tui.desk import Desk
from factcheck.tui.question import Answers, Choice, Question, Words

QUIET = 2.0
"""Seconds after the last decision until it is signed: several in a row take one signature."""


class Vouching(Desk):
    """A desk that signs: a decision is durable at the key press, and never waits for the key that signs it."""

    bare: tuple[str, ...] = ()

    def perform(self, act: Callable[[], object]) -> bool:
        """One call through the door; what it recorded unsigned is signed a moment later."""
        done = super().perform(act)
        fresh = [each.id for each in self.case.recorded if _wants_signature(each, self.case.by)]
        if done and fresh and self.case.can_sign:
            self.bare += tuple(fresh)
            beside(self, self._sign, self._signed, group="sign", calm=QUIET, otherwise=self._not_signed)
        return done

    def _sign(self, case: Case) -> tuple[Event, ...]:
        """In a thread, by a case of its own: sign what this session recorded."""
        return case.sign(only=self.bare)

    def _signed(self, events: tuple[Event, ...]) -> None:
        now = {each.id for event in events for each in getattr(event.body, "decisions", ())}
        self.bare = tuple(each for each in self.bare if each not in now)
        if self.catch_up():
            self.read_at = self.case.head.size
            self.soon()

    def _not_signed(self, error: Exception) -> None:
        """It is said once; the next decision tries again, and so does the end of the session."""
        self.remark(str(error), "warn")


def _wants_signature(event: Event, by: str) -> bool:
    return event.kind.startswith(SIGNABLE) and event.by == by and not event.sig


def sign(desk: Desk) -> None:
    """N: sign all of one's own that bears no signature yet."""
    desk.remark(desk.say("tui.signing"), "dim")

    def signed(events: tuple[Event, ...]) -> None:
        desk.catch_up()
        number = sum(len(getattr(each.body, "decisions", ())) for each in events)
        desk.remark(desk.count("tui.signed_now", number) if number else desk.say("cli.nothing_to_sign"))
        desk.look_again()

    beside(desk, lambda case: case.sign(), signed, group="sign")


def asked(desk: Desk, wanted: str, again: Callable[[], None]) -> None:
    """What the auditor's sheet ended with."""
    {"witness": witness, "object": object_to, "forget": forget}[wanted](desk, again)


def ask_key(desk: Desk, again: Callable[[], None]) -> None:
    """Whose key, and the file of its public half."""

    def submit(answers: Answers) -> bool:
        def act() -> object:
            file = Path(answers["file"].strip()).expanduser()
            if not answers["file"].strip():
                raise Usage("this is no public key.", remedy="give the file that ends in .pub")
            key = read_document(file).decode("utf-8", "replace")
            return desk.case.add_signer(answers["name"].strip() or desk.case.by, key)

        return _then(desk, act, again)

    blanks = (
        Words("file", desk.say("tui.file"), hint="~/.ssh/id_ed25519.pub"),
        Words("name", desk.say("tui.name"), desk.case.by),
    )
    desk.ask(Question("signer", desk.say("action.members_key"), blanks, submit))


def witness(desk: Desk, again: Callable[[], None]) -> None:
    """w: one has seen the ledger as it is now; where the receipt is kept."""

    def submit(answers: Answers) -> bool:
        return _then(desk, lambda: desk.case.witness(note=answers["note"]), again)

    title = desk.say("tui.witness", size=desk.case.head.size, root=desk.case.head.root[:16])
    desk.ask(Question("witness", title, (Words("note", desk.say("tui.witness_note")),), submit))


def object_to(desk: Desk, again: Callable[[], None]) -> None:
    """o: what is wrong with the open claim, or with the whole case."""
    claim = desk.claim.id if desk.claim else ""

    def submit(answers: Answers) -> bool:
        return _then(desk, lambda: desk.case.raise_objection(answers["about"], answers["text"]), again)

    ways = tuple(
        (each, each if each != "case" else desk.say("tui.whole_case")) for each in (claim, "case") if each
    )
    blanks = (Words("text", desk.say("tui.objection")), Choice("about", desk.say("tui.about"), ways))
    desk.ask(Question("objection", desk.say("action.audit_object"), blanks, submit))


def forget(desk: Desk, again: Callable[[], None]) -> None:
    """f: this desk forgets what it has seen of the case."""

    def submit(_answers: Answers) -> bool:
        return _then(desk, desk.case.forget_head, again)

    sure = Choice("sure", "", (("yes", desk.say("tui.do_it")),), 0)
    desk.ask(Question("forget", desk.say("tui.forget"), (sure,), submit, instant=True))


def _then(desk: Desk, act: Callable[[], object], again: Callable[[], None]) -> bool:
    done = desk.perform(act)
    if done:
        desk.call_after_refresh(again)
    return done
