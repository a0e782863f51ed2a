"""What a bundle must be besides a case: a whole bag, in which the reports follow from the log that lies beside them."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import chain
from typing import Any, Final

from factcheck.audit.bundled import AGAIN, LINES, Bundled
from factcheck.audit.sheet import UNDESKED, Sheet
from factcheck.audit.trail import Moment, Watch
from factcheck.errors import BadData, FactcheckError
from factcheck.events import Head, bodies
from factcheck.export import (
    FORMATS,
    RENDERER,
    UNCHANGED,
    Material,
    Scope,
    Summary,
    archive,
    foreign,
    made_again,
    parse_jsonl,
    read_summary,
    render,
    summarise,
    verify,
)
from factcheck.export.bag import DECLARATION, INFO, PAYLOAD, TAGS, bag_problems, read_info
from factcheck.export.bundle import (
    CHECKPOINT,
    EVENTS,
    FOLDER,
    LEDGER,
    SIGNERS,
    allowed_signers,
    guides,
    info,
    policy,
    proof_file,
)
from factcheck.export.formats import ARCHIVE
from factcheck.files import read_plain
from factcheck.ledger.checkpoint import Checkpoint
from factcheck.state import State

_ABOUT: Final = {DECLARATION, INFO, PAYLOAD, TAGS}
_UNRENDERABLE: Final = (FactcheckError, AttributeError, LookupError, TypeError, ValueError)


def bag(trail: Bundled, sheet: Sheet) -> None:
    """Both manifests, both ways; and every source, text and page that the log names lies where it belongs, as it was."""
    for problem in bag_problems(trail.bag):
        sheet.found(problem.where, problem.seen, problem.do)
    for each in trail.files:
        sheet.checked += 1
        look = trail.bag_disk.lying(each.name)
        if look.fault and trail.disk.left_out(each.path):
            sheet.could_not(f"{each.path} is not here")
        elif look.fault or look.sha256 != each.sha256:
            seen = look.fault or f"SHA-256 {look.sha256}, the log says {each.sha256}"
            sheet.found(f"data/{each.name}", seen, AGAIN)
    for where, seen in _around(trail):
        sheet.found(where, seen, AGAIN)


def _around(trail: Bundled) -> Iterator[tuple[str, str]]:
    """What is wrong with the export that the bag lies in."""
    if trail.outer is None:
        return
    for problem in verify(trail.outer):
        yield problem.where, problem.seen
    if (trail.outer / LINES).read_bytes() != trail.data(LINES):
        yield LINES, f"{FOLDER}/data/{LINES} says otherwise"


class Reports(Watch):
    """The reports are of the checkpoint, and what this log gives today; of a subset, what its lines can bear out."""

    def __init__(self, trail: Bundled, sheet: Sheet) -> None:
        super().__init__(trail, sheet)
        self.bundled, self.state = trail, State()
        self._earlier: dict[str, None] = {}

    def see(self, at: Moment) -> None:
        """The state goes on to the end."""
        self.state = at.state
        if isinstance(at.event.body, bodies.SummaryExported):
            self._earlier[at.event.subject] = None

    def end(self) -> None:
        """Make the bundle again, as far as its lines reach, and compare."""
        if self._earlier:
            self.sheet.could_not(f"earlier exports are not here ({', '.join(self._earlier)})")
        try:
            rows = parse_jsonl(self.bundled.data(LINES) or b"")
            renderer = str(rows[0].get("renderer", "")) if rows else ""
            if renderer in {RENDERER, UNCHANGED}:
                self._again(read_summary(self.bundled.data(LINES) or b""))
            else:
                self._of_another(renderer)
        except BadData as error:
            self.sheet.found(f"data/{error.where or LINES}", error.seen or error.what, AGAIN)
            return
        for seen in _unborne(self.bundled, rows):
            self.sheet.found(f"data/{LINES}", seen, UNDESKED)

    def _of_another(self, renderer: str) -> None:
        self.sheet.could_not(f"it was written by {renderer[:40]!r}, not rendered again by {RENDERER}")

    def _again(self, summary: Summary) -> None:
        self.sheet.checked += 1
        trail = self.bundled
        for name in _held(trail):
            self.sheet.could_not(
                f"data/{name} was made with a library: only the bag's own manifest vouches for it"
            )
        try:
            again = _summary(trail, self.state, summary) if trail.whole else summary
            if summary.renderer != again.rendered_by:
                self._of_another(summary.renderer)
                return
            made = _whole(trail, again) if trail.whole else _subset(trail, summary)
        except _UNRENDERABLE as error:
            self.sheet.found(f"data/{LINES}", f"it cannot be made again from this log: {error}", AGAIN)
            return
        wrong = (
            _other_checkpoint(trail, summary),
            _differing(trail, made),
            _misdescribed(trail, self.state, summary),
        )
        for where, seen in chain(*wrong):
            self.sheet.found(where, seen, AGAIN)
        if not trail.whole:
            self.sheet.could_not(
                f"what data/{LINES} says besides verdicts: only the whole log gives it again"
            )


def _other_checkpoint(trail: Bundled, summary: Summary) -> Iterator[tuple[str, str]]:
    with suppress(ValueError):  # a root that is none, a size below nothing
        wanted = Checkpoint(summary.origin, Head(size=summary.size, root=summary.root)).to_text()
        if trail.checkpoint.startswith(wanted):
            return
    yield f"data/{LINES}", "it is of another origin, size or root than the checkpoint"


def _summary(trail: Bundled, state: State, summary: Summary) -> Summary:
    """The summary of a whole bag, made again from its log."""
    return summarise(
        state,
        trail.head,
        max(event.time for _, event in trail.events()),
        scope=Scope.from_list(summary.scope),
        lang=summary.lang,
        draft=summary.draft,
        texts=trail.text_of,
        in_full=True,
    )


def _whole(trail: Bundled, again: Summary) -> Mapping[str, bytes]:
    """Every file of the bag, made again from its log."""
    formats = ["bundle-with-evidence" if trail.evidence else "bundle"]
    if trail.evidence and trail.data(archive.FILE) is not None:
        formats.append(ARCHIVE)
    made = render(again, formats, lambda: _material(trail), held=_held(trail))
    inside = f"{FOLDER}/"
    return {name.removeprefix(inside): data for name, data in made.items() if name.startswith(inside)}


def _material(trail: Bundled) -> Material:
    """The bag's own lines and files; under the checkpoint stand the signatures found there, which are checked elsewhere."""
    found = trail.checkpoint
    return Material(
        tuple(trail.lines()), trail.disk.read, lambda text: found if found.startswith(text) else text
    )


