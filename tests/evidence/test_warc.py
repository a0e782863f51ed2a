"""The record of a capture, before the two checkers that archives use."""

import gzip
import io
import json
import random
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import replace
from hashlib import sha256

import pytest
from warcio.archiveiterator import ArchiveIterator

from factcheck.evidence.answers import Exchange, Fetched
from factcheck.evidence.fetch import fetch
from factcheck.evidence.warc import record, resource

TIME = "2026-01-02T03:04:05.678Z"


def check(tmp_path, data):
    """The verdicts of warcio and of fastwarc on a file: exit status and what was said."""
    path = tmp_path / "capture.warc.gz"
    path.write_bytes(data)
    report = tmp_path / "report"
    report.write_text("")
    return [
        run(lambda: warcio("check", "-v", str(path))),
        (run(lambda: fastwarc("check", "-q", "-p", "-o", str(report), str(path)))[0], report.read_text()),
    ]


def warcio(*arguments):
    """Without its brotli, which stumbles over the package of that name when it happens to be here."""
    from warcio.bufferedreaders import BufferedReader
    from warcio.cli import main

    BufferedReader.DECOMPRESSORS.pop("br", None)

    main(list(arguments))


def fastwarc(*arguments):
    from fastwarc.cli import main

    main(list(arguments))


def run(tool):
    """A command of another program in this process: its exit status and its words."""
    said = io.StringIO()
    with redirect_stdout(said), redirect_stderr(said):
        try:
            tool()
        except SystemExit as end:
            return end.code or 0, said.getvalue()
        except BaseException as error:  # what a program of Rust does when it gives up
            return repr(error), said.getvalue()
    return 0, said.getvalue()


def records(data):
    """Type, content and headers of every record."""
    return [
        (each.rec_type, each.raw_stream.read(), dict(each.rec_headers.headers))
        for each in ArchiveIterator(io.BytesIO(data), no_record_parse=True)
    ]


def passes(tmp_path, data):
    (one, said), (other, told) = check(tmp_path, data)
    expected = len(records(data))
    return (one, other, said.count("digest pass"), told.count(": OK, PAYLOAD") - told.count("FAIL")) == (0, 0, expected, expected)


@pytest.mark.parametrize(
    "path", ["/page", "/on", "/round", "/zipped", "/half", "/brotli", "/gone", "/bomb", "/inside", "/nowhere"]
)
def test_both_checkers_pass_the_record_of_every_capture(web, tmp_path, path):
    page = fetch(f"http://{web.pair}{path}", allow=[web.pair], limit=100_000)

    assert passes(tmp_path, record(page, software="factcheck/1"))


def test_a_capture_that_came_to_nothing_has_a_record_that_says_so(tmp_path):
    page = fetch("http://no.example/", resolve=lambda *_: ())
    found = record(page, software="factcheck/1")

    assert [kind for kind, _, _ in records(found)] == ["warcinfo", "metadata"]
    assert json.loads(records(found)[-1][1])["outcome"] == "no such host"
    assert passes(tmp_path, found)


def test_the_record_holds_each_request_and_each_answer_as_it_came(web):
    page = fetch(f"http://{web.pair}/on", allow=[web.pair])
    found = records(record(page, software="factcheck/1"))

    kinds = [kind for kind, _, _ in found]
    assert kinds == ["warcinfo", *["request", "response"] * 3, "metadata"]
    assert found[1][1].startswith(b"GET /on HTTP/1.1\r\nHost: 127.0.0.1:")
    assert found[2][1].startswith(b"HTTP/1.0 302 Found\r\n")
    assert found[6][1].endswith("蒋璐转投 TikTok".encode("gbk"))
    assert found[6][2]["WARC-IP-Address"] == "127.0.0.1"
    assert found[5][2]["WARC-Concurrent-To"] == found[6][2]["WARC-Record-ID"]
    facts = json.loads(found[-1][1])
    assert (facts["outcome"], facts["final_url"]) == ("ok", page.final_url)
    assert [hop["status"] for hop in facts["hops"]] == [302, 301]


def test_a_zipped_body_is_kept_as_it_went_over_the_wire(web):
    page = fetch(f"http://{web.pair}/zipped", allow=[web.pair], robots=False)
    answer = records(record(page, software="factcheck/1"))[2][1]

    assert gzip.decompress(answer.partition(b"\r\n\r\n")[2]).decode() == "蒋璐转投 TikTok"


def exchange(**changes):
    made = Exchange(
        url="http://example.org/蒋璐",
        time=TIME,
        address="[2001:db8::1]:443",
        status=200,
        request=b"GET / HTTP/1.1\r\n\r\n",
        head=b"HTTP/1.1 200 OK\r\nTransfer-encoding: chunked\r\nX-A: \xff\r\n\r\n",
        body=b"transfer-encoding: of the body\r\n" * 3,
    )
    return replace(made, **changes)


def fetched(*exchanges):
    return Fetched(
        url="http://example.org/",
        final_url="http://example.org/",
        status=200,
        media_type="text/html",
        data=b"",
        outcome="ok",
        started=TIME,
        ended=TIME,
        exchanges=exchanges,
    )


def test_the_header_of_chunks_that_are_no_more_gets_another_name(tmp_path):
    found = record(fetched(exchange(chunked=True, truncated="length")), software="factcheck/1")
    answer = records(found)[2]

    assert b"\r\nX-Archive-Orig-Transfer-Encoding: chunked\r\nX-A: \xff\r\n\r\ntransfer-encoding: of" in answer[1]
    assert (answer[2]["WARC-Truncated"], answer[2]["WARC-IP-Address"]) == ("length", "2001:db8::1")
    assert passes(tmp_path, found)


def test_the_same_capture_gives_the_same_bytes_and_another_one_other_names():
    once, again = (record(fetched(exchange()), software="factcheck/1") for _ in range(2))
    other = record(fetched(exchange(body=b"other")), software="factcheck/1")

    assert once == again
    assert records(once)[2][2]["WARC-Record-ID"] != records(other)[2][2]["WARC-Record-ID"]


@pytest.mark.parametrize("url", ["https://example.org/report.pdf", ""])
def test_a_filed_document_is_a_resource(tmp_path, url):
    found = resource(
        b"%PDF-1.7", url=url, media_type="application/pdf", time=TIME, software="factcheck/1", facts={"via": "file"}
    )

    kind, content, headers = records(found)[1]
    assert (kind, content, headers["Content-Type"]) == ("resource", b"%PDF-1.7", "application/pdf")
    assert headers["WARC-Target-URI"] == (url or f"urn:sha256:{sha256(content).hexdigest()}")
    assert json.loads(records(found)[2][1])["via"] == "file"
    assert passes(tmp_path, found)


def test_both_checkers_find_a_flipped_byte_wherever_it_is(tmp_path):
    whole = record(fetched(exchange(), exchange(body=b"<p>more</p>")), software="factcheck/1")
    places = random.Random(5).sample(range(len(whole)), 12)
    unnoticed = []
    for place in [1, 3, 40, len(whole) - 2, *places]:
        flipped = bytearray(whole)
        flipped[place] ^= 0x10
        for status, said in check(tmp_path, bytes(flipped)):
            complete = max(said.count("digest pass"), said.count(": OK")) == len(records(whole))
            if status == 0 and complete:
                unnoticed.append(place)

    assert unnoticed == []
    assert passes(tmp_path, whole)
