"""A team's own scale: adopted in the ledger, spoken by everything, and honest about verdicts on another one."""

import json
from pathlib import Path

import pytest

from factcheck.cli import main
from factcheck.errors import BadData, Refused, Usage

RATING = """
[[rating]]
rating = "{0}"
key = "{1}"
value = {2}
symbol = "{3}"
label = {{ zh = "{4}", en = "{5}" }}
definition = {{ zh = "{4}。", en = "{5}, we say." }}
"""
TRUE = ("true_as_said", 1, 5, "✔", "所言属实", "True as said")
FALSE = ("false_as_said", 2, 1, "✘", "所言不实", "False as said")
OPEN = ("open", 3, 0, "?", "未定", "Open question")
LINK = "https://example.org/statement"


def write(folder: Path, *ratings, name="ours", version=1) -> Path:
    path = folder / f"{name}-{version}.toml"
    rows = "".join(RATING.format(*each) for each in ratings)
    path.write_text(f'id = "{name}"\nversion = {version}\n{rows}', "utf-8")
    return path


@pytest.fixture
def ours(tmp_path):
    return write(tmp_path, TRUE, FALSE, OPEN)


def test_a_verdict_on_a_teams_own_scale_goes_from_decision_to_export(case, ours):
    case.adopt_scale(ours)
    with pytest.raises(Usage, match="no such rating"):
        case.decide("C1", "supported")
    case.attach("C1", LINK, stance="supports", quote="joined as research lead")
    with pytest.raises(Refused, match="reason"):
        case.decide("C1", "True as said")
    case.decide("C1", "1", because="The employer says so.")
    case.confirm("C1", by="reviewer-2")
    made = case.export("markdown", "jsonl", lang="zh")
    report = (made.folder / "report.md").read_text("utf-8")
    assert "所言属实" in report
    assert "基本属实" not in report
    assert case.claim("C1").verdict.scale_name == "ours 1"


def test_what_was_judged_on_another_scale_comes_back_and_is_not_exported(case, ours):
    case.decide("C1", "source_unclear")
    case.confirm("C1", by="reviewer-2")
    events = case.adopt_scale(ours)
    assert [each.kind for each in events] == ["scale.adopted", "claim.reopened"]
    assert (case.claim("C1").state, case.claim("C1").reopened) == ("accepted", "scale changed")
    with pytest.raises(Refused, match="no verdict"):
        case.export()
    case.decide("C1", "open")
    case.confirm("C1", by="reviewer-2")
    report = (case.export("markdown", lang="en").folder / "report.md").read_text("utf-8")
    assert "Open question" in report
    assert "Source unclear" in report  # the history tells what the old verdict said, in its own words


def test_a_scale_that_lost_a_rating_keeps_the_old_verdicts_words(case, tmp_path, ours):
    case.adopt_scale(ours)
    case.decide("C1", "open")
    case.adopt_scale(write(tmp_path, TRUE, FALSE, version=2))
    assert case.claim("C1").state == "accepted"
    assert case.claim("C1").verdicts[0].rating == "open"
    assert case.info.scale_of("ours", 1)["open"].label["en"] == "Open question"
    with pytest.raises(Usage, match="no such rating"):
        case.decide("C1", "open")


def test_the_shipped_scale_can_be_taken_again(case, ours):
    with pytest.raises(Refused, match="in force already"):
        case.adopt_scale(None)
    case.adopt_scale(ours)
    case.adopt_scale(None)
    assert case.scale.name == "factcheck 1"
    case.decide("C1", "7")


def test_one_name_and_version_is_one_scale_for_good(case, tmp_path, ours):
    case.adopt_scale(ours)
    with pytest.raises(Refused, match="has other ratings"):
        case.adopt_scale(write(tmp_path, FALSE, TRUE))
    case.adopt_scale(write(tmp_path, FALSE, TRUE, version=3))
    with pytest.raises(Refused, match="is older than"):
        case.adopt_scale(write(tmp_path, TRUE, OPEN, version=2))
    with pytest.raises(Refused, match="belongs to the program"):
        case.adopt_scale(write(tmp_path, TRUE, OPEN, name="factcheck", version=2))


@pytest.mark.parametrize(
    ("ratings", "where", "seen"),
    [
        ((TRUE, TRUE), ":1", "two ratings have the rating 'true_as_said'"),
        ((TRUE, (*FALSE[:1], 1, *FALSE[2:])), ":1", "two ratings have the key '1'"),
        ((TRUE, ("Bad Name", *FALSE[1:])), ":12", "rating"),
        ((TRUE, (*FALSE[:2], 9, *FALSE[3:])), ":12", "value"),
        ((TRUE,), ":1", "at least 2"),
        (((*TRUE[:2], 0, *TRUE[3:]), OPEN), ":1", "no rating has a value"),
    ],
)
def test_a_broken_scale_is_named_by_file_and_line(case, tmp_path, ratings, where, seen):
    path = write(tmp_path, *ratings)
    with pytest.raises(BadData) as caught:
        case.adopt_scale(path)
    assert caught.value.where == f"{path}{where}"
    assert seen in caught.value.seen


def test_only_a_lead_adopts_a_scale(case, ours):
    case.add_member("reviewer-1", "reviewer")
    case.add_member("lead-1", "lead")
    with pytest.raises(Refused, match="Only a lead"):
        case.adopt_scale(ours)
    case.adopt_scale(ours, by="lead-1")


def test_a_scale_maps_to_the_ratings_of_a_claim_review(case):
    words = {"@type": "Rating", "alternateName": "属实"}
    assert words | {"ratingValue": 5, "bestRating": 5, "worstRating": 1} == case.scale.review(
        "supported", "zh"
    )
    assert case.scale.review("not_enough_evidence", "zh") == {"@type": "Rating", "alternateName": "证据不足"}


def test_commands_speak_the_teams_scale(case, ours, capsys):
    def run(*words):
        with pytest.raises(SystemExit) as end:
            main([*words, "--case", str(case.folder), "--by", "lead-1", "--lang", "en"])
        return end.value.code, capsys.readouterr().out

    assert run("scale", "adopt", str(ours))[0] == 0
    assert json.loads(run("scale", "--json")[1])["ratings"][2]["rating"] == "open"
    assert "Open question, we say." in run("help", "verdicts")[1]
    assert run("decide", "C1", "open question")[0] == 0
    assert json.loads(run("status", "--json")[1])["counts_by_verdict"] == {"open": 1}
    assert "C1" in run("list", "--verdict", "3")[1]
    assert "? Open question" in run("show", "C1")[1]
    assert run("decide", "C1", "supported") == (2, "")
    case.refresh()
