"""What was published: held against its manifest, against the ledger, and rendered again byte for byte."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final

from factcheck.audit.disk import AWAY, LARGE
from factcheck.audit.reader import LEDGER, Entry
from factcheck.audit.sheet import RESTORE, UNDESKED, Sheet
from factcheck.audit.trail import Moment, Trail, Watch
from factcheck.errors import FactcheckError
from factcheck.events import Event, Head, bodies, capturing, proposing
from factcheck.export import (
    MANIFEST,
    RENDERER,
    Material,
    Scope,
    Summary,
    foreign,
    holds_captures,
    listed,
    needs_texts,
    render,
    summarise,
    verify,
)
from factcheck.export.bundle import CHECKPOINT, FOLDER
from factcheck.files import read_plain
from factcheck.state import State

LINES = "claims.jsonl"
_AGAIN = f"{RESTORE}; an export is never edited, make a new one: factcheck export"
_UNRENDERABLE: Final = (FactcheckError, AttributeError, LookupError, TypeError, ValueError)
_AFTERWARDS = {"summary.exported", "checkpoint.witnessed"}


class Exports(Watch):
    """Each export is what its event says, and what the prefix of the ledger it describes gives today.

    It is rendered when the replay comes by the end of its prefix. Whatever proves to be those very bytes need not be
    held against its own lines as well.
    """

    def __init__(self, trail: Trail, sheet: Sheet) -> None:
        super().__init__(trail, sheet)
        self._published = [
            (entry, event, event.body)
            for entry, event in trail.acts()
            if isinstance(event.body, bodies.SummaryExported)
        ]
        own = [each for each in self._published if each[1].as_written is each[1]]
        self._waiting = sorted(own, key=lambda each: each[2].size)
        self._rendered = Sheet(sheet.check)
        self._proven: set[int] = set()

    def see(self, at: Moment) -> None:
        while self._waiting and self._waiting[0][2].size < at.entry.number:
            line, named, body = self._waiting.pop(0)
            if missing := _unread(self.trail, body.size) or _out_of_reach(self.trail, body):
                self._rendered.could_not(f"exports/{named.subject} was not rendered again: {missing}")
            elif _again(self.trail, self._rendered, self._state(at.state, body.size), named.subject, body):
                self._proven.add(line.number)

    def _state(self, now: State, size: int) -> State:
        return self.trail.state(size) if self.trail.has_adopted else now

    def end(self) -> None:
        brought = [event.subject for _, event, _ in self._published if event.as_written is not event]
        if brought:
            self.sheet.could_not(
                f"{', '.join(brought)}: of another desk, whose ledger is not here to render them from"
            )
        for entry, event, body in self._published:
            self.sheet.checked += 1
            for seen in _prefix(self.trail, entry, body) if event.as_written is event else ():
                self.sheet.found(entry.where, seen, UNDESKED)
            _files(self.trail, self.sheet, entry, event, body, proven=entry.number in self._proven)
        self.sheet.add(self._rendered)


def _out_of_reach(trail: Trail, body: bodies.SummaryExported) -> str:
    """A bundle may hold the text of what was removed by order after it was published, or pages that git does not carry."""
    removed = any(
        path in trail.withheld and trail.disk.left_out(path)
        for entry, act in trail.acts()
        if entry.number > body.size and isinstance(act.body, capturing.EvidenceWithheld)
        for path in act.body.files
    )
    bundled = any(each.startswith("bundle") for each in body.formats) or holds_captures(body.formats)
    if bundled and removed:
        return "what it holds was removed by order since"
    return "captured pages that it holds are not here" if _elsewhere(trail, body) else ""


def _elsewhere(trail: Trail, body: bodies.SummaryExported) -> bool:
    """True when an export holds captured pages and git has not carried all of them here."""
    paths = (
        path
        for entry, act in trail.acts()
        if entry.number <= body.size and isinstance(act.body, capturing.CaptureMade)
        for path in act.body.files
    )
    return holds_captures(body.formats) and any(
        path.startswith(LARGE) and trail.disk.left_out(path) for path in paths
    )


def _unread(trail: Trail, size: int) -> str:
    """What an export was made from and is not as it was; other checks find it, and blame the right file."""
    for entry in trail.entries[:size]:
        act = trail.act(entry)
        match act.body if act else None:
            case None:
                return f"{entry.where} cannot be read"
            case bodies.SourceIngested(path=path, sha256=sha256):
                fault = trail.disk.difference(path, sha256)
            case (
                bodies.SourceExtracted(suggestions=path, sha256=sha256)
                | proposing.SourceProposed(suggestions=path, sha256=sha256)
            ):
                fault = trail.disk.difference(path, sha256)
            case _:
                continue
        if fault:
            return f"{path} is not what the ledger says"
    return ""


def _prefix(trail: Trail, entry: Entry, body: bodies.SummaryExported) -> Iterator[str]:
    """An export describes everything up to the last event that is not itself about publishing."""
    if not 0 < body.size < entry.number:
        yield f"it describes {body.size} lines, but is line {entry.number} itself"
        return
    between = trail.entries[body.size : entry.number - 1]
    acts = [(each.number, trail.act(each)) for each in between]
    late = [number for number, act in acts if act is None or act.kind not in _AFTERWARDS]
    if late:
        yield f"it describes {body.size} lines, yet {LEDGER}:{late[0]} was there before it"
    last = trail.act(trail.entries[body.size - 1])
    if last is not None and last.kind in _AFTERWARDS:
        yield f"it describes the lines up to {body.size}, which is itself about publishing"


def _files(
    trail: Trail, sheet: Sheet, entry: Entry, event: Event, body: bodies.SummaryExported, *, proven: bool
) -> None:
    folder = trail.folder / "exports" / event.subject
    where = f"exports/{event.subject}"
    if trail.disk.elsewhere and not folder.exists():
        sheet.could_not(AWAY)
        return
    if not folder.is_dir() or folder.is_symlink():
        sheet.found(where, f"the export is missing; {entry.where} names it", _AGAIN)
        return
    try:
        for problem in verify(folder, rendered=proven):
            sheet.found(f"{where}/{problem.where}", problem.seen, _AGAIN)
    except (*_UNRENDERABLE, OSError) as error:
        sheet.found(where, f"it cannot be verified: {error}", _AGAIN)
    different = trail.disk.difference(f"{where}/{MANIFEST}", body.manifest)
    if different:
        sheet.found(f"{where}/{MANIFEST}", different, _AGAIN)


def _again(trail: Trail, sheet: Sheet, state: State, export: str, body: bodies.SummaryExported) -> bool:
    """Render an export; of another renderer's, compare what it says. True when every byte is the one it must have."""
    where, folder = f"exports/{export}", trail.folder / "exports" / export
    try:
        summary = _summary(trail, state, body)
        same = body.renderer == summary.renderer
        held = _held(folder, body.formats)
        material = partial(_material, trail, export, body.size)
        files = render(summary, body.formats, material, held=held) if same and held is not None else {}
    except _UNRENDERABLE as error:
        sheet.found(where, f"it cannot be rendered from the ledger: {error}", UNDESKED)
        return False
    said = [(each.claim, each.verdict) for each in body.claims]
    if said != [(entry.id, entry.ruling.id if entry.ruling else "") for entry in summary.claims]:
        sheet.found(where, "the event names other claims or verdicts than the ledger gives", UNDESKED)
    if not same:
        sheet.could_not(
            f"{where} was written by {body.renderer}, this is {RENDERER}: "
            "its files fit the manifest in the ledger, but were not rendered again"
        )
        for seen in _said_otherwise(folder / LINES, summary):
            sheet.found(f"{where}/{LINES}", seen, _AGAIN)
    for seen in _made_by_nobody(folder, body):
        sheet.found(where, seen, UNDESKED)
    for sentence in _vouched(where, body) if held else ():
        sheet.could_not(sentence)
    found = {name: _plain(folder / name) for name in files}
    for name, data in files.items():
        if different := _first_difference(found[name], data):
            sheet.found(f"{where}/{name}", f"{different}, rendered again from the ledger", _AGAIN)
    return bool(files) and found == files


