import gzip
import hashlib
import io
import json
import tracemalloc
import zipfile

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from factcheck.errors import BadData
from factcheck.evidence import archives
from factcheck.evidence.derive import derive
from factcheck.evidence.saved import HOLDS_PAGES, page_inside
from factcheck.evidence.sniff import sniffed
from tests.text.documents import archive

PAGE = "<title>首页</title><p>蒋璐转投 TikTok".encode("gbk")
HOME = "https://example.org/news/1"


def answer(url=HOME, body=PAGE, kind="text/html; charset=gbk", status="200 OK", date="2024-02-07T02:30:00Z", **more):
    return (url, body, [("Content-Type", kind), *more.items()], status, date)


def warc(*answers, packed=True):
    kept = io.BytesIO()
    writer = WARCWriter(kept, gzip=packed)
    records = [writer.create_warcinfo_record("a.warc.gz", {"software": "a test"})]
    for url, body, headers, status, date in answers:
        ask, told = StatusAndHeaders("GET / HTTP/1.1", []), StatusAndHeaders(status, headers, protocol="HTTP/1.1")
        for kind, head, content in (("request", ask, b""), ("response", told, body)):
            at = {"WARC-Date": date}
            content = io.BytesIO(content)
            records.append(writer.create_warc_record(url, kind, content, http_headers=head, warc_headers_dict=at))
    for record in records:
        writer.write_record(record)
        record.raw_stream.close()
    return kept.getvalue()


def wacz(data, pages=(), digest="", **more):
    told = digest or f"sha256:{hashlib.sha256(data).hexdigest()}"
    listed = {"resources": [{"path": "archive/data.warc.gz", "hash": told}]}
    lines = [{"format": "json-pages-1.0"}, *({"url": url} for url in pages)]
    return archive(
        {
            "archive/data.warc.gz": data,
            "pages/pages.jsonl": "\n".join(map(json.dumps, lines)),
            "datapackage.json": json.dumps(listed),
            **more,
        }
    )


def inside(data, address=""):
    return page_inside(data, sniffed(data), address=address, where="saved")


def refusal(data, address=""):
    with pytest.raises(BadData) as caught:
        inside(data, address)
    return caught.value


@pytest.mark.parametrize("packed", [True, False])
def test_the_page_in_a_warc_comes_with_its_address_date_status_and_bytes(packed):
    found = inside(warc(answer("https://example.org/a.png", b"\x89PNG", "image/png"), answer(), packed=packed))

    assert (found.url, found.date, found.status) == (HOME, "2024-02-07T02:30:00Z", 200)
    assert (found.media_type, found.data) == ("text/html; charset=gbk", PAGE)
    assert derive(found.data, found.media_type, address=found.url).text == "蒋璐转投 TikTok"


def test_of_many_pages_the_address_names_one():
    data = warc(answer(), answer("https://example.org/2", b"two"), answer("https://example.org/3", b"three"))

    assert (inside(data).data, inside(data, "https://example.org/2#part").data) == (PAGE, b"two")
    assert inside(data, "http://EXAMPLE.org/3/").data == b"three"


def test_of_two_answers_the_latest_good_one_is_taken():
    data = warc(
        answer(body=b"old", date="2024-01-01T00:00:00Z"),
        answer(body=b"new", date="2024-02-01T00:00:00Z"),
        answer(body=b"gone", status="404 Not Found", date="2024-03-01T00:00:00Z"),
    )

    assert inside(data, HOME).data == b"new"


def test_redirects_are_followed_inside_the_archive():
    sent_on = answer("http://example.org/", b"", status="301 Moved", Location="/news/1")

    assert inside(warc(sent_on, answer()), "http://example.org/").data == PAGE
    assert inside(warc(sent_on), "http://example.org/").status == 301
    assert inside(warc(answer(status="302 Found", Location=HOME)), HOME).status == 302


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ({"Content-Encoding": "gzip"}, gzip.compress(PAGE, mtime=0)),
        ({"Content-Encoding": "gzip"}, PAGE),
        ({"Transfer-Encoding": "chunked"}, b"%x\r\n%b\r\n0\r\n\r\n" % (len(PAGE), PAGE)),
        (
            {"Transfer-Encoding": "chunked", "Content-Encoding": "gzip"},
            b"%x\r\n%b\r\n0\r\n\r\n" % (len(gzip.compress(PAGE, mtime=0)), gzip.compress(PAGE, mtime=0)),
        ),
    ],
)
def test_bodies_are_decoded(headers, body):
    assert inside(warc(answer(body=body, **headers))).data == PAGE


def test_a_wacz_names_its_page():
    data = warc(answer("https://example.org/ad", b"ad"), answer())

    assert (inside(wacz(data, [HOME])).data, inside(wacz(data)).data) == (PAGE, b"ad")
    assert inside(wacz(data, [HOME]), "https://example.org/ad").data == b"ad"


def test_an_address_that_is_not_there_is_refused_with_those_that_are():
    error = refusal(warc(answer()), "https://example.org/other")

    assert (error.what, error.seen) == ("https://example.org/other is not in this file.", HOME)


