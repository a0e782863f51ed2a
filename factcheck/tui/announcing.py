"""An act on a server may take its time: that it is on its way is painted before it begins, and keys behind it wait."""

from textual import events
from textual.message import Message

from factcheck.tui.footer import progress
from factcheck.tui.keys import folded
from factcheck.tui.queue import Queue
from factcheck.tui.vouching import Vouching

Happening = events.Key | events.Paste | Queue.Chosen

AT_ONCE = frozenset({"accept", "confirm", "undo", "redo"})
"""Actions that ask nothing before they record."""
HANDED_ON = 0.005
"""Seconds until the screen knows that a pane of it has changed; only then does it paint before it calls back."""


class Announcing(Vouching):
    """A desk that says so before it waits for its server: while it does, nothing can be painted.

    What comes behind such an act waits in its order. When the act is refused, all that was typed before one could
    read so is dropped: it was meant for a desk on which the act had been done.
    """

    behind: list[Happening] | None = None
    """What came after the act that records, and was not taken yet; None while nothing waits."""
    complaints = 0
    unread_before = 0.0
    """The moment (Textual's clock) when the last refusal of such an act could be read; no key from before it counts."""

    def take_key(self, event: events.Key) -> None:
        """Do what a key says."""
        raise NotImplementedError

    def take_paste(self, event: events.Paste) -> None:
        """Do what is to be done with words that were pasted."""
        raise NotImplementedError

    def complain(self, error: Exception) -> None:
        """Say what is refused."""
        self.complaints += 1
        super().complain(error)

    def on_key(self, event: events.Key) -> None:
        """Take a key, now or after what it comes behind."""
        if self._goes_on_alone(event):
            self.take_key(event)

    def on_paste(self, event: events.Paste) -> None:
        """The same for what was pasted."""
        if self._goes_on_alone(event):
            self.take_paste(event)

    def on_queue_chosen(self, event: Queue.Chosen) -> None:
        """The same for a claim that was clicked: an act belongs to the claim that was open when its key came."""
        if self._goes_on_alone(event):
            self.go(event.place)

    def _goes_on_alone(self, event: Happening) -> bool:
        """True for what can be done at once. Anything else is kept, announced, or (typed too early) dropped."""
        if event.time < self.unread_before:
            event.stop()
            event.prevent_default()
            return False
        records = isinstance(event, events.Key) and self._records(event)
        if self.behind is None and not records:
            return True
        event.stop()
        event.prevent_default()
        if self.behind is not None:
            self.behind.append(event)
        else:
            self.behind = []
            self._announce(event)
        return False

    def _announce(self, event: Happening) -> None:
        self.remark(self.say("tui.recording"), "active")
        self.part("status").fit([progress(self, self.size.width)])
        self.set_timer(HANDED_ON, lambda: self.call_after_refresh(self._begin_act, event))

    def _records(self, event: events.Key) -> bool:
        """True for a key that may record something on a server, as far as the desk can know before."""
        if self.case.server is None or self.as_of or not self.drawn or self.app.screen is not self:
            return False
        if self.box.question is not None:
            return self.box.answers_by(event)
        key = folded(event)
        return not self.source.selecting and (key in set("123456789") or self.key_map.started(key) in AT_ONCE)

    def _begin_act(self, event: Happening) -> None:
        announced, complaints = self.said, self.complaints
        self._take_one(event)
        if self.said is announced:  # it was refused, or only opened a box
            self.hush()
        if self.complaints > complaints:
            self.behind = []
            self.call_after_refresh(self._can_be_read)
        self.call_after_refresh(self._take_next)

    def _can_be_read(self) -> None:
        self.unread_before = Message().time

    def _take_next(self) -> None:
        """The next of what came behind, when the screen is as it shall find it; on a sheet that was opened, all of it."""
        if self.app.screen is not self:
            for each in self.behind or []:
                self.app.screen.post_message(_again(each))
            self.behind = None
        elif not self.behind:
            self.behind = None
        elif isinstance(event := self.behind.pop(0), events.Key) and self._records(event):
            self._announce(event)
        else:
            self._take_one(event)
            self.call_after_refresh(self._take_next)

    def _take_one(self, event: Happening) -> None:
        if isinstance(event, events.Key):
            self.take_key(event)
        elif isinstance(event, events.Paste):
            self.take_paste(event)
        else:
            self.go(event.place)


def _again(event: Happening) -> Happening:
    """The same, for another screen: what was stopped on its way stays so."""
    if isinstance(event, events.Paste):
        return events.Paste(event.text)
    return events.Key(event.key, event.character) if isinstance(event, events.Key) else event
