"""The review screen: every key leads to an action of the registry, every action to one function."""

from collections.abc import Callable

from textual import events

from factcheck.actions import about_a_claim, action
from factcheck.errors import FactcheckError, NotFound
from factcheck.model import OPEN_STATES, Mention, too_long
from factcheck.tui import attaching, documents, judging, looks, moving, sharing, showing, triage, weighing
from factcheck.tui.announcing import Announcing
from factcheck.tui.arriving import Arriving
from factcheck.tui.box import Box
from factcheck.tui.calculating import calculate
from factcheck.tui.correcting import correct
from factcheck.tui.extracting import extract
from factcheck.tui.filtering import filter_list, read_beside
from factcheck.tui.footer import empty_key
from factcheck.tui.introducing import introduce
from factcheck.tui.keys import folded, pass_on
from factcheck.tui.members import change
from factcheck.tui.others import listen, look_around
from factcheck.tui.place import Place, kept, recalled, where
from factcheck.tui.relating import relate
from factcheck.tui.sheets import PASSING, SHEETS, sheet_of
from factcheck.tui.source import SourcePane
from factcheck.tui.telling import told_of
from factcheck.tui.vouching import Vouching, asked, sign

POLL = 1.0
"""Seconds until other people's events are seen."""
SAVED_WITHIN = 0.5
"""Seconds after a key until the words that it belongs to are on the disk."""

HANDLERS: dict[str, Callable[[Vouching], None]] = {
    "accept": triage.accept,
    "dismiss": triage.dismiss,
    "merge": triage.merge,
    "split": triage.split,
    "reword": triage.reword,
    "retype": triage.retype,
    "add": triage.add,
    "mark": triage.mark,
    "rate": judging.rate,
    "later": judging.later,
    "confirm": judging.confirm,
    "dispute": judging.dispute,
    "settle": judging.settle,
    "correct": correct,
    "reopen": judging.reopen,
    "undo": judging.undo,
    "redo": judging.redo,
    "evidence": attaching.evidence,
    "withdraw": showing.withdraw,
    "grade": weighing.grade,
    "origins": weighing.origins,
    "reanchor": weighing.reanchor,
    "recheck": weighing.recheck,
    "corroborate": weighing.corroborate,
    "withhold": weighing.withhold,
    "open": showing.open_link,
    "copy": showing.copy,
    "comment": showing.comment,
    "relate": relate,
    "calculate": calculate,
    "extract": extract,
    "assign": sharing.assign,
    "ask": sharing.ask,
    "answer": sharing.answer,
    "due": sharing.due,
    "ingest": documents.ingest,
    "date": documents.date,
    "propose": documents.propose,
    "sign": sign,
    "next": moving.next_open,
    "previous": moving.previous_open,
    "down": moving.down,
    "up": moving.up,
    "page_down": moving.page_down,
    "page_up": moving.page_up,
    "first": moving.first,
    "last": moving.last,
    "pane": moving.pane,
    "mention": moving.mention,
    "jump": moving.jump,
    "filter": filter_list,
    "zoom": moving.zoom,
    "theme": looks.theme,
    "person": moving.person,
}


