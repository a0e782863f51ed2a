"""Bombs, streams without an end and pages that lie about themselves: bounded in memory, and told."""

import gzip
import json
import subprocess
import sys
import zlib

import pytest

from factcheck.evidence.derive import derive
from factcheck.evidence.fetch import fetch

# Asks for some addresses in a fresh process, and tells by how many bytes its memory grew at the most.
ASK = """
import json, resource, sys
from pathlib import Path
from factcheck.evidence.fetch import fetch
from factcheck.evidence.warc import record
import httpx

def peak():
    # ru_maxrss of a new program begins with that of its parent on Linux; VmHWM does not.
    if sys.platform == "darwin":
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM"))

def desk(path):
    page = fetch(f"http://{pair}{path}", allow=[pair], deadline=300)
    record(page, software="factcheck/1")
    return [page.outcome, page.decoded <= 20_000_000, page.wire <= 20_100_000]

def plain(path):
    return [len(httpx.get(f"http://{pair}{path}", timeout=300, trust_env=False).content)]

pair, way, *paths = sys.argv[1:]
ask = {"desk": desk, "plain": plain}[way]
ask("/page")
before = peak()
print(json.dumps([[ask(path) for path in paths], peak() - before]))
"""


def zeros(bits, size=200_000_000):
    """A packed body of `size` zero bytes, made without ever holding them."""
    squeeze, piece = zlib.compressobj(9, zlib.DEFLATED, bits), bytes(1_000_000)
    return b"".join([squeeze.compress(piece) for _ in range(size // len(piece))]) + squeeze.flush()


GZIPPED = zeros(31)
BOMBS = {
    "/bombs/gzip": ("gzip", GZIPPED, "too large"),
    "/bombs/zlib": ("deflate", zeros(15), "too large"),
    "/bombs/deflate": ("deflate", zeros(-15), "too large"),
    "/bombs/twice": ("gzip, gzip", gzip.compress(GZIPPED), "too large"),
    "/bombs/thrice": ("gzip, deflate, gzip", gzip.compress(zlib.compress(GZIPPED)), "too large"),
    "/bombs/members": ("gzip", gzip.compress(bytes(1000)) * 40_000, "too large"),
    "/bombs/empty-members": ("gzip, gzip", gzip.compress(gzip.compress(b"") * 300_000, 1), "ok"),
    "/bombs/br": ("br", b"\x5b\xff\xff\x03" + bytes(400), "an encoding that was not asked for (br)"),
    "/bombs/plain": ("", bytes(25_000_000), "too large"),
}


@pytest.fixture
def bombs(web, monkeypatch):
    pages = web.RequestHandlerClass.do_GET.__globals__["PAGES"]
    for path, (coding, body, _) in BOMBS.items():
        headers = {"Content-Type": "text/html"} | ({"Content-Encoding": coding} if coding else {})
        monkeypatch.setitem(pages, path, (200, headers, body))
    return web


def measured(web, way, *paths):
    """What became of each address, and by how many bytes the memory of a fresh process grew meanwhile."""
    ask = [sys.executable, "-c", ASK, web.pair, way, *paths]
    return json.loads(subprocess.run(ask, capture_output=True, text=True, check=True).stdout)


def test_bombs_make_memory_grow_by_less_than_64_megabytes(bombs):
    told, grown = measured(bombs, "desk", *BOMBS)

    assert told == [[outcome, True, True] for _, _, outcome in BOMBS.values()]
    assert grown < 64_000_000, f"{grown:,} bytes"


def test_the_same_measure_shows_what_a_bomb_does_to_a_plain_client(bombs):
    told, grown = measured(bombs, "plain", "/bombs/gzip")

    assert told == [[200_000_000]]
    assert grown > 64_000_000


def test_a_length_that_is_too_small_cuts_the_page_where_it_says(web, monkeypatch):
    pages = web.RequestHandlerClass.do_GET.__globals__["PAGES"]
    monkeypatch.setitem(pages, "/small", (200, {"Content-Length": "3"}, b"abcdef"))
    monkeypatch.setitem(pages, "/big", (200, {"Content-Length": "99"}, b"abcdef"))
    short, long = (fetch(f"http://{web.pair}/{path}", allow=[web.pair]) for path in ("small", "big"))

    assert (short.outcome, short.data, short.truncated) == ("ok", b"abc", "")
    assert (long.outcome, long.data, long.truncated) == ("broken off", b"abcdef", "disconnect")


def test_a_page_of_nearly_20_megabytes_comes_whole(web, monkeypatch):
    page = "<p>蒋璐转投 TikTok。</p>\n".encode() * 600_000
    pages = web.RequestHandlerClass.do_GET.__globals__["PAGES"]
    monkeypatch.setitem(pages, "/huge", (200, {"Content-Type": "text/html"}, page))
    came = fetch(f"http://{web.pair}/huge", allow=[web.pair], deadline=120)

    assert (came.outcome, came.data == page) == ("ok", len(page) < 20_000_000)


SENTENCE = "张楠辞去抖音集团CEO一职，蒋璐转投 TikTok，这家公司在声明中说。"
TAIWAN = "張楠辭去抖音集團執行長一職，蔣璐轉投 TikTok，這家公司在聲明中說。"


@pytest.mark.parametrize(
    ("encoding", "text", "head"),
    [
        ("gbk", SENTENCE, ""),
        ("gbk", SENTENCE, "<meta charset=gb2312>"),
        ("gb18030", SENTENCE + "𠮷㐂", '<meta http-equiv="Content-Type" content="text/html; charset=GB18030">'),
        ("big5", TAIWAN, ""),
        ("big5", TAIWAN, "<meta charset='big5'>"),
    ],
)
def test_a_chinese_page_whose_server_names_no_charset_reads_right(web, monkeypatch, encoding, text, head):
    pages = web.RequestHandlerClass.do_GET.__globals__["PAGES"]
    body = f"<html><head>{head}<title>TikTok</title></head><body><p>{text * 6}</p></body></html>".encode(encoding)
    monkeypatch.setitem(pages, "/zh", (200, {"Content-Type": "text/html"}, body))
    page = fetch(f"http://{web.pair}/zh", allow=[web.pair])

    assert text in derive(page.data, page.media_type, page.final_url, address=page.final_url).text


@pytest.mark.parametrize(
    ("declared", "body", "sniffed"),
    [
        ("text/html", b"%PDF-1.7\n1 0 obj", "application/pdf"),
        ("image/png", b"<!doctype html><title>x</title><p>words</p>", "text/html"),
        ("application/pdf", b"\x89PNG\r\n\x1a\n....", "image/png"),
    ],
)
def test_a_type_that_lies_is_kept_beside_what_the_bytes_are(web, monkeypatch, declared, body, sniffed):
    pages = web.RequestHandlerClass.do_GET.__globals__["PAGES"]
    monkeypatch.setitem(pages, "/lie", (200, {"Content-Type": declared}, body))
    page = fetch(f"http://{web.pair}/lie", allow=[web.pair])

    assert (page.declared, page.sniffed) == (declared, sniffed)
