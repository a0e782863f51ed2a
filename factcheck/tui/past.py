"""The desk as of a moment of the past: the same screen over the ledger up to a line, to look at only."""

from factcheck.errors import Refused
from factcheck.events import Event
from factcheck.tui.review import Review


class Past(Review):
    """The review screen on a case as of one event. Esc, or the key that quits, leads back to today."""

    def __init__(self, desk: Review, event: Event) -> None:
        super().__init__(desk.case.as_of(str(event.seq)), desk.lang, desk.environ, desk.clock, desk.key_map)
        self.event, self.number = event, desk.claim.number if desk.claim else 0

    def begin(self) -> None:
        """Open the claim of the event; what is past takes no polling, no lease and no person."""
        named = self.event.subject
        self.reload(int(named[1:]) if named[0] == "C" else self.number)
        moment = f"{self.event.time[:10]} {self.event.time[11:19]}"
        self.as_of = self.say("tui.as_of", seq=self.event.seq, moment=moment)

    def act(self, id: str) -> None:
        """Looking goes on as ever; acts are for today."""
        from factcheck.actions import action

        if id == "quit":
            self.dismiss(0)
        elif action(id).verb or id in {"members", "export", "audit"}:
            self.complain(Refused(self.say("tui.past_takes_no_act"), remedy=self.say("tui.past_way_back")))
        else:
            super().act(id)

    def _with_person(self, act: object) -> None:  # noqa: ARG002 (nothing is done in the past)
        self.complain(Refused(self.say("tui.past_takes_no_act"), remedy=self.say("tui.past_way_back")))

    def _escape(self) -> None:
        if self.overlay or self.trouble or self.has_class("-zoom"):
            super()._escape()
        else:
            self.dismiss(0)