def _made_by_nobody(folder: Path, body: bodies.SummaryExported) -> Iterator[str]:
    """A format that is not ours alone is named with what made it, and its file stands in the manifest."""
    named = listed(_plain(folder / MANIFEST) or b"") or {}
    makers = {each.partition(" ")[0] for each in body.made_with or ()}
    for file, name in foreign(body.formats).items():
        if name not in makers or file not in named:
            yield f"{file} cannot be rendered, and the event does not say what made it"
    for name in sorted(makers - set(foreign(body.formats).values())):
        yield f"it names what made {name}, which is no such format of it"


def _vouched(where: str, body: bodies.SummaryExported) -> Iterator[str]:
    """What is said of the files that a library made: "pdf weasyprint 66.0" in the event names it."""
    makers = dict(each.split(" ", 1) for each in body.made_with or () if " " in each)
    for file, name in foreign(body.formats).items():
        yield (
            f"{where}/{file} was made with {makers.get(name, 'another program')}: "
            "its bytes fit the manifest in the ledger, but were not made again"
        )


def _held(folder: Path, formats: Sequence[str]) -> dict[str, bytes] | None:
    """The files that another version of a library would make otherwise, as they lie there, for they are not made again.

    None when one of them is not what the manifest says: `verify` finds that, and nothing can be held against it.
    """
    named = listed(_plain(folder / MANIFEST) or b"") or {}
    files = {name: _plain(folder / name) or b"" for name in foreign(formats)}
    fit = all(hashlib.sha256(data).hexdigest() == named.get(name) for name, data in files.items())
    return files if fit else None


