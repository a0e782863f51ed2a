"""The audit of a bundle: the checks of a case run on the bag, what it cannot know is said, and nothing changed goes unnoticed."""

import os
import random
import re
import shutil
import zipfile

import published
import pytest
import tampering

from factcheck.audit import audit
from factcheck.audit.trail import Receipt
from factcheck.cli import main
from factcheck.errors import BadData, NotFound, Usage
from factcheck.export import zipped

# Which check finds it, by the name of the way; several are right where one fault shows in many places.
FOUND = {
    "source_text": {"bag", "sources", "quotations"}, "source_bytes": {"bag"}, "source_gone": {"bag"}, "suggestions": {"bag", "suggestions"},
    "page_text": {"bag", "evidence", "quotations"}, "page_text_gone": {"bag"}, "not_canonical": {"canonical"}, "twice": {"lines"},
    "line": {"tree", "proofs", "order"}, "line_taken_out": {"checkpoint"}, "lines_swapped": {"order", "proofs"},
    "signed_line": {"signatures"}, "signature_of_another": {"signatures"}, "signed_by_another": {"signatures"},
    "back_dated": {"signatures", "order"}, "quotation": {"quotations"}, "mention": {"quotations"},
    "checkpoint_root": {"checkpoint", "proofs"}, "checkpoint_signature": {"checkpoint", "proofs"},
    "checkpoint_of_a_stranger": {"checkpoint", "proofs"}, "checkpoint_bare": {"checkpoint", "proofs"},
    "strange_key": {"exports"}, "keys_gone": {"exports"}, "summary_rating": {"exports"}, "summary_root": {"exports"},
    "proof_hash": {"proofs"}, "proof_index": {"proofs"}, "proof_gone": {"proofs"}, "proof_of_another_log": {"proofs"},
    "renumbered": {"proofs"},
}  # fmt: skip
SIDES = [("whole", way) for way in tampering.WHOLE] + [("subset", way) for way in tampering.SUBSET]


def statuses(report):
    return {each.name: each.status for each in report.checks}


def notes(report):
    return {each.name: each.note for each in report.checks}


@pytest.fixture
def bag(publication, tmp_path):
    return published.copied(publication / "whole/bundle", tmp_path)


@pytest.mark.parametrize("place", ["whole", "whole/bundle", "evidence.zip", "subset", "subset/bundle"])
def test_what_was_published_is_well(publication, place):
    report = audit(publication / place)
    assert report.findings == ()
    assert report.ok


def test_the_checks_of_a_whole_bundle_are_those_of_a_case_and_the_bag(publication):
    names = list(statuses(audit(publication / "whole")))
    assert names[0] == "bag"
    assert "index" not in names
    assert {"lines", "order", "tree", "signatures", "states", "objections", "suggestions", "exports"} <= {
        *names
    }


def test_pages_that_are_not_in_the_bundle_are_unverifiable(publication):
    without, inside = audit(publication / "whole/bundle"), audit(publication / "evidence.zip")
    assert statuses(without)["bag"] == statuses(inside)["bag"] == "ok"
    assert statuses(inside)["evidence"] == statuses(inside)["texts"] == "ok"


def test_what_a_subset_cannot_show_is_said_in_words(publication):
    report = audit(publication / "subset")
    assert list(statuses(report)) == [
        "bag", "lines", "canonical", "proofs", "receipts", "signers", "signatures", "quotations", "exports",
    ]  # fmt: skip
    assert statuses(report)["proofs"] == "unverifiable"
    assert notes(report)["proofs"].startswith("1 of 7 claims, 6 withheld: whether a later line about them")
    assert "only the whole log gives it again" in notes(report)["exports"]
    assert report.head == audit(publication / "whole", checks=["tree"]).head


@pytest.mark.parametrize(("kind", "way"), SIDES, ids=lambda each: getattr(each, "__name__", str(each)))
def test_the_right_check_finds_each_way_of_tampering(publication, tmp_path, kind, way):
    bag = published.copied(publication / kind / "bundle", tmp_path)
    way(bag, publication / "desk.key")
    report = audit(published.resealed(bag))
    if way in {
        tampering.checkpoint_bare,
        tampering.checkpoint_of_a_stranger,
    }:  # signed by nobody who is known here
        assert {statuses(report).get(name) for name in FOUND[way.__name__]} & {"unverifiable", "findings"}
    else:
        assert {each.check for each in report.findings} & FOUND[way.__name__]
        assert not report.ok


