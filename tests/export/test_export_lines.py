import json
import shutil
import subprocess

import pytest
from headline import headline

from factcheck.errors import BadData, NotFound
from factcheck.export import UNCHANGED, Scope, parse_jsonl, read_summary, render, to_jsonl, verify
from factcheck.export.manifest import manifest

ALL = ["markdown", "html", "jsonl"]


@pytest.fixture
def folder(tmp_path):
    for name, data in render(headline().summary(), ALL).items():
        (tmp_path / name).write_bytes(data)
    return tmp_path


def lines():
    return render(headline().summary(), ALL)["claims.jsonl"]


def seen(folder):
    return [(each.where, each.seen.split(":")[0]) for each in verify(folder)]


def renew(folder):
    """What somebody who edits an export can do: write the manifest anew."""
    files = {path.name: path.read_bytes() for path in folder.iterdir() if path.name != "manifest-sha256.txt"}
    (folder / "manifest-sha256.txt").write_bytes(manifest(files))


def test_lines_become_values_and_the_same_bytes_again():
    assert to_jsonl(parse_jsonl(lines())) == lines()


def test_a_summary_is_read_back_whole_and_gives_the_same_reports():
    summary = headline().summary(draft=True)
    again = read_summary(render(summary, ALL)["claims.jsonl"])
    assert again == summary
    assert render(again, ALL) == render(summary, ALL)


def test_the_first_line_says_what_the_export_is_about():
    first, *rest = parse_jsonl(lines())
    assert tuple(first[key] for key in ("record", "spec", "renderer", "lang", "draft")) == (
        "summary",
        1,
        "factcheck-export/7",
        "zh",
        False,
    )
    assert first["sources"][0]["sha256"]
    assert [each["record"] for each in rest] == ["claim"] * 4 + ["suggestion"] * 2


def test_a_claim_line_holds_everything_about_the_claim():
    claim = parse_jsonl(lines())[1]
    assert claim["id"] == "C1"
    assert claim["ruling"]["rating"] == "supported"
    assert claim["ruling"]["confirmed_by"] == "reviewer-2"
    assert [each["kind"] for each in claim["steps"]] == [
        "claim.accepted",
        "verdict.recorded",
        "verdict.confirmed",
    ]
    assert [each["captured"] for each in claim["evidence"]] == [True, False]
    assert "蒋璐" in claim["said"][0]["quote"]


@pytest.mark.parametrize(
    "data",
    [
        b'{"a":1}',
        b'{"a": 1}\n',
        b'{"a":1,"a":2}\n',
        b'{"a":1.5}\n',
        b"[1]\n",
        b"\n",
        b"\xff\n",
        b'{"b":1,"a":2}\n',
    ],
)
def test_lines_that_are_not_canonical_objects_are_refused_with_their_place(data):
    with pytest.raises(BadData) as refusal:
        parse_jsonl(data)
    assert refusal.value.where.startswith("claims.jsonl:")


def test_lines_that_tell_of_another_shape_are_refused():
    values = parse_jsonl(lines())
    del values[1]["statement"]
    with pytest.raises(BadData):
        read_summary(to_jsonl(values))


def test_an_untouched_export_has_no_problem(folder):
    assert verify(folder) == ()


@pytest.mark.skipif(not shutil.which("sha256sum"), reason="needs coreutils")
def test_sha256sum_reads_the_manifest(folder):
    subprocess.run(
        ["sha256sum", "--strict", "-c", "manifest-sha256.txt"], cwd=folder, check=True, capture_output=True
    )


@pytest.mark.parametrize("name", ["report.md", "report.html", "claims.jsonl"])
def test_one_changed_byte_is_found(folder, name):
    data = bytearray((folder / name).read_bytes())
    data[len(data) // 2] ^= 1
    (folder / name).write_bytes(bytes(data))
    assert [(name, "changed")] == seen(folder)


def test_a_missing_file_and_an_extra_file_are_found(folder):
    (folder / "report.md").unlink()
    (folder / "sub").mkdir()
    (folder / "sub" / "more.txt").write_text("x")
    (folder / ".DS_Store").write_text("x")
    assert seen(folder) == [
        ("report.md", "named in the manifest, but missing"),
        ("sub/more.txt", "not named in the manifest"),
    ]


def test_a_link_instead_of_a_file_is_found(folder, tmp_path_factory):
    target = tmp_path_factory.mktemp("elsewhere") / "report.md"
    shutil.move(folder / "report.md", target)
    (folder / "report.md").symlink_to(target)
    assert seen(folder) == [("report.md", "not a plain file")]


def test_an_export_without_a_manifest_is_found(folder):
    (folder / "manifest-sha256.txt").unlink()
    assert seen(folder) == [("manifest-sha256.txt", "no manifest")]


@pytest.mark.parametrize("line", ["nonsense", "0" * 64 + "  ../../etc/passwd", "0" * 64 + " report.md"])
def test_a_line_that_is_none_of_a_manifest_is_found(folder, line):
    path = folder / "manifest-sha256.txt"
    path.write_text(path.read_text() + line + "\n")
    assert seen(folder) == [("manifest-sha256.txt:4", "not a line of a manifest")]


@pytest.mark.parametrize("name", ["report.md", "report.html"])
def test_a_report_edited_together_with_its_manifest_no_longer_follows_from_the_lines(folder, name):
    text = (folder / name).read_text("utf-8")
    (folder / name).write_text(text.replace("基本属实", "属实", 1), "utf-8")
    renew(folder)
    assert [(name, "does not say what claims.jsonl says")] == seen(folder)


def test_lines_edited_together_with_the_manifest_no_longer_match_the_reports(folder):
    values = parse_jsonl((folder / "claims.jsonl").read_bytes())
    values[1]["ruling"]["because"] = "别的理由"
    (folder / "claims.jsonl").write_bytes(to_jsonl(values))
    renew(folder)
    assert [where for where, _ in seen(folder)] == ["report.html", "report.md"]


def test_reports_of_another_renderer_are_held_against_the_manifest_only(folder):
    values = parse_jsonl((folder / "claims.jsonl").read_bytes())
    values[0] |= {"renderer": "factcheck-export/999", "novelty": True}
    (folder / "claims.jsonl").write_bytes(to_jsonl(values))
    renew(folder)
    assert verify(folder) == ()


def test_a_folder_that_is_not_there_is_not_found(tmp_path):
    with pytest.raises(NotFound):
        verify(tmp_path / "X9")


def test_nothing_in_an_export_says_where_on_this_machine_it_was_made(folder):
    for path in folder.iterdir():
        assert str(folder).encode() not in path.read_bytes()
        assert json.dumps(str(folder.parent)).encode() not in path.read_bytes()


def test_a_selection_that_an_earlier_renderer_wrote_is_held_against_the_manifest_only(tmp_path):
    for name, data in render(headline().summary(scope=Scope(claims=("C1",))), ["markdown", "jsonl"]).items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "report.md").write_text("as it was written then", "utf-8")
    renew(tmp_path)
    assert seen(tmp_path) == [("report.md", "does not say what claims.jsonl says")]
    values = parse_jsonl((tmp_path / "claims.jsonl").read_bytes())
    values[0] |= {"renderer": UNCHANGED}
    (tmp_path / "claims.jsonl").write_bytes(to_jsonl(values))
    renew(tmp_path)
    assert verify(tmp_path) == ()
