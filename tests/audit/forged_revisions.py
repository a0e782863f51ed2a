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


def one_mention_moved_twice(events):
    moves = events[first(events, "mention.moved")]["body"]["moves"]
    moves.append(copy.deepcopy(moves[0]))
    return events


def one_mention_moved_to_two_places(events):
    moves = one_mention_moved_twice(events)[first(events, "mention.moved")]["body"]["moves"]
    moves[-1]["now"]["start"] += 1
    return events


def rated_off_the_scale(events):
    events[first(events, "mention.rated")]["body"]["rating"] = "splendid"
    return events


def rated_on_a_version_that_never_was(events):
    events[first(events, "mention.rated")]["body"] |= {"rating": "splendid", "scale_version": 0}
    return events


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
    one_mention_moved_twice: "a mention is moved twice",
    one_mention_moved_to_two_places: "a mention is moved twice",
    rated_off_the_scale: "'splendid' is not on the scale",
    rated_on_a_version_that_never_was: "greater than or equal to 1",
    words_that_did_not_change: "the words are the same",
    moved_from_no_mention: "is no mention of",
    moved_to_no_newer_version: "is no newer version of",
    replaced_twice: "was replaced before, by S2",
    replaced_by_itself: "byte for byte",
    a_version_of_nothing: "there is no S9",
    a_touched_claim_superseded: "it supersedes C1",
}
