"""Whose report a page carries is told when it is captured or linked, by the shipped list or one's own, and audited by the same."""

import subprocess
import sys

import pytest

from factcheck.audit import audit
from factcheck.case import Case
from factcheck.errors import BadData

OWN = '[[family]]\nkey = "orlin"\nhosts = ["orlin.example", "nordan.example"]\n'
SENTENCES = "".join(
    f"<p>Crane number {n} at the port of Orlin was taken down by its owners on Monday at {n} o'clock.</p>"
    for n in range(9)
)


@pytest.fixture
def own(tmp_path):
    file = tmp_path / "outlets.toml"
    file.write_text(OWN, "utf-8")
    return file


@pytest.fixture
def desk(case, own):
    return Case.open(case.folder, by="reviewer-1", outlets=own)


def test_a_reprint_under_a_dateline_and_a_link_to_the_agency_are_one_origin(case, tmp_path):
    page = tmp_path / "page.html"
    page.write_text(SENTENCES.replace("<p>", "<p>ORLIN, March 3 (Reuters) - ", 1), "utf-8")
    case.attach("C1", case.capture(page, from_url="https://nordan.example/a"), stance="supports")
    case.attach("C1", "https://www.reuters.com/world/other", stance="supports")

    [origin] = case.claim("C1").behind

    assert [(tie.why, tie.detail) for tie in origin.ties] == [("dateline", "reuters")]


def test_a_list_of_ones_own_ties_outlets_of_one_publisher(case, desk):
    desk.attach("C1", "https://orlin.example/a", stance="supports")
    desk.attach("C1", "https://www.nordan.example/b", stance="supports")

    assert desk.claim("C1").origins == 1
    assert desk.claim("C1").behind[0].ties[0].detail == "orlin"


def test_the_audit_holds_what_was_told_to_the_same_list_and_says_so_without_it(case, desk, own, tmp_path):
    page = tmp_path / "page.html"
    page.write_text(SENTENCES, "utf-8")
    desk.attach("C1", desk.capture(page, from_url="https://orlin.example/a"), stance="supports")
    desk.attach("C1", "https://nordan.example/b", stance="supports")

    [with_it] = audit(case.folder, checks=["texts"], own=own).checks
    [without] = audit(case.folder, checks=["texts"]).checks

    assert (with_it.status, with_it.note) == ("ok", "")
    assert without.status == "unverifiable"
    assert "origins were told by origins/2+" in without.note


def test_a_broken_list_stops_the_act_and_names_the_line(case, own):
    own.write_text('# mine\n[[family]]\nkey = "orlin"\n', "utf-8")

    with pytest.raises(BadData) as told:
        Case.open(case.folder, by="reviewer-1", outlets=own).attach(
            "C1", "https://orlin.example", stance="supports"
        )

    assert told.value.where == f"{own}:2"


def test_the_command_line_reads_the_persons_list(case, own_world):
    file = own_world / "config" / "factcheck" / "outlets.toml"
    file.parent.mkdir(parents=True)
    file.write_text(OWN, "utf-8")
    typed = [
        sys.executable,
        "-m",
        "factcheck",
        "attach",
        "--case",
        str(case.folder),
        "--by",
        "reviewer-1",
        "C1",
    ]
    for url in ("https://orlin.example/a", "https://nordan.example/b"):
        subprocess.run([*typed, url, "--stance", "supports"], check=True, capture_output=True)
    case.refresh()

    assert case.claim("C1").origins == 1
