"""Forged acts on the record: claims, mentions, readings, evidence, numbers and dates."""

import copy

from forging import claim_in, first, forge, renumbered


def act_on_a_dismissed_claim(events):
    claim = claim_in(events, "claim.dismissed")
    return forge(events, "claim.retyped", claim, {"type": "cost", "was": "event"})


def act_on_nothing(events):
    return forge(events, "claim.reopened", "C77", {"because": "hm"})


def a_second_subject_smuggled_in(events):
    return forge(events, "claim.reopened", "C1", {"because": "hm"}, also=("C2",))


def a_capture_on_a_claim(events):
    body = {"sha256": "", "path": "", "size": 0, "media_type": "", "via": "http", "url": "https://x.example"}
    return forge(events, "capture.made", "C1", body | {"outcome": "timeout", "status": 0})


def a_number_skipped(events):
    body = {"sha256": "", "path": "", "size": 0, "media_type": "", "via": "http", "url": "https://x.example"}
    return forge(events, "capture.made", "K9", body | {"outcome": "timeout", "status": 0})


def a_snapshot_that_was_not(events):
    at = first(events, "claim.accepted")
    events[:] = events[: at + 1]
    events[at]["body"]["claim"]["statement"] = "蒋璐留在 VideoPoet。"
    return renumbered(events)


def a_suggestion_not_carried(events):
    at = first(events, "claim.accepted")
    events[:] = events[: at + 1]
    del events[at]["body"]["claim"]
    return renumbered(events)


def words_it_did_not_have(events):
    at = first(events, "claim.reworded")
    events[:] = events[: at + 1]
    events[at]["body"]["was"] = "something worse"
    return renumbered(events)


def a_merge_that_loses_evidence(events):
    at = first(events, "claim.merged")
    events[:] = events[: at + 1]
    events[at]["body"]["mentions"] = []
    return renumbered(events)


def a_split_that_loses_a_mention(events):
    at = first(events, "claim.split")
    events[:] = events[: at + 1]
    events[at]["body"]["keeps"][0]["start"] += 1
    return renumbered(events)


def a_quotation_nobody_said(events):
    at = first(events, "claim.added")
    events[:] = events[: at + 1]
    events[at]["body"]["claim"]["mentions"][0]["quote"] = "公司估值 900 亿美元"
    return renumbered(events)


def evidence_from_another_address(events):
    at = first(events, "evidence.attached")
    events[:] = events[: at + 1]
    events[at]["body"]["evidence"]["url"] = "https://www.reuters.com/"
    return renumbered(events)


def a_number_written_as_text(events):
    events[first(events, "source.ingested")]["body"]["characters"] = str(
        events[first(events, "source.ingested")]["body"]["characters"]
    )
    return events


def another_language(events):
    events[first(events, "source.extracted")]["body"]["language"] = "tlh"
    return events


def another_extractor(events):
    events[first(events, "source.extracted")]["body"]["extractor"] += "9"
    return events


def extracted_twice(events):
    again = copy.deepcopy(events[first(events, "source.extracted")])
    again["body"] |= {"first": 14, "first_reading": 4}
    return forge(events, "source.extracted", "S1", again["body"], by=again["by"])


def extracted_from_nothing(events):
    again = copy.deepcopy(events[first(events, "source.extracted")])
    return forge(events, "source.extracted", "S5", again["body"], by=again["by"])


def dated_in_words(events):
    return forge(events, "source.dated", "S1", {"date": "last week"})


def dated_backwards(events):
    return forge(events, "source.dated", "S1", {"date": "2024-02-26..2024-02-25"})


def a_reading_at_other_places(events):
    events[first(events, "reading.accepted")]["body"]["places"].append([0, 9])
    return events


def a_reading_at_no_place(events):
    events[first(events, "reading.accepted")]["body"]["places"] = []
    return events


def a_reading_for_another_reason(events):
    events[first(events, "reading.accepted")]["body"]["why"] = "I heard it"
    return events


def a_reading_of_other_words(events):
    events[first(events, "reading.accepted")]["body"]["meant"] = "Gemini"
    return events


def a_reading_accepted_twice(events):
    at = first(events, "reading.accepted")
    return forge(events, "reading.accepted", events[at]["subject"], events[at]["body"])


def a_reading_nobody_proposed(events):
    return forge(events, "reading.accepted", "R77", events[first(events, "reading.accepted")]["body"])


def a_type_it_did_not_have(events):
    events[first(events, "claim.retyped")]["body"]["was"] = "hearsay"
    return events


def a_tie_that_was_not(events):
    at = first(events, "claim.unrelated")
    return forge(events, "claim.unrelated", events[at]["subject"], events[at]["body"], also=("C2",))


def a_tie_to_itself(events):
    return forge(
        events, "claim.related", "C1", {"other": "C1", "relation": "repeats", "why": ""}, also=("C1",)
    )


def a_merge_with_itself(events):
    return forge(events, "claim.merged", "C1", {"other": "C1", "mentions": [], "evidence": []}, also=("C1",))


def a_merge_of_other_evidence(events):
    evidence = copy.deepcopy(events[first(events, "evidence.attached")]["body"]["evidence"])
    at = first(events, "claim.merged")
    events[at]["body"]["evidence"] = [evidence | {"id": "E1"}]
    events[at]["also"].append({"subject": "E1", "version": 0})
    return renumbered(events)


def a_mention_twice(events):
    at = first(events, "mention.added")
    events[:] = events[: at + 1]
    return forge(events, "mention.added", events[at]["subject"], events[at]["body"])


def evidence_of_somebody_else(events):
    events[first(events, "evidence.attached")]["body"]["evidence"]["by"] = "reviewer-2"
    return events


def evidence_from_the_future(events):
    events[first(events, "evidence.attached")]["body"]["evidence"]["time"] = "2034-02-26T09:00:00.000Z"
    return events


def evidence_at_no_time(events):
    events[first(events, "evidence.attached")]["body"]["evidence"]["time"] = "noon"
    return events


def evidence_withdrawn_twice(events):
    at = first(events, "evidence.withdrawn")
    also = tuple(ref["subject"] for ref in events[at]["also"])
    return forge(events, "evidence.withdrawn", events[at]["subject"], events[at]["body"], also=also)


def evidence_of_another_claim(events):
    return forge(events, "evidence.withdrawn", "C4", {"evidence": "E1", "because": ""}, also=("E1",))


def a_number_used_twice(events):
    at = first(events, "claim.added")
    return forge(events, "claim.added", events[at]["subject"], events[at]["body"])


def a_tie_to_a_dismissed_claim(events):
    gone = claim_in(events, "claim.dismissed")
    return forge(
        events, "claim.related", "C1", {"other": gone, "relation": "repeats", "why": ""}, also=(gone,)
    )


def a_snapshot_of_other_mentions(events):
    at = first(events, "claim.accepted")
    events[at]["body"]["claim"]["mentions"][0]["end"] -= 1
    return events