def test_an_archive_without_answers_says_so():
    assert refusal(warc()).seen == "no answer at all"


def test_the_answers_before_a_tear_are_there():
    data = warc(answer(), answer("https://example.org/2", b"two" * 999, "text/plain"))

    assert inside(data[:-40], HOME).data == PAGE
    assert refusal(data[:-40], "https://example.org/2").what == "https://example.org/2 is not in this file."


def test_a_changed_body_is_found_by_its_digest():
    data = warc(answer(body=b"one hundred"), packed=False)

    assert inside(data).data == b"one hundred"
    assert refusal(data.replace(b"one hundred", b"two hundred")).what == (
        "The page in this archive is not what its digest says."
    )


def test_a_changed_archive_is_found_by_the_digest_of_its_package():
    error = refusal(wacz(warc(answer()), digest="sha256:" + "0" * 64))

    assert (error.what, error.seen) == (
        "The archive in this WACZ is not what its digest says.",
        "archive/data.warc.gz",
    )


@pytest.mark.parametrize("name", ["../up", "/root", "a/../../b", "C:/x", "a\\b", "PAGES/pages.jsonl"])
def test_a_package_whose_names_play_tricks_is_refused(name):
    assert refusal(wacz(warc(answer()), **{name: b""})).what == "This WACZ plays tricks."


def test_a_package_with_a_link_is_refused():
    kept = io.BytesIO(wacz(warc(answer())))
    with zipfile.ZipFile(kept, "a") as package:
        link = zipfile.ZipInfo("archive/link.warc.gz")
        link.external_attr = 0o120777 << 16
        package.writestr(link, "/etc/passwd")

    assert refusal(kept.getvalue()).what == "This WACZ plays tricks."


def test_a_package_with_one_name_twice_is_refused():
    kept = io.BytesIO(wacz(warc(answer())))
    with zipfile.ZipFile(kept, "a") as package, pytest.warns(UserWarning, match="Duplicate"):
        package.writestr("datapackage.json", "{}")

    assert refusal(kept.getvalue()).seen == "two files of one name"


@pytest.mark.parametrize(
    "data",
    [
        gzip.compress(b"WARC/1.0\r\nX: " + bytes(40_000_000), mtime=0),
        warc(answer(body=bytes(40_000_000))),
        warc(answer(body=gzip.compress(bytes(40_000_000), mtime=0), **{"Content-Encoding": "gzip"})),
        wacz(warc(answer(body=gzip.compress(bytes(40_000_000), mtime=0), **{"Content-Encoding": "gzip"}))),
    ],
    ids=["headers", "body", "coded body", "package"],
)
def test_bombs_are_refused_within_64_megabytes(data):
    tracemalloc.start()
    error = refusal(data)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert error.what == "This web archive holds more than is read of one."
    assert most < 80_000_000


def test_an_archive_that_inflates_without_end_is_refused(monkeypatch):
    monkeypatch.setattr(archives, "MOST_INFLATED", 3_000_000)

    assert refusal(warc(*[answer(body=bytes(999_999))] * 4)).seen in {"a bomb", "headers without end"}


@pytest.mark.parametrize(
    "data",
    [
        b"WARC/1.0\r\n",
        b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: x\r\n\r\n",
        b"WARC/1.1\r\nWARC-Type: response\r\nContent-Length: 9\r\n\r\nHTTP/1.1 ",
        gzip.compress(b"WARC/1.0\r\n" + b"x" * 999, mtime=0)[:-9],
        archive({"datapackage.json": "{"}),
        archive({"datapackage.json": "[]"}),
        archive({"datapackage.json": "{}", "archive/a.warc.gz": "no gzip"}),
        b"MIME-Version: 1.0\nContent-Type: multipart/related\n\nno part",
    ],
)
def test_broken_files_end_in_a_sentence(data):
    assert sniffed(data) in HOLDS_PAGES
    assert refusal(data).remedy


MHTML = b"""From: <Saved by Blink>
Snapshot-Content-Location: https://example.org/news/1
Date: Wed, 7 Feb 2024 02:30:00 -0000
MIME-Version: 1.0
Content-Type: multipart/related;
\ttype="text/html"; boundary="edge"

--edge
Content-Type: text/html; charset=gbk
Content-Transfer-Encoding: quoted-printable
Content-Location: https://example.org/news/1

<p>=BD=AF=E8=B4 TikTok
--edge
Content-Type: text/html
Content-Location: https://example.org/frame

frame
--edge--
""".replace(b"\n", b"\r\n")


def test_a_page_saved_with_its_pictures_is_taken_out_of_its_letter():
    found = inside(MHTML)

    assert (found.url, found.date) == (HOME, "Wed, 7 Feb 2024 02:30:00 -0000")
    assert derive(found.data, found.media_type).text == "蒋璐 TikTok"
    assert inside(MHTML, "https://example.org/frame").data.strip() == b"frame"
    assert refusal(MHTML, "https://example.org/other").seen == f"{HOME}, https://example.org/frame"
