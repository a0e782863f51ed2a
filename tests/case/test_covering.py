"""What of a source nobody has judged: by class, with places, and as people go on working."""

import json

import pytest

from factcheck.cli import main
from factcheck.errors import NotFound
from factcheck.text.coverage import inked


def told(capsys, *arguments):
    """What a command prints."""
    with pytest.raises(SystemExit) as end:
        main([*arguments])
    assert end.value.code == 0
    return capsys.readouterr().out


def test_every_claim_stands_in_its_sentence_with_its_state(case):
    case.accept("C1")
    case.dismiss("C2", reason="trivial")
    found = case.coverage("S1")
    assert sum(number for number, _ in found.counts().values()) == len(found.sentences)
    assert sum(characters for _, characters in found.counts().values()) == inked(case.text("S1"))
    states = {place.claim: str(place.state) for each in found.sentences for place in each.claims}
    assert states == {claim.id: str(claim.state) for claim in case.claims()}
    for sentence in found.sentences:
        for place in sentence.claims:
            assert sentence.start < place.end
            assert place.start < sentence.end


def test_what_is_judged_dismissed_or_merged_away_waits_no_more(case):
    before = {place.claim for _, place in case.coverage("S1").unjudged()}
    case.decide("C1", "not_checkable")
    case.dismiss("C2", reason="trivial")
    case.merge("C3", "C4")
    waiting = {place.claim for _, place in case.coverage("S1").unjudged()}
    assert before - waiting == {"C1", "C2", "C4"}
    places = [place for each in case.coverage("S1").sentences for place in each.claims]
    assert {place.claim for place in places} == {"C1", "C2", "C3", "C5"}
    assert sum(place.claim == "C3" for place in places) >= 2


def test_a_sentence_without_a_claim_can_be_made_into_one_and_back(case):
    heading = next(each for each in case.coverage("S1").sentences if each.kind == "heading")
    case.add("S1", start=heading.start, end=heading.end, statement="这是一份会议实录。")
    now = next(each for each in case.coverage("S1").sentences if each.start == heading.start)
    assert (now.kind, str(now.claims[0].state)) == ("claim", "accepted")
    case.undo()
    assert next(e for e in case.coverage("S1").sentences if e.start == heading.start) == heading


def test_a_claim_that_was_there_when_coverage_was_first_asked_may_be_taken_back(case):
    added = case.add("S1", "会议实录")
    first = case.coverage("S1").sentences[0]
    assert [place.claim for place in first.claims] == [added.id]
    case.undo()
    assert case.coverage("S1").sentences[0].kind == "heading"


def test_a_source_that_is_not_here_is_named(case):
    with pytest.raises(NotFound):
        case.coverage("S9")


def test_the_command_prints_counts_places_and_json(case, capsys):
    folder = str(case.folder)
    plain = told(capsys, "--case", folder, "coverage", "--open", "--lang", "en")
    assert "S1  会议实录" in plain
    assert "claims that nobody has judged: 5" in plain
    assert "C1    suggested  [" in plain
    document = json.loads(told(capsys, "--case", folder, "coverage", "S1", "--sentences", "--json"))
    (source,) = document["sources"]
    text = case.text("S1")
    assert sum(each["characters"] for each in source["classes"].values()) == inked(text)
    assert [each["claim"] for each in source["not_judged"]] == ["C1", "C2", "C3", "C4", "C5"]
    assert all(text[each["start"] : each["end"]] == each["quote"] for each in source["all"])
    assert source["sentences"] == len(source["all"])
