"""What can go wrong, as a tree of sentences that each say where, what was seen and what to do.

FactcheckError
├── Refused       1  the desk's rules say no (no evidence yet, own verdict, not ready)
│   └── Conflict  1  somebody else changed the subject meanwhile
├── Usage         2  the command was not understood
├── BadData       3  a file is not what it must be
├── NotFound      4  no such case, claim, source, ...
├── Unavailable   5  network or lock: worth trying again
│   └── Unsure    5  the answer was lost: what was sent may be recorded, or not
└── Cancelled   130  somebody stopped it; nothing was recorded
"""

from typing import ClassVar


class FactcheckError(Exception):
    """A refusal in one sentence.

    `what` says what is the matter, `where` names the place (a file and line, an id), `seen` what was
    found there, `remedy` what to do next. `exit` is the status of a command that ends with it.
    """

    exit: ClassVar[int] = 1

    def __init__(self, what: str, *, where: str = "", seen: str = "", remedy: str = "") -> None:
        super().__init__(what)
        self.what, self.where, self.seen, self.remedy = what, where, seen, remedy

    def __str__(self) -> str:
        """One line: where, what, what was seen, what to do."""
        named = not self.where or self.where in self.what
        sentence = self.what if named else f"{self.where}: {self.what}"
        if self.seen:
            sentence += f" Seen: {self.seen}."
        return f"{sentence} Do: {self.remedy}" if self.remedy else sentence


class Refused(FactcheckError):
    """The rules of the desk say no."""


class Conflict(Refused):
    """The subject changed since it was looked at."""


class Usage(FactcheckError):
    """The command was not understood."""

    exit = 2


class BadData(FactcheckError):
    """A file is not what it must be."""

    exit = 3


class NotFound(FactcheckError):
    """Nothing of that name is here."""

    exit = 4


class Unavailable(FactcheckError):
    """The network or a lock; trying again may help."""

    exit = 5


class Unsure(Unavailable):
    """The connection broke before the answer came: what was sent may be recorded, or not."""


class Cancelled(FactcheckError):
    """Somebody stopped it before it was done."""

    exit = 130
