"""The captured pages as one web archive: what public tools read, where each record lies, and what is not in it."""

import gzip
import io
import json
import subprocess
import sys
import threading
import zipfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import surt as public
from fastwarc.warc import ArchiveIterator as FastIterator
from warcio.archiveiterator import ArchiveIterator

from factcheck.audit import audit
from factcheck.case import Case
from factcheck.errors import Usage
from factcheck.evidence.archives import Archive
from factcheck.evidence.warc import resource
from factcheck.export import Scope, render, summarise, verify
from factcheck.export.archive import left_out
from factcheck.export.archive_index import indexed, surt

SAID = "Maria Lopez joined Globex last week. Acme sold 40 million units in 2023.\n"
PAGE = "<html><head><title>研究组</title></head><body><p>Maria Lopez joined Globex 蒋璐.</p></body></html>"


class Pages(BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/old":
            self.send_response(301)
            self.send_header("Location", "/team?b=2&a=1")
            self.end_headers()
            return
        self.send_response(200 if self.path.startswith("/team") else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(PAGE.encode())

    def log_message(self, *_):
        pass


@pytest.fixture
def site():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def case(tmp_path, site):
    """One claim stands on a fetched page and a filed one, the other on a file without an address; a fourth is unused."""
    made = Case.create(tmp_path / "case", "lead-1", name="案卷", solo=True)
    (tmp_path / "talk.txt").write_text(SAID, "utf-8")
    made.ingest(tmp_path / "talk.txt")
    (tmp_path / "team.html").write_text(PAGE, "utf-8")
    (tmp_path / "note.txt").write_text("Acme says 40 million units.\n", "utf-8")
    (tmp_path / "unused.txt").write_text("Nobody cites this.\n", "utf-8")
    fetched = made.capture(f"http://{site}/old", allow=[site])
    filed = made.capture(tmp_path / "team.html", from_url="https://www.example.org/Team/")
    note = made.capture(tmp_path / "note.txt")
    made.capture(tmp_path / "unused.txt")
    first, second = (each.id for each in made.claims()[:2])
    made.attach(first, fetched, quote="Maria Lopez joined Globex", stance="supports")
    made.attach(first, filed, quote="Maria Lopez joined Globex", stance="supports")
    made.attach(second, note, quote="40 million units", stance="supports")
    for claim in (first, second):
        made.decide(claim, "supported", because="so it says")
    yield made
    report = made.audit()
    made.close()
    assert report.findings == ()


def packed(case, *formats, **more):
    folder = case.export(*(formats or ("wacz",)), **more).folder
    return zipfile.ZipFile(folder / "captures.wacz")


def package(archive):
    return json.loads(archive.read("datapackage.json"))


def index(archive):
    """The lines of the index: key, time, what is known."""
    for line in archive.read("indexes/index.cdxj").decode().splitlines():
        key, time, known = line.split(" ", 2)
        yield key, time, json.loads(known)


def test_a_public_validator_finds_nothing_wrong(case, tmp_path):
    folder = case.export("wacz").folder
    command = [
        sys.executable,
        "-W",
        "ignore",
        "-m",
        "wacz.main",
        "validate",
        "-f",
        str(folder / "captures.wacz"),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert (done.returncode, done.stdout.split("\n")[-2]) == (
        0,
        "Validation succeeded, the passed WACZ is valid",
    )


def test_it_holds_what_the_evidence_names_and_nothing_else(case):
    archive = packed(case)
    assert archive.namelist() == [
        "archive/K1.warc.gz",
        "archive/K2.warc.gz",
        "archive/K3.warc.gz",
        "datapackage-digest.json",
        "datapackage.json",
        "indexes/index.cdxj",
        "pages/pages.jsonl",
    ]
    assert {each.compress_type for each in archive.infolist()} == {zipfile.ZIP_STORED}
    assert package(archive)["wacz_version"] == "1.1.1"
    assert package(archive)["missing"] == []


def test_the_record_of_a_fetched_page_is_the_one_that_the_case_keeps(case):
    kept = case.look("K1").fetched.warc
    assert packed(case).read("archive/K1.warc.gz") == (case.folder / kept.path).read_bytes()


def test_each_line_of_the_index_leads_to_its_record_for_two_readers(case):
    archive = packed(case)
    seen = []
    for key, time, known in index(archive):
        whole = archive.read(f"archive/{known['filename']}")
        start = int(known["offset"])
        data = whole[start : start + int(known["length"])]
        (record,) = ArchiveIterator(io.BytesIO(data))
        fast = next(iter(FastIterator(io.BytesIO(data))))
        address, date = record.rec_headers["WARC-Target-URI"], record.rec_headers["WARC-Date"]
        assert (known["url"], key) == (address, surt(address))
        assert fast.headers["WARC-Record-ID"] == record.rec_headers["WARC-Record-ID"]
        assert time == "".join(filter(str.isdigit, date))[:14]
        seen.append((record.rec_type, known.get("status", ""), known.get("mime", "")))
    assert sorted(seen) == [
        ("resource", "", "text/html"),
        ("resource", "", "text/plain"),
        ("response", "200", "text/html"),
        ("response", "301", ""),
        ("response", "404", "text/html"),
    ]


def test_a_page_stands_in_the_list_under_its_final_address_at_the_time_of_its_record(case, site):
    archive = packed(case)
    head, *pages = map(json.loads, archive.read("pages/pages.jsonl").splitlines())
    assert head["format"] == "json-pages-1.0"
    assert [(each["id"], each["url"]) for each in pages] == [
        ("K1", f"http://{site}/team?b=2&a=1"),
        ("K2", "https://www.example.org/Team/"),
        ("K3", f"urn:sha256:{case.look('K3').sha256}"),
    ]
    times = {(known["url"], time) for _, time, known in index(archive)}
    assert {(each["url"], "".join(filter(str.isdigit, each["ts"]))[:14]) for each in pages} <= times


def test_our_own_reader_finds_the_filed_page_in_it(case):
    data = (case.export("wacz").folder / "captures.wacz").read_bytes()
    archive = Archive(data, packed=True, where="captures.wacz")
    found = next(each for each in archive.answers() if each.url == "https://www.example.org/Team/")
    assert archive.body(found) == PAGE.encode()


def test_the_date_of_a_filed_page_is_its_event_s_and_its_id_follows_from_it(case):
    record = next(
        each
        for each in ArchiveIterator(io.BytesIO(packed(case).read("archive/K2.warc.gz")))
        if each.rec_type == "resource"
    )
    assert record.rec_headers["WARC-Date"] == case.look("K2").time
    assert record.rec_headers["WARC-Record-ID"].startswith("<urn:uuid:")


def test_the_same_case_gives_the_same_archive(case):
    first = (case.export("wacz").folder / "captures.wacz").read_bytes()
    again = case.export("wacz")
    assert not again.new
    assert (again.folder / "captures.wacz").read_bytes() == first


def test_an_archive_that_was_filed_goes_in_as_it_is(case, tmp_path):
    whole = packed(case).read("archive/K2.warc.gz")
    (tmp_path / "saved.warc.gz").write_bytes(whole)
    again = case.capture(tmp_path / "saved.warc.gz")
    case.attach("C1", again, quote="Maria Lopez joined Globex", stance="context")
    archive = packed(case, draft=True)
    kept = {name: archive.read(name) for name in archive.namelist() if again.id in name}
    assert kept == {f"archive/{again.id}.warc.gz": (case.folder / again.path).read_bytes()}


def test_bytes_that_were_withheld_are_named_and_the_desk_is_told(case):
    case.withhold("K1", because="a court says so")
    made = case.export("wacz", draft=True)
    missing = left_out((made.folder / "captures.wacz").read_bytes())
    assert [(each.capture, each.because) for each in missing] == [("K1", "withheld")]
    assert "captures.wacz is without K1: withheld." in case.notices
    assert "archive/K1.warc.gz" not in packed(case, draft=True).namelist()


def test_what_was_removed_after_the_archive_was_published_is_unverifiable_not_a_finding(case):
    case.export("wacz")
    case.withhold("K3", because="privacy")
    report = case.audit("exports")
    assert report.findings == ()
    assert "removed by order since" in next(each for each in report.checks if each.name == "exports").note


def test_a_changed_byte_of_it_is_found(case):
    folder = case.export("wacz").folder
    path = folder / "captures.wacz"
    whole = path.read_bytes()
    path.write_bytes(whole[:200] + bytes([whole[200] ^ 1]) + whole[201:])
    assert [each.where for each in verify(folder)] == ["captures.wacz"]
    assert {each.where for each in case.audit("exports").findings} == {"exports/X1/captures.wacz"}
    path.write_bytes(whole)


def test_a_bundle_takes_it_in_only_together_with_the_evidence(case):
    without = case.export("wacz", "bundle").folder
    assert not (without / "bundle/data/captures.wacz").exists()
    assert (without / "captures.wacz").is_file()
    full = case.export("wacz", "bundle-with-evidence").folder
    assert (full / "bundle/data/captures.wacz").read_bytes() == (full / "captures.wacz").read_bytes()
    for folder in (without, full):
        assert audit(folder / "bundle").findings == ()


def test_a_bundle_of_some_claims_holds_only_their_captures(case):
    folder = case.export("wacz", "docx", "bundle-with-evidence", scope=Scope(("C2",))).folder
    with zipfile.ZipFile(folder / "bundle/data/captures.wacz") as archive:
        assert [name for name in archive.namelist() if name.startswith("archive/")] == ["archive/K3.warc.gz"]
    report = audit(folder / "bundle")
    assert report.findings == ()
    assert "data/report.docx" in next(each for each in report.checks if each.name == "exports").note
    path = folder / "bundle/data/captures.wacz"
    whole = path.read_bytes()
    path.write_bytes(whole[:-1] + b"\1")
    assert "data/captures.wacz" in {each.where for each in audit(folder / "bundle").findings}
    path.write_bytes(whole)


def test_large_captures_that_git_does_not_carry_make_it_unverifiable_not_wrong(case, tmp_path):
    (tmp_path / "large.txt").write_text("Acme says 40 million units.\n" + "word " * 1_100_000, "utf-8")
    large = case.capture(tmp_path / "large.txt")
    assert large.path.startswith("evidence/large/")
    case.attach("C2", large, quote="40 million units", stance="context")
    case.export("wacz", draft=True)
    (case.folder / large.path).unlink()
    report = case.audit("exports")
    assert report.findings == ()
    note = next(each for each in report.checks if each.name == "exports").note
    assert "captured pages that it holds are not here" in note


@pytest.mark.parametrize(
    "spoil", [lambda data: data[:40], lambda data: data[:-30], lambda _: b"", lambda _: b"PK\3\4"]
)
def test_a_file_that_cannot_be_read_record_by_record_ends_in_nothing_and_writes_nothing(spoil, capfd):
    whole = resource(
        b"\x1b[31m" * 90,
        url="https://example.org/\x1b[31m",
        media_type="a/b",
        time="2025-03-01T09:00:00.000Z",
        software="x",
    )
    assert len(indexed(whole)) == 1
    for data in (spoil(whole), spoil(gzip.decompress(whole))):
        assert len(indexed(data)) <= 1
    assert capfd.readouterr() == ("", "")


def test_a_draft_of_it_says_so(case):
    said = package(packed(case, draft=True))
    assert "DRAFT" in said["title"]
    assert "DRAFT" in said["description"]


def test_it_takes_the_files_of_a_case_and_says_so(case):
    prefix = case._prefix()
    summary = summarise(
        prefix.state, prefix.head, prefix.time, scope=Scope(), lang="en", draft=False, texts=case._read_text
    )
    with pytest.raises(Usage, match="more than what is shown here"):
        render(summary, ["wacz"])


@pytest.mark.parametrize(
    "url",
    [
        "https://www.example.org/statement?b=2&a=1",
        "http://Example.com:8080/A/b/?q=%E8%92%8B&Z",
        "https://例子.测试/路径/蒋璐",
        "https://www2.example.com/index.html#frag",
        "https://example.com",
        "https://user:p@h.example/",
        "https://h.example/a//b",
        "http://127.0.0.1:8000/x",
        "https://h.example/a b",
        "https://h.example/%7Euser/%e4%bd%a0",
        "urn:sha256:abcd",
    ],
)
def test_addresses_have_the_keys_that_replay_tools_look_up(url):
    assert surt(url) == public.surt(url)