class Review(Announcing):
    """Where a reviewer works."""

    sheet = ""
    saving = False
    kept = Place()

    def on_mount(self) -> None:
        self.box.close()
        self.clear_notice()
        self.begin()

    def begin(self) -> None:
        """Go to work where this person left it."""
        if not self._come_back():
            self.reload()
            if self.claim and not self.waits(self.claim, OPEN_STATES):
                self.advance()
        self.guide.shown = self.case.info.example
        self.set_interval(POLL, self.poll)
        listen(self, self.poll)
        if not self.case.by:
            moving.introduce(self, lambda: None)

    def _come_back(self) -> bool:
        """Go to where this person left; False when that claim is in no list any more, or nothing is known."""
        place = self.kept = recalled(self.case.place_file)
        if not self.case.holds(place.query, place.claim):
            return False
        self.query_now = place.query
        self.reload(place.claim)
        if self.drawn:
            self.pane = "queue" if self.narrow else place.pane
            self.set_class(place.zoom, "-zoom")
            if place.sheet in SHEETS:
                self.call_after_refresh(self._lay, place.sheet)
        return True

    def bring(self, numbers: Arriving) -> None:
        read_beside(self, numbers)

    def _keep_place(self) -> None:
        """Write down where this person is, when that is another place than before."""
        here = where(self, self.sheet)
        if here != self.kept:
            self.kept = here
            kept(self.case.place_file, here)

    def on_unmount(self) -> None:
        self.drafts.save()
        if not self.as_of:
            self.case.let_go()
            self._keep_place()

    def poll(self) -> None:
        """Take in what others did, unless somebody is writing; tell them which claim is open here."""
        self.case.keep_work()
        self._keep_place()
        narrowing = self.box.question is not None and self.box.question.live is not None
        if self.claim and self.claim.id != self.held and not narrowing:  # a search would hold the lease up
            self.held = self.claim.id if self.case.hold(self.claim.id) else ""
        if not narrowing:
            look_around(self)
        idle = self.box.question is None and self.app.screen is self
        if self.case.unsure and self.catch_up():
            self._take_what_arrived()
        # The index is shared: another desk may have read it first.
        if idle and self.catch_up() and self.case.head.size != self.read_at:
            moving.keep_up(self)

    def _take_what_arrived(self) -> None:
        """What was sent before the connection broke is recorded after all: the box that asked for it is done."""
        if sent := self.case.arrived():
            self.box.taken()
            self.clear_notice()
            self.remark(told_of(self.case, [sent], self.claim, self.lang, self.say))
            self.look_again()

    def on_resize(self) -> None:
        if not self.narrow:
            self.overlay = ""
        self.front()

    def on_source_pane_reshaped(self, _event: SourcePane.Reshaped) -> None:
        self.lay_out()

    # -- keys --------------------------------------------------------------------------------------

    def take_key(self, event: events.Key) -> None:
        """Take a key; one that was typed ahead belongs to the box or the sheet that the key before it has opened."""
        if self.box.question is not None:
            self.box.on_key(event)
            return
        event.stop()
        event.prevent_default()
        if self.app.screen is not self:
            pass_on(self.app.screen, event)
            return
        if not self.source.selecting:
            self.hush()
        try:
            self._take(folded(event))
        except (FactcheckError, OSError) as error:  # a file of the case that cannot be read, met on the way
            self.complain(error)

    def _take(self, key: str) -> None:
        if self.source.selecting and self._select(key):
            return
        if len(key) == 1 and key in "123456789":
            self._with_person(lambda: judging.judge(self, key))
        elif key == "Enter":
            self._enter()
        elif key == "Esc":
            self._escape()
        elif act := self.key_map.started(key):
            self.act(act)
        elif key == "ctrl+c":
            self.remark(self.say("tui.how_to_quit"), "active")
            self.soon()

    def count_key(self) -> None:
        """Remember privately how long and with how many keys somebody works on a claim, in sheets as well."""
        now = self.clock()
        if self.claim:
            since = (now - self.last_key).total_seconds() if self.last_key else 0.0
            self.case.worked(self.claim.id, since)
        self.last_key = now
        self.put_off()

    def act(self, id: str) -> None:
        """Do what an action of the registry says."""
        self.clear_notice()
        self.hush()
        if self.claim is None and about_a_claim(id):
            self.complain(NotFound(f"{self.say('tui.nothing_open')} {self.say(empty_key(self))}"))
        elif id not in HANDLERS:
            self._open(id)
        elif action(id).verb:
            self._with_person(lambda: HANDLERS[id](self))
        else:
            HANDLERS[id](self)

    def _with_person(self, act: Callable[[], None]) -> None:
        if self.case.by:
            act()
        else:
            moving.introduce(self, act)

    def _open(self, id: str) -> None:
        if id == "quit":
            self.app.exit(0)
        elif id == "decide":
            self._with_person(lambda: judging.judge(self, ""))
        else:
            self._lay(id)

    def _lay(self, id: str) -> None:
        """Lay a sheet over the desk; what it ends with is done on the desk."""
        try:
            sheet = sheet_of(id)(self)
        except (FactcheckError, OSError) as error:
            self.complain(error)
            return
        self.guide.saw([id])
        self.sheet = "" if id in PASSING else id

        def ended(wanted: str | None) -> None:
            self.sheet = ""
            self.look_again()
            if wanted:
                self._go_on(id, wanted)

        self.app.push_screen(sheet, ended)

    def _go_on(self, id: str, wanted: str) -> None:
        """What a sheet ended with: a claim to open, an action, or something that the desk asks about."""
        if id in {"palette", "help"}:
            self.act(wanted)
        elif id == "relations":
            self._after_relations(wanted)
        elif id == "audit" and wanted.isdigit():
            self._look_back(int(wanted))
        elif id == "audit":
            self._with_person(lambda: asked(self, wanted, lambda: self._lay("audit")))
        elif id == "members":
            self._with_person(lambda: change(self, wanted, lambda: self._lay("members")))
        elif id == "export":
            self._with_person(lambda: introduce(self, wanted, lambda: self._lay("export")))
        elif wanted[0] == "C":
            self.go_to(int(wanted[1:]))
        else:
            self._make_of_words(wanted)

    def _after_relations(self, wanted: str) -> None:
        verb, _, claim = wanted.rpartition(" ")
        if wanted == "calculate":
            self.act(wanted)
        elif verb:
            triage.merge(self, claim)
        else:
            self.go_to(int(claim[1:]))

    def _make_of_words(self, wanted: str) -> None:
        """Words of a source without a claim may become one."""
        source, start, end = wanted.split()
        quote = self.case.text(source)[int(start) : int(end)]
        where = Mention(source, int(start), int(end), quote)
        self._with_person(lambda: triage.ask_to_add(self, where))

    def _look_back(self, seq: int) -> None:
        """Lay the desk as of an event over this one."""
        from factcheck.tui.past import Past

        event = next(self.case.events(before=seq + 1))
        try:
            past = Past(self, event)
        except (FactcheckError, OSError) as error:
            self.complain(error)
            return
        self.app.push_screen(past, lambda _: self._lay("audit"))

    def _enter(self) -> None:
        """Enter: close the list that lies on top, else open the verdict or the evidence box."""
        if self.overlay:
            self._escape()
        elif self.claim and self.claim.live_evidence:
            self._with_person(lambda: judging.judge(self, ""))
        elif self.claim:
            self._with_person(lambda: attaching.evidence(self))

    def _escape(self) -> None:
        """Esc: back to the queue, and all complaints and marks away; a list that lies on top goes first."""
        if not self.overlay:
            triage.unmark(self)
        self.overlay, self.pane, self.evidence = "", "queue", -1
        self.guide.shown = False
        self.remove_class("-zoom")
        self.clear_notice()
        self.front()

    def _select(self, key: str) -> bool:
        """Keys while words are being selected; True when the key was for that."""
        if key == "Enter":
            self._with_person(lambda: triage.add_selected(self))
        elif key in {"Esc", "q"}:
            self.source.end()
            self.said = ()
            self._escape()
        else:
            self.source.step(key)
        return True

    def take_paste(self, event: events.Paste) -> None:
        if self.box.question is not None:
            self.box.on_paste(event)
            return
        event.stop()
        self.hush()
        text = event.text
        self._with_person(lambda: attaching.evidence(self, text))

    # -- the box -----------------------------------------------------------------------------------

    def on_box_answered(self, _event: Box.Answered) -> None:
        self._after_box()

    def on_box_left(self, _event: Box.Left) -> None:
        self.drafts.save()
        attaching.stop(self)
        self.clear_notice()
        self.hush()
        self._after_box()

    def on_box_changed(self, event: Box.Changed) -> None:
        if self.drafts.unsaved and not self.saving:
            self.saving = True
            self.set_timer(SAVED_WITHIN, self._save)
        if event.question.live and event.question is self.box.question:
            event.question.live(self.box.answers)

    def _save(self) -> None:
        self.saving = False
        self.drafts.save()

    def on_box_too_long(self, event: Box.TooLong) -> None:
        self.complain(too_long(event.field, event.seen, self.claim.id if self.claim else "C1"))

    def _after_box(self) -> None:
        if self.box.question is None:
            self.soon()
