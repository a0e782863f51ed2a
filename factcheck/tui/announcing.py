"""An act on a server may take its time: that it is on its way is painted before it begins, and keys behind it wait."""

from textual import events

from factcheck.tui.footer import progress
from factcheck.tui.keys import folded
from factcheck.tui.vouching import Vouching

AT_ONCE = frozenset({"accept", "confirm", "undo", "redo"})
"""Actions that ask nothing before they record."""
HANDED_ON = 0.005
"""Seconds until the screen knows that a pane of it has changed; only then does it paint before it calls back."""


class Announcing(Vouching):
    """A desk that says so before it waits for its server: while it does, nothing can be painted."""

    behind: list[events.Key | events.Paste] | None = None
    """Keys that came after the one that records; None while none does."""

    def take_key(self, event: events.Key) -> None:
        """Do what a key says."""
        raise NotImplementedError

    def take_paste(self, event: events.Paste) -> None:
        """Do what is to be done with words that were pasted."""
        raise NotImplementedError

    def on_key(self, event: events.Key) -> None:
        """Take a key, now or after what it comes behind."""
        if self.behind is not None or self._records(event):
            event.stop()
            event.prevent_default()
        if self.behind is not None:
            self.behind.append(event)
        elif self._records(event):
            self.behind = []
            self.remark(self.say("tui.recording"), "active")
            self.part("status").fit([progress(self, self.size.width)])
            self.set_timer(HANDED_ON, lambda: self.call_after_refresh(self._begin_act, event))
        else:
            self.take_key(event)

    def on_paste(self, event: events.Paste) -> None:
        """The same for what was pasted."""
        if self.behind is not None:
            event.stop()
            self.behind.append(event)
        else:
            self.take_paste(event)

    def _records(self, event: events.Key) -> bool:
        """True for a key that may record something on a server, as far as the desk can know before."""
        if self.case.server is None or self.as_of or not self.drawn or self.app.screen is not self:
            return False
        if self.box.question is not None:
            return self.box.answers_by(event)
        key = folded(event)
        return not self.source.selecting and (key in set("123456789") or self.key_map.started(key) in AT_ONCE)

    def _begin_act(self, event: events.Key) -> None:
        announced, behind = self.said, self.behind or []
        self.behind = None
        self.take_key(event)
        if self.said is announced:  # it was refused, or only opened a box
            self.hush()
        for each in behind:
            again = (
                events.Paste(each.text)
                if isinstance(each, events.Paste)
                else events.Key(each.key, each.character)
            )
            self.app.screen.post_message(again)
