"""A bundle: an export with the sources, texts and lines of the log it follows from, for people who trust nobody here."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from importlib import resources
from typing import Final, Protocol

from jinja2 import Environment, StrictUndefined, Template

from factcheck.events import Event, Head, timestamp, trust
from factcheck.export.bag import bag
from factcheck.export.chosen import chosen, relatives
from factcheck.export.layout import Placed, placed
from factcheck.export.markdown import plain
from factcheck.export.summary import Summary
from factcheck.ledger.checkpoint import Checkpoint
from factcheck.merkle import Tree, leaf_hash
from factcheck.signing.allowed import Signer, to_text
from factcheck.signing.keys import PublicKey
from factcheck.signing.proofs import Proof

FOLDER: Final = "bundle"
LEDGER: Final = "log/ledger.jsonl"
EVENTS: Final = "log/events.jsonl"
CHECKPOINT: Final = "log/checkpoint"
SIGNERS: Final = "log/allowed_signers"


class Line(Protocol):
    """One line of the log: the event, and its bytes without the newline."""

    @property
    def event(self) -> Event: ...
    @property
    def data(self) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Material:
    """What a bundle holds besides the reports: the lines of the prefix, the files of the case, the checkpoint.

    `read` gives a file by its path in the case, None for one that is not here. `sign` puts a desk's signature under
    the three lines of a checkpoint, or leaves them as they are.
    """

    lines: Sequence[Line]
    read: Callable[[str], bytes | None]
    sign: Callable[[str], str] = str


def bundle(
    summary: Summary, reports: Mapping[str, bytes], material: Material, *, evidence: bool
) -> dict[str, bytes]:
    """Every file of the bag by its path in it. The same arguments give the same bytes, always.

    `reports` are the files of the other formats. Whole unless the export has a scope; then only what its claims stand on.
    """
    events = tuple(line.event for line in material.lines)
    taken = events if is_whole(summary) else chosen(events, claims_of(summary))
    checkpoint = material.sign(
        Checkpoint(summary.origin, Head(size=summary.size, root=summary.root)).to_text()
    )
    payload = {
        **reports,
        **_files(files_of(taken, summary, evidence=evidence), material.read),
        **_log(summary, {each.seq for each in taken}, material.lines, checkpoint),
        CHECKPOINT: checkpoint.encode("utf-8"),
        SIGNERS: allowed_signers(taken),
        "log/policy.json": policy(summary),
    }
    return bag(payload, guides(summary, evidence=evidence), info(summary, evidence=evidence))


def is_whole(summary: Summary) -> bool:
    """True when the bundle of this summary has the whole log up to it."""
    return not summary.scope


def claims_of(summary: Summary) -> tuple[str, ...]:
    """The claims that the bundle of a selection is about."""
    return tuple(each.id for each in summary.claims)


def files_of(events: Iterable[Event], summary: Summary, *, evidence: bool) -> tuple[Placed, ...]:
    """The files of the case that belong into the bundle of this summary."""
    events = tuple(events)
    claims = None if is_whole(summary) else relatives(events, claims_of(summary))
    return tuple(placed(events, evidence=evidence, claims=claims))


def contents(summary: Summary) -> str:
    """How much of the case is in it, in words: "whole, 41 claims", or "12 of 41 claims, 29 withheld"."""
    total, here = summary.tally.total, len(summary.claims)
    return (
        f"whole, {total} claims"
        if is_whole(summary)
        else f"{here} of {total} claims, {total - here} withheld"
    )


def policy(summary: Summary) -> bytes:
    """What the desk demanded at the head, and who its members were."""
    members = [{"name": name, "role": role} for name, role in summary.members]
    document = {"policy": asdict(summary.policy), "members": members, "scale": summary.scale}
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def allowed_signers(events: Iterable[Event]) -> bytes:
    """Whose keys held from when to when, for ssh-keygen; a key that was revoked held until then."""
    keys: dict[str, Signer] = {}
    for event in events:
        match event.body:
            case trust.SignerAdded(name=name, key=key, valid_after=after, valid_before=before):
                keys[key] = Signer(name, PublicKey.from_line(key), after, before)
            case trust.SignerRevoked(key=key) if key in keys:
                ends = [each for each in (keys[key].valid_before, _second_after(event.time)) if each]
                keys[key] = replace(keys[key], valid_before=min(ends))
    return to_text(keys.values()).encode("utf-8")


def _second_after(time: str) -> str:
    """The next whole second: the file knows no parts of one, and what was signed before in that second holds."""
    return timestamp(datetime.fromisoformat(time) + timedelta(seconds=1))


def info(summary: Summary, *, evidence: bool) -> list[tuple[str, str]]:
    """What bag-info.txt says, without its Payload-Oxum; no clock is asked."""
    return [
        ("Bag-Software-Agent", summary.renderer),
        ("Bagging-Date", summary.time[:10]),
        ("External-Description", summary.case),
        ("External-Identifier", summary.origin),
        ("Factcheck-Contents", contents(summary)),
        ("Factcheck-Evidence", "included" if evidence else "not included"),
        ("Factcheck-Log", f"{summary.size} lines, root {summary.root}"),
    ]


def guides(summary: Summary, *, evidence: bool) -> dict[str, bytes]:
    """VERIFY.md, how to check all this with common tools, and verify.py, which does the same without installing anything."""
    text = _guide().render(
        case=plain(summary.case),
        origin=plain(summary.origin),
        size=summary.size,
        root=summary.root,
        contents=contents(summary),
        evidence="included" if evidence else "not included, only the texts that are quoted",
        evidence_included=evidence,
        whole=is_whole(summary),
        log=(LEDGER if is_whole(summary) else EVENTS).removeprefix("log/"),
    )
    return {"VERIFY.md": text.encode("utf-8"), "verify.py": _data("verify.py").encode("utf-8")}


def proof_file(seq: int) -> str:
    """Where the proof lies that line `seq` is in the log."""
    return f"log/proofs/{seq}.tlog-proof"


def _files(files: Iterable[Placed], read: Callable[[str], bytes | None]) -> dict[str, bytes]:
    found = ((each.name, read(each.path)) for each in files)
    return {name: data for name, data in found if data is not None}


def _log(summary: Summary, taken: set[int], lines: Sequence[Line], checkpoint: str) -> dict[str, bytes]:
    here = [line for line in lines if line.event.seq in taken]
    text = b"".join(line.data + b"\n" for line in here)
    if is_whole(summary):
        return {LEDGER: text}
    tree = Tree(leaf_hash(line.data) for line in lines)
    proofs = ((seq, tree.inclusion_proof(seq - 1)) for seq in sorted(taken))
    files = {proof_file(seq): Proof(seq - 1, tuple(path), checkpoint).to_text() for seq, path in proofs}
    return {EVENTS: text} | {name: text.encode("utf-8") for name, text in files.items()}


@cache
def _guide() -> Template:
    """VERIFY.md is full of braces, so that fields and conditions are marked otherwise than usual."""
    environment = Environment(  # noqa: S701 - Markdown, in which `plain` has made the fields safe
        block_start_string="(%",
        block_end_string="%)",
        variable_start_string="((=",
        variable_end_string="=))",
        comment_start_string="(##",
        comment_end_string="##)",
        undefined=StrictUndefined,
        trim_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.from_string(_data("VERIFY.md"))


def _data(name: str) -> str:
    return resources.files("factcheck").joinpath("data/bundle", name).read_text("utf-8")
