"""Commands about evidence."""

import os
import sys
from pathlib import Path

import click

from factcheck.case import Case
from factcheck.cli.frame import Frame, command
from factcheck.cli.output import emit, narrate, say
from factcheck.errors import Refused, Unavailable, Usage
from factcheck.files import cannot_write
from factcheck.labels import label
from factcheck.model import Capture, Evidence


@command("capture")
@click.argument("what", metavar="URL|FILE")
@click.option("--from", "from_url", default="", metavar="URL", help="Where a file was saved from.")
@click.option(
    "--allow-address",
    multiple=True,
    metavar="HOST:PORT",
    help="A non-public address that may be fetched all the same.",
)
def capture_command(frame: Frame, what: str, from_url: str, allow_address: tuple[str, ...]) -> None:
    """Fetch a page or file a document; the bytes are named by their SHA-256."""
    frame.refuse_at()
    case = frame.open()
    capture = case.capture(what, from_url=from_url, allow=allowed(allow_address))
    frame.recorded(case.recorded)
    narrate(
        f"{capture.id}: {capture.outcome}, {capture.size} bytes, {capture.media_type or '-'}, {capture.sha256}"
    )
    if capture.inside:
        narrate(label("cli.taken_out", frame.language, url=capture.inside))
    elif capture.url and not from_url and capture.via != "http":
        narrate(label("cli.saved_from", frame.language, url=capture.url))
    if capture.path and capture.page.little:
        narrate(label("cli.little", frame.language, capture=capture.id))
    if capture.outcome != "ok" and not capture.path:
        sys.exit(Refused.exit if capture.status else Unavailable.exit)


def allowed(named: tuple[str, ...]) -> list[str]:
    """The non-public addresses that may be fetched: those named here, and those of the environment."""
    more = os.environ.get("FACTCHECK_ALLOW_ADDRESSES", "")
    return [*named, *(each.strip() for each in more.split(",") if each.strip())]


@command("attach")
@click.argument("claim")
@click.argument("what", metavar="URL|FILE|K3")
@click.option("--quote", default="", help="The words that matter, exactly as they stand there.")
@click.option("--stance", required=True, help="supports, refutes or context")
@click.option("--note", default="", help="What it shows.")
@click.option("--grade", default="", help="primary, official, reporting, secondary, repost or anonymous")
@click.option("--nearest", is_flag=True, help="Take the words most like these when they do not stand there.")
@click.option("--manual", is_flag=True, help="The words are typed by hand, from what has no text.")
def attach_command(
    frame: Frame,
    claim: str,
    what: str,
    quote: str,
    stance: str,
    note: str,
    grade: str,
    nearest: bool,
    manual: bool,
) -> None:
    """Attach a bare link, a file or a capture to CLAIM."""
    from factcheck.case.capturing import is_url

    case = frame.open()
    named = what if is_url(what) or (what[:1] == "K" and what[1:].isdigit()) else Path(what)
    case.attach(
        claim,
        named,
        quote=quote,
        stance=stance,
        note=note,
        grade=grade,
        nearest=nearest,
        manual=manual,
        at=frame.at,
    )
    frame.recorded(case.recorded)


@command("open")
@click.argument("subject", metavar="E3|K3")
@click.option(
    "--warc",
    default=None,
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write its record (WARC/1.1) for any replay tool.",
)
def open_command(frame: Frame, subject: str, warc: Path | None) -> None:
    """Show the text of a capture, or the address of a bare link; nothing is opened behind your back."""
    case = frame.open()
    found = case.look(subject)
    capture = found if isinstance(found, Capture) else None
    if isinstance(found, Evidence) and found.capture:
        capture = case.look(found.capture)
    if capture is None and not isinstance(found, Evidence):
        raise Usage(f"{subject} is neither evidence nor a capture.", remedy="give an id like E3 or K3")
    if warc is not None:
        _write_record(case, subject, capture, warc)
        return
    text = case.page_text(capture) if capture else ""
    address = capture.address if capture else found.url
    link = case.link_to(found) if isinstance(found, Evidence) else ""
    if frame.json:
        said = {"id": subject, "url": address or None, "captured": capture is not None}
        emit(said | {"link": link or None, "text": text})
        return
    if link:
        narrate(label("cli.link_to", frame.language, link=link))
    if capture is None:
        narrate(label("cli.bare_link", frame.language))
        say(address)
        return
    say(text or label("cli.no_text", frame.language, path=capture.path or "-"))


def _write_record(case: Case, subject: str, capture: Capture | None, target: Path) -> None:
    if capture is None:
        raise Refused(
            f"{subject} is a bare link; nothing of it was captured.",
            where=subject,
            remedy="factcheck capture URL",
        )
    if target.exists():
        raise Refused("there is a file of this name already.", where=str(target), remedy="name another one")
    data = case.record(capture)
    try:
        target.write_bytes(data)
    except OSError as error:
        raise cannot_write(target, error) from error
    narrate(f"{target}: {len(data)} bytes")


@command("withdraw")
@click.argument("evidence", metavar="E3")
@click.option("--because", default="", help="Why.")
def withdraw_command(frame: Frame, evidence: str, because: str) -> None:
    """Take evidence back; a verdict that relies on it reopens."""
    frame.recorded(frame.open().withdraw(evidence, because=because, at=frame.at))
