"""Commands that publish and that check."""

import os
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from factcheck import config
from factcheck.cli.frame import Frame, command, group
from factcheck.cli.importing import export_again
from factcheck.cli.output import emit, narrate, say
from factcheck.cli.shapes import objection
from factcheck.errors import FactcheckError, NotFound, Usage
from factcheck.files import read_document
from factcheck.labels import label

if TYPE_CHECKING:
    from factcheck.audit import Receipt
    from factcheck.audit.served import Rows
    from factcheck.case import Case
    from factcheck.case.publishing import Proof


def _several(values: tuple[str, ...]) -> list[str]:
    return [word for value in values for word in value.replace(",", " ").split()]


@group("export")
@click.option(
    "--format",
    "formats",
    multiple=True,
    help="markdown, html, jsonl (these if not given), transcript, summary, claimreview, annotations, csv, pdf, docx, "
    "wacz (the captured pages: others' works, personal data), bundle; several: with commas",
)
@click.option(
    "--with-evidence",
    is_flag=True,
    help="Put the captured pages into the bundle: others' works, personal data; with wacz as one archive, too.",
)
@click.option(
    "--to", type=click.Path(path_type=Path), metavar="DIR|FILE.zip", help="Write the files here too."
)
@click.option(
    "--draft", is_flag=True, help="Also what is not final; every page says DRAFT; publishes nothing."
)
@click.option("--check", is_flag=True, help="Only say what keeps a final export back.")
@click.option("--claims", multiple=True, metavar="C1,C2", help="Only these claims.")
@click.option("--source", default="", metavar="S1", help="Only claims of this source.")
@click.option("--type", "type_", default="", help="Only claims of this type.")
@click.option("--verdict", default="", help="Only claims with this verdict.")
def export_command(context: click.Context, **options: Any) -> None:
    """Write the verified summary to exports/Xn."""
    if context.invoked_subcommand is None:
        _export(context.obj, **options)


def _export(
    frame: Frame,
    *,
    formats: tuple[str, ...],
    with_evidence: bool,
    to: Path | None,
    draft: bool,
    check: bool,
    claims: tuple[str, ...],
    source: str,
    type_: str,
    verdict: str,
) -> None:
    from factcheck.export import Scope

    case = frame.open()
    for each in _several(claims):
        case.claim(each)
    rating = case.scale.find(verdict)
    scope = Scope(tuple(_several(claims)), source, type_, rating.rating if rating else verdict)
    if check:
        proof = case.proof(scope=scope)
        _print_gates(frame, [objection(case, each) for each in proof.gates], proof, case)
    named = _with_evidence(_several(formats)) if with_evidence else _several(formats)
    made = case.export(*named, scope=scope, draft=draft, to=to)
    frame.recorded(case.recorded, str(made.folder))
    if not made.new:
        narrate(f"nothing new since {made.export.id}; no event was recorded")
    frame.tell()
    narrate(made.receipt.rstrip("\n"))


def _with_evidence(formats: list[str]) -> list[str]:
    """The bundle with the captured pages in it, which has to be asked for."""
    if "bundle" not in formats:
        raise Usage(
            "only a bundle holds evidence.", remedy="add --format bundle, or leave --with-evidence away"
        )
    return ["bundle-with-evidence" if each == "bundle" else each for each in formats]


def _print_gates(frame: Frame, gates: list[dict[str, Any]], proof: "Proof", case: "Case") -> None:
    """What keeps a final export back; beside it what is weak, and how many claims it would tell otherwise than the last one."""
    weak = [objection(case, each) for each in proof.remarks]
    if frame.json:
        since = {"last": proof.last, "changes": [asdict(each) for each in proof.changes]}
        emit({"ready": not gates, "objections": gates, "remarks": weak} | since)
    else:
        for gate in gates:
            say(f"{gate['sentence']} -> {gate['remedy']}")
        for remark in weak:
            narrate(f"{remark['sentence']} -> {remark['remedy']}")
        if proof.last:
            number = len(proof.changes)
            narrate(label("tui.since", frame.language, export=proof.last, number=number))
    sys.exit(1 if gates else 0)


@command("verify")
@click.argument("folder", type=click.Path(path_type=Path), metavar="PATH")
def export_verify(frame: Frame, folder: Path) -> None:
    """Check the files of an export against its manifest, and its ClaimReviews against the rules for them."""
    from factcheck.export import verify
    from factcheck.export.claimreview import FEED
    from factcheck.export.reviewing import in_folder

    _refuse_other(frame, folder)
    reviews = in_folder(folder, FEED)
    problems = [*verify(folder), *reviews.broken]
    if frame.json:
        found = {"problems": problems, "missing": reviews.missing}
        emit({"ok": not problems} | {name: [asdict(each) for each in them] for name, them in found.items()})
    else:
        for lack in reviews.lacks:
            narrate(lack)
        for each in problems:
            say(f"{each.where}: {each.seen}. Do: {each.do}")
    sys.exit(1 if problems else 0)


