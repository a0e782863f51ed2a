"""Events that are well-formed and mean harm: they take no file away, plant none, and keep nobody from reading."""

import shutil
from hashlib import sha256

import pytest
from entering import ORIGIN, fresh

from factcheck.blobs import begin_blobs, open_blobs
from factcheck.case import Case
from factcheck.errors import FactcheckError, Refused, Unavailable
from factcheck.events import bodies, capturing
from factcheck.ledger import Address
from factcheck.ledger.files import CaseFiles

pytestmark = pytest.mark.server
NOTHING = sha256(b"").hexdigest()


def enter(place, *events):
    for event in events:
        assert (
            place.enter(event.by if not event.by.startswith("tool:") else "reviewer-1", place.line(event))
            == ""
        )
        place.position = place.position.after(place.lines()[-1])


def clone(place, folder):
    return Case.clone(folder, Address(place.house.dsn["lead-1"], ORIGIN), by="lead-1")


@pytest.mark.parametrize("path", ["claims/ledger.jsonl", "claims/talk.txt", "exports/X1/report.md"])
def test_what_is_withheld_takes_away_evidence_and_nothing_else(place, tmp_path, path):
    desk = clone(place, tmp_path / "desk")
    other = desk.folder / path
    other.parent.mkdir(parents=True, exist_ok=True)
    other.exists() or other.write_text("what was said")
    (desk.folder / "evidence" / "page.html").write_text("a page")
    for number, each in enumerate((path, "evidence/page.html"), start=1):
        made = capturing.CaptureMade(sha256=NOTHING, path=each, size=1, media_type="text/html", via="file")
        withheld = capturing.EvidenceWithheld(because="by order", files=(each,))
        subject = f"K{number}"
        enter(
            place,
            fresh()("capture.made", subject, made, by="reviewer-1").model_copy(update={"version": 1}),
            fresh()("evidence.withheld", subject, withheld, by="reviewer-1").model_copy(update={"version": 2}),
        )  # fmt: skip
    desk.close()
    again = Case.open(desk.folder, by="lead-1", server=desk.server)
    assert again.head.size == place.position.size
    assert other.exists()
    assert not (desk.folder / "evidence" / "page.html").exists()
    again.close()


def extracted(place, path, digest):
    body = bodies.SourceExtracted(
        suggestions=path, sha256=digest, extractor="x/1", rules="1", packs=(), language="zh", first=2, count=1,
        first_reading=1, readings=0,
    )  # fmt: skip
    return fresh()("source.extracted", "S1", body, by="tool:factcheck/1").model_copy(update={"version": 1})


@pytest.mark.parametrize("content", [None, b"no suggestion\n"])
def test_an_extraction_whose_file_cannot_be_had_keeps_nobody_from_reading(place, tmp_path, content):
    desk = clone(place, tmp_path / "desk")
    before = desk.head
    if content:
        open_blobs(str(place.house.shelf)).put(content)
    digest = sha256(content or b"nowhere").hexdigest()
    enter(place, extracted(place, f"claims/S1.suggestions-{digest}.jsonl", digest))
    desk.close()
    again = Case.open(desk.folder, by="lead-1", server=desk.server)
    assert before == again.head
    assert again.notices[-1] == again.away != ""
    with pytest.raises(FactcheckError):
        again.set_policy("blind", "on")
    again.close()


@pytest.mark.parametrize(
    "path",
    ["../secret", "claims/../../secret", "/etc/passwd", "claims/checkpoint", "claims/allowed_signers", "claims/packs/x.toml", "claims/.lock", "claims/Ledger.jsonl"],
)  # fmt: skip
def test_no_file_is_brought_to_where_it_does_not_belong(house, tmp_path, path):
    shelf = open_blobs(str(house.shelf))
    name = shelf.put(b"harm")
    files = CaseFiles(tmp_path / "case", lambda: shelf)
    with pytest.raises(Refused):
        files.bring(path, name)
    assert not (tmp_path / "secret").exists()
    assert not (tmp_path / "case").exists()


def test_a_shared_folder_that_is_not_mounted_takes_no_files(house, tmp_path):
    """Else one desk would keep them to itself, and the ledger name what nobody else can have."""
    case = Case.create(tmp_path / "case", "lead-1", dsn=house.dsn["lead-1"])
    (tmp_path / "talk.txt").write_text("张楠辞去抖音 CEO。", "utf-8")
    shutil.rmtree(house.shelf)
    house.shelf.mkdir()  # a mount point with nothing mounted on it
    with pytest.raises(Unavailable, match="is not here"):
        case.ingest(tmp_path / "talk.txt")
    assert case.head.size == 2
    assert list(house.shelf.iterdir()) == []
    begin_blobs(house.shelf.as_uri())
    case.ingest(tmp_path / "talk.txt")
    case.close()