def _held(trail: Bundled) -> dict[str, bytes]:
    """The reports that a library made: the bag's own manifest vouches for them, and nothing else here can."""
    found = ((name, trail.data(name)) for name in foreign(FORMATS))
    return {name: data for name, data in found if data is not None}


def _subset(trail: Bundled, summary: Summary) -> Mapping[str, bytes]:
    """The files of a subset that follow from claims.jsonl and its lines; the events in it are proved, not folded."""
    held = _held(trail)
    if trail.evidence and trail.data(archive.FILE) is not None:
        held[archive.FILE] = archive.archive(summary, _material(trail))
    made = {f"data/{name}": data for name, data in made_again(summary, besides=held).items()}
    made["data/log/policy.json"] = policy(summary)
    made[f"data/{SIGNERS}"] = allowed_signers(event for _, event in trail.events())
    return made | guides(summary, evidence=trail.evidence)


def _differing(trail: Bundled, made: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    """Files that are not what they must be, that are missing, and that are nothing this bundle would hold."""
    here = {name for name in trail.bag_names if name not in _ABOUT}
    for name in sorted(here & made.keys()):
        if read_plain(trail.bag / name) != made[name]:
            yield name, "it is not what this version makes of the log"
    known = made.keys() | {f"data/{each.name}" for each in trail.files} | _logged(trail)
    for name in sorted(here - known):
        yield name, "no such file belongs into this bundle"
    for name in sorted((made.keys() | _logged(trail)) - here - _ABOUT):
        yield name, "it is missing"


def _logged(trail: Bundled) -> set[str]:
    """The files about the log itself."""
    names = {f"data/{CHECKPOINT}", f"data/{SIGNERS}", f"data/{LEDGER if trail.whole else EVENTS}"}
    return names if trail.whole else names | {f"data/{proof_file(e.seq)}" for _, e in trail.events()}


def _misdescribed(trail: Bundled, state: State, summary: Summary) -> Iterator[tuple[str, str]]:
    said = read_info(trail.bag)
    said.pop("Payload-Oxum", "")
    if said != dict(info(summary, evidence=trail.evidence)):
        yield INFO, "it does not say what this bundle is"
    now = state.info()
    members = tuple((each.name, each.role) for each in now.members if not each.revoked)
    if (now.policy, members) != (summary.policy, summary.members):
        yield f"data/{LINES}", "its policy or its members are others than in the log"


def _unborne(trail: Bundled, rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Verdicts that are not in the log as claims.jsonl gives them, whichever version wrote it."""
    decided = [
        (e.subject, e.id, e.body.rating, e.body.because, e.by, e.time)
        for _, e in trail.events()
        if isinstance(e.body, bodies.VerdictRecorded)
    ]
    for row in rows:
        made = row.get("ruling")
        if not isinstance(made, dict):
            continue
        said = (row.get("id"), *(made.get(name) for name in ("id", "rating", "because", "by", "time")))
        if said not in decided:
            yield f"the verdict on {row.get('id')} is not in the log"
