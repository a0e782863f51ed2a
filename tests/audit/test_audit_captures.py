"""A capture rewritten with every hash mended: its text, its record and who stands behind it are held to its bytes."""

import hashlib
import json
import os
from io import BytesIO

import attacker
import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.warcwriter import WARCWriter

from factcheck.audit import audit
from factcheck.errors import Refused, Usage


@pytest.fixture
def fetched(record):
    """The case, its events, and the body of a page that was fetched and has a text."""
    folder, events = record
    event = next(
        e
        for e in events
        if e["kind"] == "capture.made" and e["body"].get("fetched") and e["body"].get("text")
    )
    return folder, events, event["body"]


def keep(folder, data, suffix):
    sha256 = hashlib.sha256(data).hexdigest()
    path = f"evidence/{sha256}.{suffix}"
    (folder / path).write_bytes(data)
    return {"path": path, "sha256": sha256, "size": len(data)}


def found(folder, events, check):
    attacker.rewrite(folder, events)
    return " ".join(each.seen for each in audit(folder, checks=[check]).findings)


def record_again(folder, body, change, kinds=("metadata",)):
    """Write the record anew, with other contents of these kinds of records, and name it in the event."""
    written = BytesIO()
    writer = WARCWriter(written, gzip=True)
    data = (folder / body["fetched"]["warc"]["path"]).read_bytes()
    for each in ArchiveIterator(BytesIO(data), no_record_parse=True):
        content = each.raw_stream.read()
        headers = each.rec_headers
        if each.rec_type in kinds:
            content = change(content, headers)
        for name in ("Content-Length", "WARC-Block-Digest"):
            headers.remove_header(name)
        each.raw_stream, each.length = BytesIO(content), len(content)
        each.payload_length = -1
        writer.write_record(each)
    body["fetched"]["warc"] = keep(folder, written.getvalue(), "warc.gz")


def test_another_text_is_found_also_where_the_line_does_not_say_what_the_page_says(fetched):
    folder, events, body = fetched
    text = b"he took 9 million euros himself"
    kept = keep(folder, text, "txt")
    body["text"] |= {"path": kept["path"], "sha256": kept["sha256"], "characters": len(text)}
    assert "another text" in found(folder, events, "texts")
    del body["page"]
    assert "another text" in found(folder, events, "texts")
    assert "what the page says" in found(folder, events, "evidence")


def test_a_record_that_holds_other_bytes_than_the_capture_is_found(fetched):
    folder, events, body = fetched
    page = b"<p>he took 9 million euros himself</p>"
    body |= keep(folder, page, "html")

    def change(content, _headers):
        return json.dumps(json.loads(content) | {"sha256": body["sha256"]}).encode()

    record_again(folder, body, change)
    assert f"not {body['sha256']}" in found(folder, events, "records")


def test_a_record_written_anew_with_the_same_contents_is_taken(fetched):
    folder, events, body = fetched
    record_again(folder, body, lambda content, _headers: content)
    assert found(folder, events, "records") == ""


@pytest.mark.parametrize(
    ("name", "value", "seen"),
    [
        ("WARC-Target-URI", "http://evil.example/zz", "which the ledger did not ask"),
        ("WARC-Date", "2011-01-01T00:00:00.000Z", "the answer came at 2011"),
        ("WARC-IP-Address", "203.0.113.7", "the answer came from 203.0.113.7"),
    ],
)
def test_answers_of_another_address_time_or_peer_are_found(fetched, name, value, seen):
    folder, events, body = fetched

    def change(content, headers):
        headers.replace_header(name, value)
        return content

    record_again(folder, body, change, kinds=("response",))
    assert seen in found(folder, events, "records")


def test_another_status_in_the_answer_is_found(fetched):
    folder, events, body = fetched
    record_again(folder, body, lambda c, _h: c.replace(b" 200 ", b" 404 ", 1), kinds=("response",))
    assert "the answer has the status 404" in found(folder, events, "records")


def test_a_fetched_page_without_a_record_is_told_as_unverifiable(fetched):
    folder, events, body = fetched
    for name in ("fetched", "page", "standing", "text"):
        body.pop(name, None)
    attacker.rewrite(folder, events)
    sheet = audit(folder, checks=["records"]).checks[0]
    assert sheet.status == "unverifiable"
    assert "no record says how" in sheet.note


def test_a_text_of_nothing_and_a_text_of_nobody_are_found(fetched):
    folder, events, body = fetched
    del body["standing"]
    assert "not who stands behind it" in found(folder, events, "evidence")
    body |= {"path": "", "sha256": "", "size": 0, "outcome": "timeout"}
    assert "nothing was had, yet it has a text" in found(folder, events, "evidence")


@pytest.mark.parametrize("name", ["claims.jsonl", "report.md", "manifest-sha256.txt"])
def test_an_export_that_is_a_device_or_a_pipe_is_named_and_never_read(folder, name):
    path = folder / "exports" / "X1" / name
    for spoil in (lambda: path.symlink_to("/dev/zero"), lambda: os.mkfifo(path)):
        path.unlink()
        spoil()
        assert audit(folder, checks=["exports"]).findings


def test_what_the_desk_takes_the_audit_takes(case, tmp_path):
    """An empty file is refused, a capture cannot vouch for itself, words typed by hand may be placed later."""
    (tmp_path / "empty.html").write_bytes(b"")
    with pytest.raises(Refused, match="empty"):
        case.capture(tmp_path / "empty.html")
    (tmp_path / "page.html").write_text("<p>The bridge costs 40 million euros.</p>" * 3, "utf-8")
    (tmp_path / "app.html").write_text("<script>show()</script>", "utf-8")
    page = case.capture(tmp_path / "page.html", from_url="https://example.org/a")
    scripts = case.capture(tmp_path / "app.html", from_url="https://example.org/b")
    for said in ({"other": page.id}, {"url": "https://example.org/a"}):
        with pytest.raises(Refused, match="vouch for itself"):
            case.corroborate(page.id, **said)
    with pytest.raises(Usage, match="nobody is named"):
        case.corroborate(page.id, sha256=page.sha256)
    piece = case.attach("C1", scripts, stance="supports", quote="the bridge costs", manual=True)
    case.reanchor(piece.id, page.id, quote="The bridge costs 40 million euros.")
    assert case.audit().findings == ()
