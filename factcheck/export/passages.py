"""What was said, as a summary shows it: mentions in their context, and sources in full."""

from dataclasses import dataclass

from factcheck.speech import Locator


@dataclass(frozen=True, slots=True)
class ReadAs:
    """A reading as it is shown beside the raw words: heard, and what was meant."""

    reading: str
    heard: str
    meant: str
    state: str
    why: str
    by: str


@dataclass(frozen=True, slots=True)
class Piece:
    """Raw words of a source; `said` inside the mention, `heard` inside a reading; `readings` end with it."""

    text: str
    said: bool
    heard: bool = False
    readings: tuple[ReadAs, ...] = ()


@dataclass(frozen=True, slots=True)
class MentionFinding:
    """What somebody found about one of several mentions."""

    rating: str
    symbol: str
    label: str
    because: str
    by: str
    time: str


@dataclass(frozen=True, slots=True)
class Said:
    """One mention in its context. `found` is false when the source does not hold the quotation there.

    `replaces`: the source is the newer version of that one; `replaced_by`: the words stand only in the older one.
    """

    source: str
    start: int
    end: int
    quote: str
    role: str
    found: bool
    pieces: tuple[Piece, ...]
    cut_before: bool = False
    cut_after: bool = False
    proposed: tuple[ReadAs, ...] = ()
    where: Locator = Locator()  # noqa: RUF009  # frozen
    replaces: str = ""
    replaced_by: str = ""
    finding: MentionFinding | None = None


@dataclass(frozen=True, slots=True)
class Marked:
    """A place of a source where a claim is made. `stands`: shown (an entry), open, or untriaged."""

    claim: str
    start: int
    end: int
    stands: str


@dataclass(frozen=True, slots=True)
class Reread:
    """A place of a source where the recogniser misheard, and how it is read; state is proposed or accepted."""

    reading: str
    start: int
    end: int
    meant: str
    state: str
    why: str
    by: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """Code points [start, end) of a source and their role, as `model.Region`."""

    start: int
    end: int
    role: str


@dataclass(frozen=True, slots=True)
class WholeText:
    """A source in full: every mention in scope, every reading, every stretch that has a role, in the order of the text."""

    source: str
    text: str
    stretches: tuple[Stretch, ...]
    marks: tuple[Marked, ...]
    readings: tuple[Reread, ...]


@dataclass(frozen=True, slots=True)
class Covered:
    """How much of a source was looked at, in characters that a reader can see: together they are all of them.

    `judged` lies in a claim with a verdict shown here, `open` in one without, `aside` in what was dismissed or is
    advertisement, boilerplate or heading, `silent` where no claim was found or made.
    """

    source: str
    silent: int
    aside: int
    untriaged: int
    open: int
    judged: int
