"""Vouching on the screen: decisions are signed behind the cursor, keys are handed in, an auditor witnesses and objects."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from textual.timer import Timer

from factcheck.case import Case
from factcheck.case.recording import wants_signature
from factcheck.errors import Usage
from factcheck.events import Event
from factcheck.files import read_document
from factcheck.labels import reworded
from factcheck.tui.attaching import beside
from factcheck.tui.desk import Desk
from factcheck.tui.question import Answers, Choice, Question, Words
from factcheck.tui.telling import told

QUIET = 2.0
"""Seconds without a key until what was decided is signed: several decisions in a row take one signature."""


class Vouching(Desk):
    """A desk that signs: a decision is durable at the key press, and never waits for the key that signs it."""

    counted = ""
    """Whose `unsigned` acts are known."""
    calm: Timer | None = None
    drawn = True
    """False where nobody sees the screen: who listens comes back to a claim, not to a pane or a sheet, and waits for no
    signature; what they recorded is signed when they leave."""

    def perform(self, act: Callable[[], object]) -> bool:
        """One call through the door; what it recorded unsigned is signed a moment later."""
        done = super().perform(act)
        bare = {each.id for each in self.case.recorded if wants_signature(each)}
        if done and bare & self._deferred(self.case.by) and self.drawn:
            self.calm = self.calm or self.set_timer(QUIET, self._sign_deferred)
        elif done and bare and self.case.info.keys_of(self.case.by):
            self.unsigned |= bare
        return done

    def put_off(self) -> None:
        """A key was pressed: what waits for quiet waits anew."""
        if self.calm is not None:
            self.calm.stop()
            self.calm = self.set_timer(QUIET, self._sign_deferred)

    def _deferred(self, who: str) -> set[str]:
        """What this person has recorded here and signs later."""
        return {each.id for each in self.case.deferred if each.by == who}

    def _sign_deferred(self) -> None:
        """In a thread, by a case of its own: sign what was recorded here, unless somebody has done so by now."""
        self.calm, who = None, self.counted
        if these := self._deferred(who):
            beside(
                self,
                lambda case: case.sign(only=tuple(these), by=who),
                self.signed,
                group="sign",
                otherwise=partial(self._not_signed, who),
            )

    def signed(self, events: tuple[Event, ...]) -> None:
        """What these events sign waits no longer."""
        now = {each.id for event in events for each in getattr(event.body, "decisions", ())}
        self.case.deferred = tuple(each for each in self.case.deferred if each.id not in now)
        self.unsigned -= now
        self.took(events)

    def _not_signed(self, who: str, error: Exception) -> None:
        """It is said once; the next decision tries again, and so does the end of the session."""
        if who == self.case.by:
            self.unsigned |= self._deferred(who)
        self.remark(reworded(getattr(error, "what", str(error)), self.lang), "warn")
        self.soon()

    def took(self, events: tuple[Event, ...]) -> None:
        """Lines of one's own came from a thread: the list is not read anew for them."""
        self.read_at += len(events)
        if self.box.question is None:
            self.catch_up()
        self.soon()

    def count_unsigned(self) -> None:
        """Whoever sits here now: which acts of theirs bear no signature, if they have a key; who left has theirs signed."""
        if self.calm is not None:
            self.calm.stop()
            self._sign_deferred()
        self.counted, self.unsigned = self.case.by, frozenset()

        def found(events: tuple[Event, ...]) -> None:
            self.unsigned |= {each.id for each in events} - self._deferred(self.counted)
            self.soon()

        if self.case.info.keys_of(self.case.by) and not self.as_of:
            beside(self, lambda case: case.unsigned(), found, group="unsigned")

    def _lay_feet(self) -> None:
        if self.counted != self.case.by:
            self.count_unsigned()
        super()._lay_feet()


def sign(desk: Vouching) -> None:
    """N: sign all of one's own that bears no signature yet."""
    desk.remark(desk.say("tui.signing"), "dim")

    def signed(events: tuple[Event, ...]) -> None:
        desk.signed(events)
        number = sum(len(getattr(each.body, "decisions", ())) for each in events)
        desk.remark(desk.count("tui.signed_now", number) if number else desk.say("cli.nothing_to_sign"))

    beside(desk, lambda case: case.sign(), signed, group="sign")


def vouched(
    desk: Vouching,
    act: Callable[[Case], tuple[Event, ...]],
    again: Callable[[], None],
    draft: str = "",
    answers: Answers | None = None,
) -> bool:
    """Change keys in a thread, for a key may wait for a finger; then the sheet comes back, or the words are kept."""

    def done(events: tuple[Event, ...]) -> None:
        desk.took(events)
        desk.count_unsigned()
        desk.remark(told(events, desk.case.scale, desk.lang))
        if desk.app.screen is desk and desk.box.question is None:  # else one has gone on meanwhile
            again()

    def refused(error: Exception) -> None:
        desk.drafts.keep(draft, answers or {})
        desk.complain(error)

    desk.remark(desk.say("tui.signing"), "dim")
    beside(desk, act, done, group="keys", otherwise=refused)
    return True


def asked(desk: Vouching, wanted: str, again: Callable[[], None]) -> None:
    """What the auditor's sheet ended with."""
    {"witness": witness, "object": object_to, "forget": forget}[wanted](desk, again)


def ask_key(desk: Vouching, again: Callable[[], None]) -> None:
    """Whose key, and the file of its public half."""
    draft = "case.signer"

    def submit(answers: Answers) -> bool:
        name, file = answers["name"].strip() or desk.case.by, answers["file"].strip()
        return vouched(desk, lambda case: case.add_signer(name, _key_in(file)), again, draft, answers)

    blanks = (
        Words("file", desk.say("tui.file"), hint="~/.ssh/id_ed25519.pub"),
        Words("name", desk.say("tui.name"), desk.case.by),
    )
    desk.ask(Question("signer", desk.say("action.members_key"), blanks, submit, draft=draft))


def _key_in(file: str) -> str:
    if not file:
        raise Usage("this is no public key.", remedy="give the file that ends in .pub")
    return read_document(Path(file).expanduser()).decode("utf-8", "replace")


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
