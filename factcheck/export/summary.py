"""What a summary says: one frozen value that is the only thing any format is written from."""

from dataclasses import dataclass
from typing import Final

from factcheck.export.passages import Covered, Said, WholeText
from factcheck.model import (
    Calculation,
    Checkable,
    ClaimState,
    ClaimType,
    Foreword,
    Note,
    OriginTie,
    PartRole,
    Policy,
    Prior,
    Publisher,
    Question,
    RelationKind,
    Stance,
    Template,
)

RENDERER: Final = "factcheck-export/8"
UNCHANGED: Final = "factcheck-export/7"
"""What the whole of a case is still written by, as long as no bytes that its evidence cites were removed by order."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What was set right in a claim after it had been published: on top of every later export, dated.

    `kind` is verdict, fact, void, update or typo; `export` the one that had said `before`. Both verdicts are symbol and
    label, "" for none.
    """

    claim: str
    statement: str
    kind: str
    because: str
    by: str
    time: str
    export: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Cited:
    """Numbered evidence. `captured` only when the desk holds bytes whose digest the record confirms.

    `trouble` is "" or why it does not count as captured: missing, differs, failed, or withheld by order.
    """

    number: int
    id: str
    stance: Stance
    url: str
    quote: str
    note: str
    by: str
    time: str
    relied: bool
    withdrawn: bool
    captured: bool
    trouble: str = ""
    capture: str = ""
    sha256: str = ""
    path: str = ""
    size: int = 0
    media_type: str = ""
    via: str = ""
    final_url: str = ""
    status: int = 0
    title: str = ""
    fetched: str = ""
    fetched_by: str = ""
    outcome: str = ""
    exceptions: tuple[str, ...] = ()
    prefix: str = ""
    suffix: str = ""
    start: int = -1
    end: int = -1
    text: str = ""
    asked: str = ""
    manual: bool = False
    grade: str = ""
    author: str = ""
    published: str = ""
    checked: str = ""
    checked_at: str = ""


@dataclass(frozen=True, slots=True)
class PartFinding:
    """What a verdict finds of a part of its claim."""

    role: PartRole
    words: str
    rating: str
    symbol: str
    label: str
    because: str


@dataclass(frozen=True, slots=True)
class Ruling:
    """The verdict that stands, with its definition, and who signed it as a second person ("" for nobody).

    `as_of`, `omitted` and `basis` are those of `model.Verdict`.
    """

    id: str
    rating: str
    symbol: str
    label: str
    definition: str
    value: int
    because: str
    relied: tuple[str, ...]
    by: str
    time: str
    seq: int
    settled: bool
    confirmed_by: str
    confirmed_at: str
    scale: str
    scale_version: int
    as_of: str = ""
    omitted: str = ""
    basis: str = ""
    would_change: str = ""
    parts: tuple[PartFinding, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One act in the history of a claim, as the ledger tells it."""

    seq: int
    id: str
    kind: str
    by: str
    time: str
    rating: str = ""
    label: str = ""
    symbol: str = ""
    because: str = ""


@dataclass(frozen=True, slots=True)
class Tie:
    """A relation, with the other claim's statement and how it stands; `by` is "" while only proposed."""

    kind: RelationKind
    other: str
    statement: str
    why: str
    by: str
    state: str
    symbol: str = ""
    label: str = ""
    final: bool = False
    shown: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One claim of the summary. `withheld`: under blind review a first verdict is shown to nobody.

    `trust` holds what its verdict has: signed (by its author's key), second_signed, witnessed (a checkpoint of it is
    kept elsewhere); empty for names that somebody typed in. `waits` is the state of a claim whose verdict is not final.
    """

    id: str
    statement: str
    type: ClaimType
    checkable: Checkable
    state: ClaimState
    priority: int
    said: tuple[Said, ...]
    ruling: Ruling | None
    evidence: tuple[Cited, ...] = ()
    ties: tuple[Tie, ...] = ()
    calculations: tuple[Calculation, ...] = ()
    steps: tuple[Step, ...] = ()
    notes: tuple[Note, ...] = ()
    disputed_by: str = ""
    dispute: str = ""
    reopened: str = ""
    withheld: bool = False
    links: int = 0
    origins: int = 0
    shared: tuple[OriginTie, ...] = ()
    due: str = ""
    settled_by: str = ""
    questions: tuple[Question, ...] = ()
    trust: tuple[str, ...] = ()
    waits: str = ""
    corrections: tuple[Correction, ...] = ()
    priors: tuple[Prior, ...] = ()


@dataclass(frozen=True, slots=True)
class Untriaged:
    """A suggestion that nobody has looked at."""

    id: str
    statement: str
    type: ClaimType
    priority: int
    source: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Document:
    """A source as page one names it."""

    id: str
    title: str
    path: str
    sha256: str
    characters: int
    language: str
    date: str
    by: str
    time: str
    replaces: str = ""
    replaced_by: str = ""


@dataclass(frozen=True, slots=True)
class Tally:
    """total = included + open + untriaged + dismissed + voided + outside; merged and superseded live on elsewhere."""

    total: int
    included: int
    open: int
    untriaged: int
    dismissed: int
    voided: int
    outside: int
    outside_open: int
    outside_untriaged: int
    merged: int
    superseded: int


@dataclass(frozen=True, slots=True)
class Count:
    """How many claims got one rating of the scale."""

    rating: str
    symbol: str
    label: str
    definition: str
    value: int
    number: int


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who decided: on how many of the claims shown they judged, confirmed, disputed or settled."""

    name: str
    role: str
    recorded: int
    confirmed: int
    disputed: int
    settled: int


@dataclass(frozen=True, slots=True)
class Caveat:
    """Something a reader must know before relying on the summary; `refs` name the places."""

    code: str
    refs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """Everything that is shown, already resolved. Text is raw; each format makes it safe in its own way.

    `untrue` are claims that are not true as said, the worst first; `corrections` what was set right after it had been
    published. `texts` are the sources in full, only where a format asked for shows them: what is not shown is not given
    away.
    """

    renderer: str
    lang: str
    draft: bool
    scope: tuple[str, ...]
    size: int
    root: str
    time: str
    case: str
    example: bool
    origin: str
    policy: Policy
    members: tuple[tuple[str, str], ...]
    people: tuple[Person, ...]
    sources: tuple[Document, ...]
    tally: Tally
    ratings: tuple[Count, ...]
    scale: str
    dismissed: tuple[tuple[str, int], ...]
    untrue: tuple[str, ...]
    unsettled: tuple[tuple[str, str, str], ...]
    decisions: int
    signed: int
    witnessed: tuple[tuple[str, str, int], ...]
    caveats: tuple[Caveat, ...]
    claims: tuple[Entry, ...]
    untriaged: tuple[Untriaged, ...]
    publisher: Publisher = Publisher()  # noqa: RUF009  # frozen
    foreword: Foreword = Foreword()  # noqa: RUF009  # frozen
    template: Template = Template()  # noqa: RUF009  # frozen
    corrections: tuple[Correction, ...] = ()
    coverage: tuple[Covered, ...] = ()
    texts: tuple[WholeText, ...] = ()

    @property
    def rendered_by(self) -> str:
        """The renderer that writes it as it is written here: what an earlier one wrote alike keeps that one's name."""
        cites_removed = any(each.trouble == "withheld" for entry in self.claims for each in entry.evidence)
        return RENDERER if self.scope or cites_removed else UNCHANGED

    def entry(self, claim: str) -> Entry:
        """The entry of a claim. KeyError when the summary does not show it."""
        for each in self.claims:
            if each.id == claim:
                return each
        raise KeyError(claim)