def _material(trail: Trail, export: str, size: int) -> Material:
    """What the bundle of an export was made of; under its checkpoint stand the signatures found there, checked elsewhere."""
    found = trail.disk.text(f"exports/{export}/{FOLDER}/data/{CHECKPOINT}") or ""
    return Material(
        tuple(trail.lines(size)), trail.disk.read, lambda text: found if found.startswith(text) else text
    )


def _said_otherwise(lines: Path, summary: Summary) -> Iterator[str]:
    """What claims.jsonl says of a verdict and the ledger does not; its other words are another renderer's."""
    ratings: dict[Any, str | None] = {e.id: e.ruling.rating if e.ruling else None for e in summary.claims}
    try:
        said = [json.loads(line) for line in read_plain(lines).splitlines()]
    except (OSError, ValueError) as error:
        yield f"it cannot be read ({error})"
        return
    claims = [each for each in said if isinstance(each, dict) and each.get("record") == "claim"]
    for claim in claims:
        ruling = claim.get("ruling")
        rating = ruling.get("rating") if isinstance(ruling, dict) else None
        if ratings.get(claim.get("id"), "") != rating:
            yield f"it says that {claim.get('id')!r} is {rating!r}; the ledger says {ratings.get(claim.get('id'))!r}"
    missing = sorted(ratings.keys() - {claim.get("id") for claim in claims})
    if missing:
        yield f"it does not name {', '.join(missing)}"


def _summary(trail: Trail, state: State, body: bodies.SummaryExported) -> Summary:
    last = trail.entries[body.size - 1].event if 0 < body.size <= len(trail.entries) else None
    return summarise(
        state,
        Head(size=body.size, root=body.root),
        last.time if last else "",
        scope=Scope.from_list(body.scope),
        lang=body.lang,
        draft=body.draft,
        texts=trail.text_of,
        in_full=needs_texts(body.formats),
    )


def _plain(path: Path) -> bytes | None:
    try:
        return read_plain(path)
    except OSError:
        return None  # the manifest says so


def _first_difference(found: bytes | None, wanted: bytes) -> str:
    """Where a file first differs from what it must be; "" when it does not, or cannot be read."""
    if found is None or found == wanted:
        return ""
    pairs = enumerate(zip(found, wanted, strict=False))
    at = next((n for n, (one, two) in pairs if one != two), min(len(found), len(wanted)))
    line = found.count(b"\n", 0, at) + 1
    return f"line {line} differs: {_around(found, at)!r}, not {_around(wanted, at)!r}"


def _around(data: bytes, at: int) -> str:
    """The words about a byte: from the beginning of its character, with a few before it."""
    first = max(at - 12, 0)
    while 0 < first < len(data) and data[first] & 0xC0 == 0x80:
        first -= 1
    return data[first : at + 40].decode("utf-8", "ignore")
