"""What a desk says of itself where it publishes: who it is, the lead's foreword, and the look of its reports."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who answers for the exports. `url` is their home, `address` where report.html will stand, `corrections` how they
    set a mistake right: an address or in words. "" for what nobody has said.
    """

    name: str = ""
    url: str = ""
    address: str = ""
    corrections: str = ""


@dataclass(frozen=True, slots=True)
class Foreword:
    """What the lead says before everything else, in several lines if need be; "" for none."""

    text: str = ""
    by: str = ""
    time: str = ""


def _unsaid() -> Mapping[str, str]:
    return {"zh": "", "en": ""}


@dataclass(frozen=True, slots=True)
class Template:
    """How a team wants its reports: words of its own above and below, an order, what it leaves out, a colour, a paper.

    `title` and `foot` by language; `order` is number, verdict or priority; `leave_out` are parts of a claim's article
    (context, calculations, ties, history, questions, notes); `accent` is "#rrggbb" or "". It cannot hide what was not checked.
    """

    id: str = ""
    version: int = 0
    title: Mapping[str, str] = field(default_factory=_unsaid)
    foot: Mapping[str, str] = field(default_factory=_unsaid)
    order: str = "number"
    leave_out: tuple[str, ...] = ()
    accent: str = ""
    paper: str = "A4"

    @property
    def name(self) -> str:
        """Its id with its version; "" for the shipped look."""
        return f"{self.id} {self.version}" if self.id else ""
