"""A folder is taken into a case whose ledger is on a server, by the same pass."""

import pytest

pytestmark = pytest.mark.server
TALK = "第 {number} 场：去年华星公司的收入增长{number}%，负责人李明转投 Globex。\n"


def test_a_folder_is_taken_into_a_case_on_a_server(case, house, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(3):
        (folder / f"{number}.txt").write_text(TALK.format(number=number), "utf-8")
    case.push(house.running.login(house.keeper, "reviewer-1", "lead"))
    found = case.ingest_folder(folder, workers=1)
    assert (found.extracted, found.failed) == (("S2", "S3", "S4"), ())
    again = case.ingest_folder(folder, workers=1)
    assert ([each.source for each in again.skipped], again.ingested) == (["S2", "S3", "S4"], ())