@pytest.mark.parametrize("way", tampering.UNSEALED, ids=lambda each: each.__name__)
def test_the_bag_is_held_against_its_manifests_both_ways(bag, way):
    way(bag, None)
    found = [each for each in audit(bag).findings if each.check == "bag"]
    assert found
    assert all(each.where and each.seen and each.do for each in found)


@pytest.mark.parametrize("name", ["VERIFY.md", "verify.py", "data/report.html", "data/report.md", "data/annotations.jsonld",
    "data/log/policy.json", "bag-info.txt"])  # fmt: skip
@pytest.mark.parametrize("kind", ["whole", "subset"])
def test_a_file_that_does_not_follow_from_the_log_is_found(publication, tmp_path, kind, name):
    bag = published.copied(publication / kind / "bundle", tmp_path)
    text = (bag / name).read_text("utf-8")
    (bag / name).write_text(text + ("Factcheck-More: yes\n" if name == "bag-info.txt" else "\n"), "utf-8")
    found = audit(published.resealed(bag)).findings
    assert ("exports", name) in {(each.check, each.where) for each in found}


def test_a_file_that_no_bundle_holds_is_found_though_the_manifest_names_it(bag):
    (bag / "data/report.exe").write_bytes(b"MZ")
    found = audit(published.resealed(bag)).findings
    assert [(each.check, each.where, each.seen) for each in found] == [
        ("exports", "data/report.exe", "no such file belongs into this bundle")
    ]


def test_a_wrong_oxum_two_names_alike_and_a_fetch_file(bag):
    info = (bag / "bag-info.txt").read_text("utf-8")
    (bag / "data/REPORT.md").write_bytes((bag / "data/report.md").read_bytes())
    published.resealed(bag)
    (bag / "bag-info.txt").write_text(info.replace("Payload-Oxum: ", "Payload-Oxum: 9"), "utf-8")
    (bag / "fetch.txt").write_text("http://127.0.0.1/x 1 data/x\n", "utf-8")
    published.tags_resealed(bag)
    seen = {(each.where, each.seen.split(" ")[0]) for each in audit(bag, checks=["bag"]).findings}
    assert {
        ("bag-info.txt", "Payload-Oxum"),
        ("data/REPORT.md", "another"),
        ("data/report.md", "another"),
    } <= seen
    assert "fetch.txt" in {each.where for each in audit(bag).findings}


def test_half_a_bundle_is_one_with_a_finding_in_words(bag):
    shutil.rmtree(bag / "data/log")
    report = audit(bag)
    assert not report.ok
    assert "half a bundle" in " ".join(each.seen for each in report.findings)


def test_a_bag_that_does_not_say_so_is_still_found_wanting(bag):
    (bag / "bagit.txt").unlink()
    assert ("bagit.txt", "bag") in {(each.where, each.check) for each in audit(bag).findings}


def test_an_export_whose_reports_differ_from_those_of_its_bundle(publication, tmp_path):
    copy = shutil.copytree(publication / "whole", tmp_path / "copy")
    with (copy / "claims.jsonl").open("a") as file:
        file.write("\n")
    assert {each.where for each in audit(copy, checks=["bag"]).findings} >= {"claims.jsonl"}


def test_a_zip_with_one_folder_is_a_bundle_too(publication, tmp_path):
    bag = publication / "whole/bundle"
    files = {f"mine/{p.relative_to(bag).as_posix()}": p.read_bytes() for p in bag.rglob("*") if p.is_file()}
    (tmp_path / "mine.zip").write_bytes(zipped(files))
    assert audit(tmp_path / "mine.zip").ok


def test_a_zip_that_leads_elsewhere_is_refused_by_the_command(tmp_path, capsys):
    with zipfile.ZipFile(tmp_path / "bad.zip", "w") as archive:
        archive.writestr("../bundle/bagit.txt", "BagIt")
    with pytest.raises(BadData):
        audit(tmp_path / "bad.zip")
    with pytest.raises(SystemExit) as ended:
        main(["audit", str(tmp_path / "bad.zip"), "--lang", "en"])
    assert ended.value.code == 3
    assert "outside its folder" in capsys.readouterr().err


