import gzip

import pytest

from factcheck.evidence.sniff import DOCX, sniffed
from tests.text.documents import archive, pdf, said, package

PAGE = "<!doctype html><title>首页</title><p>蒋璐转投 TikTok".encode()
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(20)


@pytest.mark.parametrize(
    ("declared", "data", "seen"),
    [
        ("image/png", PAGE, "text/html"),
        ("application/octet-stream", PAGE, "text/html"),
        ("application/json", PAGE, "text/html"),
        ("application/pdf", b"\xef\xbb\xbf" + PAGE, "text/html"),
        ("", b"\xff\xfe" + PAGE.decode().encode("utf-16-le"), "text/html"),
        ("text/html", PICTURE, "image/png"),
        ("text/html; charset=utf-8", pdf([["words"]]), "application/pdf"),
        ("text/plain", b"\n" + pdf([["words"]]), "application/pdf"),
        ("text/html", b'{"a": "<p>"}', "application/json"),
        ("image/jpeg", b"[1, 2]", "application/json"),
        ("text/html", b"RIFF....WEBPVP8 ", "image/webp"),
        ("text/html", package(said("a")), DOCX),
        ("application/zip", archive({"datapackage.json": "{}"}), "application/wacz"),
        ("text/html", archive({"a.txt": "a"}), "application/zip"),
        ("text/plain", b"WARC/1.1\r\n", "application/warc"),
        ("", gzip.compress(b"WARC/1.0\r\n", mtime=0), "application/warc+gzip"),
        ("", gzip.compress(PAGE, mtime=0), "application/gzip"),
        ("", b"\x1f\x8b torn", "application/gzip"),
        ("text/html", bytes(range(256)), "application/octet-stream"),
    ],
)
def test_bytes_are_what_they_are_whatever_they_are_called(declared, data, seen):
    assert sniffed(data, declared, "page.html") == seen


@pytest.mark.parametrize(
    ("declared", "data", "seen"),
    [
        ("text/plain; charset=utf-8", PAGE, "text/plain"),
        ("text/markdown", b"<p align=center>", "text/markdown"),
        ("text/csv", b"a,b", "text/csv"),
        ("application/ld+json", b"{}", "application/ld+json"),
        ("image/svg+xml", b"<?xml version='1.0'?><svg/>", "image/svg+xml"),
        ("text/html", b"no tag at all", "text/html"),
        ("text/html", b"[00:01] words in brackets", "text/html"),
        ("application/xhtml+xml", b"<html>", "application/xhtml+xml"),
        ("text/plain", b"a stray \0 in a text" + b" of many words" * 9, "text/plain"),
    ],
)
def test_kinds_of_text_are_what_their_sender_says(declared, data, seen):
    assert sniffed(data, declared) == seen


@pytest.mark.parametrize(
    ("name", "data", "seen"),
    [
        ("a.md", b"<p>x", "text/markdown"),
        ("a.csv", b"a,b", "text/csv"),
        ("a.srt", b"1", "application/x-subrip"),
        ("a.xml", b"<?xml version='1.0'?><rss/>", "text/xml"),
        ("a.xml", PAGE, "text/html"),
        ("a.htm", b"words", "text/html"),
        ("a", b"<?xml version='1.0'?><rss/>", "text/xml"),
        ("a", b"<?xml version='1.0'?><html/>", "application/xhtml+xml"),
        ("a.php", b" <!-- x --><!DOCTYPE html>", "text/html"),
        ("a.docx", b"words", "text/plain"),
        ("", b"", "text/plain"),
    ],
)
def test_of_a_file_its_suffix_tells_kinds_of_text_apart(name, data, seen):
    assert sniffed(data, "", name) == seen


@pytest.mark.parametrize(
    ("data", "seen"),
    [
        (pdf([["words"]]) + b"<!doctype html><script>alert(1)</script>", "application/pdf"),
        (b"<html><!--" + pdf([["words"]]) + b"-->", "text/html"),
        (b"GIF89a/*" + bytes(8) + b"*/=1;alert(1)", "image/gif"),
        (pdf([["words"]]) + archive({"word/document.xml": "<a/>"}), "application/pdf"),
        (b"PK\x03\x04" + pdf([["words"]]), "application/zip"),
    ],
)
def test_of_two_things_in_one_the_first_bytes_decide(data, seen):
    assert sniffed(data, "text/html") == seen


def test_json_without_end_is_told_by_its_first_and_last_sign():
    assert sniffed(b"[" + b"1," * 3_000_000 + b"1]", "text/html") == "application/json"
    assert sniffed(b"[" * 100_000 + b"]" * 100_000, "text/html") == "text/html"
