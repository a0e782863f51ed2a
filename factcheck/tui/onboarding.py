"""The first four steps, on the example: what to press now, said until it was done."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from factcheck.tui.rows import Row, run, wrapped

STEPS: tuple[frozenset[str], ...] = (
    frozenset({"claim.accepted", "claim.dismissed", "verdict.recorded"}),
    frozenset({"evidence.attached"}),
    frozenset({"verdict.recorded"}),
    frozenset({"summary.exported", "audit"}),
)
"""What ends each step: a kind of event, or a sheet that was opened."""


@dataclass(slots=True)
class Guide:
    """Where a newcomer stands; `shown` until it was sent away, or a key after the last step."""

    shown: bool = False
    step: int = 0

    def saw(self, what: Iterable[str]) -> None:
        """Something was done: when it is what the step waits for, the next one begins."""
        if self.step == len(STEPS):
            self.shown = False
        elif self.shown and STEPS[self.step] & set(what):
            self.step += 1

    def rows(self, say: Callable[..., str], columns: int) -> list[Row]:
        """What to do now, in at most two rows; nothing when it is not shown."""
        if not self.shown:
            return []
        if self.step == len(STEPS):
            return wrapped(say("tui.guide_done"), columns - 1, "good", first=(run(" ● ", "good"),), most=2)
        number = run(f" {self.step + 1}/{len(STEPS)} ", "key")
        return wrapped(say(f"tui.guide_{self.step + 1}"), columns - 1, "active", first=(number,), most=2)