def test_what_is_neither_a_case_nor_a_bundle(tmp_path):
    (tmp_path / "empty").mkdir()
    for place in (tmp_path / "empty", tmp_path / "nowhere"):
        with pytest.raises(NotFound, match="no bundle"):
            audit(place)


def test_a_check_that_a_subset_has_not(publication):
    with pytest.raises(Usage, match="there is no check tree"):
        audit(publication / "subset", checks=["tree"])


def test_a_receipt_shows_a_bundle_whose_end_was_cut_off(publication, bag):
    kept = Receipt("receipt.txt", (bag / "data/log/checkpoint").read_text("utf-8"))
    assert statuses(audit(bag, checks=["receipts"], receipts=[kept]))["receipts"] == "ok"
    tampering.reforged(bag, tampering.lines_of(bag)[:-1], publication / "desk.key")
    published.resealed(bag)
    assert {each.check for each in audit(bag, receipts=[kept]).findings} >= {"receipts"}


def test_a_receipt_of_the_same_size_is_held_against_a_subset(publication):
    note = (publication / "subset/bundle/data/log/checkpoint").read_text("utf-8").split("\n")
    good, other = "\n".join(note[:3]) + "\n", "\n".join([note[0], note[1], "A" * 43 + "=", ""])
    older = "\n".join([note[0], "3", note[2], ""])
    found = [
        audit(publication / "subset", checks=["receipts"], receipts=[Receipt("r", text)])
        for text in (good, other, older)
    ]
    assert [statuses(each)["receipts"] for each in found] == ["ok", "findings", "unverifiable"]


@pytest.mark.parametrize("sealed", [False, True])
def test_no_changed_byte_goes_unnoticed(publication, tmp_path, sealed):
    """A few dozen here; the attacker of `sealed` makes the manifests anew."""
    chance = random.Random(11 + sealed)
    bag = published.copied(publication / "whole/bundle", tmp_path)
    files = sorted(path for path in bag.rglob("*") if path.is_file())
    if sealed:
        files = [
            each
            for each in files
            if "manifest" not in each.name and each.name not in {"bag-info.txt", "bagit.txt"}
        ]
    unnoticed, well = [], statuses(audit(bag))
    for _ in range(30):
        path = chance.choice(files)
        before = {each: each.read_bytes() for each in bag.iterdir() if each.is_file()} | {
            path: path.read_bytes()
        }
        at = chance.randrange(max(1, len(before[path])))
        tampering.flip(path, at)
        if statuses(audit(published.resealed(bag) if sealed else bag)) == well:
            unnoticed.append((path.name, at))
        for each, data in before.items():
            each.write_bytes(data)
    assert unnoticed == []


def test_a_key_that_is_none_is_a_finding_and_stops_no_check(publication, bag):
    lines = tampering.lines_of(bag)
    body = next(each for each in lines if each["kind"] == "signer.added")["body"]
    body["key"] = body["key"][:20] + "!" + body["key"][21:]
    tampering.reforged(bag, lines, publication / "desk.key")
    assert {each.check for each in audit(published.resealed(bag)).findings} >= {"states", "exports"}


@pytest.mark.parametrize(
    "name", ["claims.jsonl", "log/ledger.jsonl", "log/checkpoint", "texts/S1.txt", "log/allowed_signers"]
)
@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir], ids=lambda each: each.__name__)
def test_what_is_no_file_stops_nothing(bag, name, make):
    """A pipe would never end, a folder is no text."""
    (bag / "data" / name).unlink()
    make(bag / "data" / name)
    assert {each.check for each in audit(bag).findings} >= {"bag"}


@pytest.mark.parametrize(("old", "new"), [(r'"root":"[0-9a-f]', '"root":"'), (r'"size":', '"size":-')])
@pytest.mark.parametrize("kind", ["whole", "subset"])
def test_a_head_that_is_none_is_a_finding_and_stops_no_check(publication, tmp_path, kind, old, new):
    bag = published.copied(publication / kind / "bundle", tmp_path)
    lines = bag / "data/claims.jsonl"
    lines.write_text(re.sub(old, new, lines.read_text("utf-8"), count=1), "utf-8", newline="")
    assert "exports" in {each.check for each in audit(published.resealed(bag)).findings}
