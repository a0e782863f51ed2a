"""Forged acts about newer versions and later extractions: each in perfect form, and each refused by the desk."""

import copy

from forging import first, forge, renumbered


def _moved(events):
    return copy.deepcopy(events[first(events, "mention.moved")])


def words_that_did_not_change(events):
    events[first(events, "mention.moved")]["body"]["moves"][0]["changed"] = True
    return events


def moved_from_no_mention(events):
    act = _moved(events)
    return forge(events, "mention.moved", act["subject"], act["body"])


def moved_to_no_newer_version(events):
    act = _moved(events)
    for each in act["body"]["moves"]:
        each["was"], each["now"] = each["now"], each["was"]
    return forge(events, "mention.moved", act["subject"], act["body"] | {"source": "S1"})


def _second(events):
    return next(each for each in events if each["kind"] == "source.ingested" and each["subject"] == "S2")


def replaced_twice(events):
    body = _second(events)["body"] | {"replaces": "S1"}
    return forge(events, "source.ingested", "S3", body)


def replaced_by_itself(events):
    body = _second(events)["body"] | {"replaces": "S2"}
    return forge(events, "source.ingested", "S3", body)


def a_version_of_nothing(events):
    body = _second(events)["body"] | {"replaces": "S9"}
    return forge(events, "source.ingested", "S3", body)


def a_touched_claim_superseded(events):
    at = next(
        n for n, each in enumerate(events) if each["kind"] == "source.extracted" and each["subject"] == "S2"
    )
    events[at]["body"]["superseded"] = ["C1", *events[at]["body"].get("superseded", [])]
    return renumbered(events)


FORGED = {
    words_that_did_not_change: "the words are the same",
    moved_from_no_mention: "is no mention of",
    moved_to_no_newer_version: "is no newer version of",
    replaced_twice: "was replaced before, by S2",
    replaced_by_itself: "byte for byte",
    a_version_of_nothing: "there is no S9",
    a_touched_claim_superseded: "it supersedes C1",
}
