"""The commands that take in checks of others and that write an export anew from its lines."""

import json

import pytest

from factcheck.case import Case
from factcheck.cli import main


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("FACTCHECK_BY", "reviewer-1")
    case = Case.create(tmp_path / "desk", "reviewer-1", solo=True)
    (tmp_path / "meeting.txt").write_text("最近蒋璐转投 TikTok。\n", "utf-8")
    case.ingest(tmp_path / "meeting.txt")
    case.decide("C1", "not_checkable")
    case.export("html", "markdown", "transcript", "claimreview", "annotations", "csv")
    case.close()
    return tmp_path


def run(*words):
    with pytest.raises(SystemExit) as ended:
        main([*map(str, words)])
    return ended.value.code or 0


def test_import_says_how_many_were_new_known_and_left_out_and_why(folder, capsys):
    table = folder / "checks.csv"
    table.write_text("id,text,verdict\n1,甲公司裁员。,False\n2,,True\n", "utf-8")
    assert run("--case", folder / "desk", "import", table, "--lang", "en") == 0
    said = capsys.readouterr()
    assert said.out == "S2: 1 claims taken in, 0 known before, 1 left out\n"
    assert f"{table}:3: it says no claim; it was left out" in said.err
    assert run("--case", folder / "desk", "import", table, "--json") == 0
    again = json.loads(capsys.readouterr().out)
    assert (again["claims"], again["known"], again["source"]) == ([], 1, None)
    assert run("--case", folder / "desk", "import", folder / "meeting.txt") == 3
    assert run("--case", folder / "desk", "import", folder / "nothing.csv") == 4


def test_every_format_is_made_again_from_the_lines_byte_for_byte(folder):
    export, out = folder / "desk" / "exports" / "X1", folder / "out"
    formats = "jsonl,html,markdown,transcript,claimreview,annotations,csv"
    assert run("export", "again", export / "claims.jsonl", "--format", formats, "--to", out) == 0
    names = {path.relative_to(export) for path in export.rglob("*") if path.is_file()}
    assert names == {path.relative_to(out) for path in out.rglob("*") if path.is_file()}
    assert [name for name in names if (export / name).read_bytes() != (out / name).read_bytes()] == []


def test_lines_without_the_sources_give_no_transcript_and_other_lines_nothing(folder, tmp_path, capsys):
    case = Case.open(folder / "desk", by="reviewer-1")
    case.export("jsonl", to=folder / "small")
    case.close()
    lines = folder / "small" / "claims.jsonl"
    assert run("export", "again", lines, "--format", "transcript", "--to", tmp_path / "x") == 2
    assert "these lines do not hold the sources" in capsys.readouterr().err
    (folder / "broken.jsonl").write_text("{}\n", "utf-8")
    assert run("export", "again", folder / "broken.jsonl", "--to", tmp_path / "x") == 3


def test_lines_that_somebody_made_up_can_neither_write_markup_nor_end_in_a_traceback(
    folder, tmp_path, capsys
):
    from dataclasses import replace

    from factcheck.export import read_summary
    from factcheck.export.jsonl import jsonl

    base = read_summary((folder / "desk" / "exports" / "X1" / "claims.jsonl").read_bytes())
    wild = replace(base.template, accent="red}</style><script>alert(1)</script>", paper="A4} *{")
    made = tmp_path / "wild.jsonl"
    made.write_bytes(jsonl(replace(base, template=wild)))
    assert run("export", "again", made, "--format", "html", "--to", tmp_path / "wild") == 0
    assert "<script" not in (tmp_path / "wild" / "report.html").read_text("utf-8")
    made.write_bytes(jsonl(replace(base, caveats=(replace(base.caveats[0], code="colour"),))))
    assert run("export", "again", made, "--format", "html", "--to", tmp_path / "wild") == 3
    made.write_bytes(jsonl(replace(base, lang="xx")))
    assert run("export", "again", made, "--to", tmp_path / "wild") == 3
    assert "Traceback" not in capsys.readouterr().err
