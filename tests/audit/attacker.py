"""Somebody who edits the record: from a flipped byte to one who rewrites every hash that can be rewritten."""

import base64
import json
import random
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from factcheck.audit import CHECKS, Report, audit, run
from factcheck.audit.sheet import Finding
from factcheck.audit.trail import Receipt, Trail
from factcheck.events import GENESIS
from factcheck.export import MANIFEST
from factcheck.merkle import CompactRange, leaf_hash
from factcheck.signing.notes import sign_note

LEDGER = "claims/ledger.jsonl"
Document = dict[str, Any]
Place = tuple[str | int, ...]

# What RFC 8785 gives for short keys, whole numbers and strings, as docs/format.md has it; and quicker.
_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def canonical(event: Document) -> bytes:
    """One line, as the ledger writes it."""
    return _CANONICAL.encode(event).encode("utf-8")


def documents(folder: Path) -> list[Document]:
    """The events of a case as plain JSON."""
    return [json.loads(line) for line in (folder / LEDGER).read_bytes().splitlines()]


def rewrite(folder: Path, events: list[Document], desk: bytes = b"") -> None:
    """Write a ledger whose hashes all fit again: seq, prev, every head that a line names, and the checkpoint.

    Who has the key of the `desk` (its seed) signs the checkpoint anew.
    """
    tree, last, roots, lines = CompactRange(), GENESIS, [CompactRange().root().hex()], []
    for seq, event in enumerate(events, start=1):
        event |= {"seq": seq, "prev": last}
        for named in (event.get("tree"), event["body"]):
            if isinstance(named, dict) and {"size", "root"} <= named.keys() and 0 <= named["size"] < seq:
                named["root"] = roots[named["size"]]
        line = canonical(event)
        tree.append(leaf_hash(line))
        last = leaf_hash(line).hex()
        roots.append(tree.root().hex())
        lines.append(line + b"\n")
    (folder / LEDGER).write_bytes(b"".join(lines))
    origin = (folder / "claims" / "checkpoint").read_text("utf-8").split("\n")[0]
    text = three_lines(origin, tree.size, tree.root())
    note = sign_note(text, desk, origin) if desk else text
    (folder / "claims" / "checkpoint").write_text(note, "utf-8")
    (folder / ".factcheck" / "index.sqlite").unlink(missing_ok=True)


def three_lines(origin: str, size: int, root: bytes) -> str:
    """A checkpoint before it is signed; a receipt."""
    return f"{origin}\n{size}\n{base64.b64encode(root).decode('ascii')}\n"


def remanifest(folder: Path, events: list[Document]) -> list[Document]:
    """Write the manifest of every export anew, and its digest into the event that names it."""
    for event in events:
        if event["kind"] == "summary.exported":
            export = folder / "exports" / event["subject"]
            names = sorted(each.name for each in export.iterdir() if each.name != MANIFEST)
            lines = (f"{sha256((export / name).read_bytes()).hexdigest()}  {name}\n" for name in names)
            (export / MANIFEST).write_text("".join(lines), "utf-8")
            event["body"]["manifest"] = sha256((export / MANIFEST).read_bytes()).hexdigest()
    return events


def leaves(value: Any, place: Place = ()) -> Iterator[tuple[Place, Any]]:
    """Every single value of a document, with the way to it."""
    if isinstance(value, dict):
        for key in value:
            yield from leaves(value[key], (*place, key))
    elif isinstance(value, list):
        for number, each in enumerate(value):
            yield from leaves(each, (*place, number))
    else:
        yield place, value


def put(document: Document, place: Place, value: Any) -> None:
    """Change one value."""
    here: Any = document
    for step in place[:-1]:
        here = here[step]
    here[place[-1]] = value


CHOICES = (
    ["supported", "mostly_supported", "misleading", "refuted"],
    ["not_enough_evidence", "source_unclear", "not_checkable", "conflicting"],
    ["supports", "refutes", "context"],
    ["reviewer", "lead", "auditor"],
    ["depends_on", "contradicts", "repeats"],
    ["yes", "partly", "no"],
    ["trivial", "duplicate", "garbled", "out_of_scope"],
    ["personnel_move", "role_change", "cost", "financial", "product", "quantity"],
    ["reviewer-1", "reviewer-2", "lead-1"],
    ["http", "file"],
    ["zh", "en", "mixed"],
    ["stated", "not_stated"],
)


def another(value: Any) -> Any:
    """Another value of the same form, as close to the old one as possible."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    if value is None:
        return "x"
    for choice in CHOICES:
        if value in choice:
            return choice[(choice.index(value) + 1) % len(choice)]
    if len(value) == 64 and all(c in "0123456789abcdef" for c in value):
        return value[:-1] + ("0" if value[-1] != "0" else "1")
    if value[:1] in "CEKRSX" and value[1:].isdigit():
        return f"{value[0]}{int(value[1:]) % 3 + 1}"
    if value[-1:] == "Z" and value[-2:-1].isdigit():
        return value[:-2] + str((int(value[-2]) + 1) % 10) + "Z"
    if value[-1:].isdigit():
        return value[:-1] + str((int(value[-1]) + 1) % 10)
    return value + "改"


def byte_changes(data: bytes, chance: random.Random) -> bytes:
    """One small change, and not one that changes nothing, as swapping two equal bytes does."""
    changed = _byte_change(data, chance)
    return byte_changes(data, chance) if changed == data else changed


def _byte_change(data: bytes, chance: random.Random) -> bytes:
    """One of these: a bit, a byte more, a byte less, two bytes swapped, a cut end, a doubled stretch."""
    at = chance.randrange(len(data))
    match chance.randrange(6):
        case 0:
            return data[:at] + bytes([data[at] ^ (1 << chance.randrange(8))]) + data[at + 1 :]
        case 1:
            return data[:at] + bytes([chance.randrange(256)]) + data[at:]
        case 2:
            return data[:at] + data[at + 1 :]
        case 3:
            return data[:at] + data[at : at + 2][::-1] + data[at + 2 :]
        case 4:
            return data[:at]
        case _:
            return data[: at + 9] + data[at:]


CHEAPEST = (
    ("lines", "canonical", "order", "tree", "checkpoint", "receipts", "sources", "files"),
    ("signers", "signatures", "states", "objections", "adopted", "quotations", "suggestions", "evidence"),
    ("records", "texts", "index", "server"),
    ("exports",),
)


def noticed(folder: Path, events: list[Document]) -> bool:
    """True when some check finds something in this history, all hashes mended; the cheap ones are asked first."""
    rewrite(folder, events)
    return any(one_by_one(folder))


def one_by_one(
    folder: Path, order: Sequence[Sequence[str]] = CHEAPEST, *, receipts: Sequence[Receipt] = ()
) -> Iterator[Finding]:
    """What an audit finds, the cheap checks first, so that whoever has seen enough can stop it."""
    assert sorted(CHECKS) == sorted(name for names in CHEAPEST for name in names)
    trail = Trail(folder, receipts=receipts)
    for names in order:
        for sheet in run(trail, names):
            yield from sheet.findings()


def seen_by(folder: Path, events: list[Document]) -> tuple[set[str], Report]:
    """The checks that find something in this history, all hashes mended."""
    rewrite(folder, events)
    report = audit(folder)
    assert report.ok is (not report.findings)
    return {finding.check for finding in report.findings}, report
