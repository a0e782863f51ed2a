"""What a claim says that others had found is read again in the file that it was taken in from."""

import attacker
import pytest

from factcheck.audit import audit
from factcheck.case import Case

TABLE = "id,text,verdict,date,url,source\n1,甲公司裁员。,False,2024-02-26,https://x.example.org/1,Other desk\n2,Acme grew.,True,,,\n"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "checks.csv").write_text(TABLE, "utf-8")
    case = Case.create(tmp_path / "case", "reviewer-1")
    case.import_checks(tmp_path / "checks.csv")
    case.close()
    return tmp_path / "case"


def test_what_was_taken_in_as_it_stands_there_is_no_finding(folder):
    assert audit(folder).findings == ()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("label", "True"),
        ("publisher", "Somebody"),
        ("url", "https://evil.example.org"),
        ("date", "2024-02-27"),
        ("ref", "7"),
    ],
)
def test_another_word_of_theirs_is_a_finding(folder, field, value):
    events = attacker.documents(folder)
    added = next(event for event in events if event["kind"] == "claim.added")
    added["body"]["prior"][field] = value
    attacker.rewrite(folder, events)
    found = [each.seen for each in audit(folder, checks=["sources"]).findings]
    assert found == ["claims/checks.csv says another thing of C1"]