def _refuse_other(frame: Frame, folder: Path) -> None:
    """Usage for a bundle, packed or not, which the audit checks; NotFound where there is no folder."""
    from factcheck.audit.bundled import is_bag

    if folder.is_file():
        bundles = f"factcheck audit {folder} checks a bundle that is packed; or name the folder of an export"
        raise Usage("this is a file, and an export is a folder.", where=str(folder), remedy=bundles)
    if not folder.is_dir():
        way = "factcheck export makes one, or name another"
        if _is_far(frame, folder):
            way = "factcheck audit brings the exports of this case here, from where its server keeps them"
        raise NotFound("there is no such folder.", where=str(folder), remedy=way)
    if is_bag(folder):
        raise Usage("this is a bundle.", where=str(folder), remedy=f"factcheck audit {folder} checks it")


def _is_far(frame: Frame, folder: Path) -> bool:
    """True for a place of an export of a server's case, which comes to a desk when it is asked for."""
    from factcheck.case.remembering import recall_server

    case = frame.folder
    if case is None or folder.resolve().parent != (case / "exports").resolve():
        return False
    return recall_server(config.state_folder(os.environ), case) is not None


export_command.add_command(export_verify)
export_command.add_command(export_again)


def _remembered(place: Path) -> "list[Receipt]":
    """What this desk itself has seen of the case, as one more receipt."""
    from factcheck.audit import Receipt
    from factcheck.case.remembering import recall_head, seen_file

    seen = recall_head(seen_file(config.state_folder(os.environ), place))
    return [Receipt("what this desk has seen", seen.checkpoint.to_text())] if seen else []


def _text(file: Path) -> str:
    return read_document(file).decode("utf-8", "replace")


def _from_server(frame: Frame, place: Path) -> "tuple[Rows | None, bool]":
    """What the server of this case has, where it lies on one; lines and files are brought here first.

    Also whether that server could be asked for every file.
    """
    from factcheck.case import Case
    from factcheck.case.remembering import recall_server

    private = config.state_folder(os.environ)
    address = recall_server(private, place)
    if address is None:
        return None, True
    from factcheck.ledger.postgres import PostgresLedger, Server

    asked = False
    try:
        case = Case.open(place, lang=frame.language, private=private)
        asked = case.bring()
        for notice in case.notices:
            narrate(notice)
    except FactcheckError as error:  # the audit says more about it
        narrate(str(error))
    return PostgresLedger(Server(address.dsn), address.origin).raw, asked


@command("audit")
@click.argument("folder", required=False, type=click.Path(path_type=Path), metavar="[CASE|BUNDLE]")
@click.option("--check", "checks", multiple=True, metavar="NAME", help="Only these checks.")
@click.option("--quick", is_flag=True, help="Only the tree, the checkpoint and receipts.")
@click.option(
    "--since",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="RECEIPT",
    help="Also that this ledger continues the one of which RECEIPT was kept.",
)
@click.option(
    "--signers", type=click.Path(path_type=Path), metavar="FILE", help="Your own copy of allowed_signers."
)
@click.option(
    "--sheet", "paper", is_flag=True, help="Print one sheet: what was checked, found and not checked."
)
@click.option(
    "--sample",
    "number",
    type=click.IntRange(1),
    metavar="N",
    help="Also draw N decided claims for a check by hand.",
)
@click.option(
    "--seed", default="", metavar="S", help="The seed of the draw (the root of the ledger if not given)."
)
def audit_command(
    frame: Frame,
    folder: Path | None,
    checks: tuple[str, ...],
    quick: bool,
    since: tuple[Path, ...],
    signers: Path | None,
    paper: bool,
    number: int | None,
    seed: str,
) -> None:
    """Check the whole trail again from the files alone; silent when all is well."""
    from factcheck.audit import QUICK, Receipt, audit, sample
    from factcheck.cli.auditing import drawn, sheet

    place = folder or frame.folder
    if place is None:
        raise NotFound("no case here or above.", remedy="factcheck audit DIR, or --case DIR")
    rows, asked = _from_server(frame, place)
    chosen = QUICK if quick else tuple(_several(checks))
    report = audit(
        place,
        checks=chosen,
        own=config.outlets_file(os.environ),
        receipts=[*(Receipt(str(each), _text(each)) for each in since), *_remembered(place)],
        signers=_text(signers) if signers else "",
        rows=rows,
        asked=asked,
    )
    for check in report.checks:
        if check.status != "skipped" and (check.note or check.status == "unverifiable"):
            narrate(f"{check.name}: {check.status}{f' ({check.note})' if check.note else ''}")
    draw = sample(place, number, seed) if number else None
    if frame.json:
        emit(report.to_json() | ({"sample": draw.to_json()} if draw else {}))
    elif paper:
        say("\n".join(sheet(report, frame.language)))
    else:
        for finding in report.findings:
            say(f"{finding.check}: {finding.where}: {finding.seen.rstrip('.')}. Do: {finding.do}")
    if draw and not frame.json:
        say("\n".join(drawn(draw, frame.language)))
    sys.exit(0 if report.ok else 1)
