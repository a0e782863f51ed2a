"""State is the fold of events: what each kind does, what undo takes back, what sends a claim back."""

import pytest
from spine_events import QUOTE, claim_body, verdict_body

from factcheck.events import BODIES, bodies, capturing, snapshots
from factcheck.events.suggestions import SuggestedClaim, SuggestedReading, SuggestedRegion
from factcheck.model import (
    Capture,
    Checkable,
    Claim,
    ClaimState,
    ClaimType,
    DismissReason,
    Mention,
    Policy,
    Reading,
    RelationKind,
    Role,
    Source,
)
from factcheck.state import ALLOWED, State, apply, effective

S = ClaimState


def fold(*events, lines=()):
    state = State()
    for event in events:
        apply(state, event, lambda _event: lines)
    return state


def ingested(make, characters=40):
    body = bodies.SourceIngested(title="会议", path="claims/a.txt", sha256="0" * 64, characters=characters)
    return make("source.ingested", "S1", body)


def extracted(make, count=2):
    body = bodies.SourceExtracted(
        suggestions="claims/S1.suggestions-0.jsonl",
        sha256="0" * 64,
        extractor="factcheck/1",
        rules="1",
        packs=(),
        language="mixed",
        first=1,
        count=count,
        first_reading=1,
        readings=1,
    )
    return make("source.extracted", "S1", body, by="tool:factcheck/1")


def suggested(count=2):
    claims = [
        SuggestedClaim(
            claim=f"C{n}",
            statement=f"{QUOTE} {n}",
            type=ClaimType.COST,
            checkable=Checkable.PARTLY,
            priority=n,
            mention=snapshots.MentionBody(source="S1", start=n, end=n + 3, quote="蒋璐转"),
            group="S1.g1",
        )
        for n in range(1, count + 1)
    ]
    reading = SuggestedReading(
        reading="R1", source="S1", heard="蒋路", meant="蒋璐", places=((1, 3), (7, 9)), score=900, why="pack"
    )
    return [SuggestedRegion(start=0, end=9, role="summary"), *claims, reading]


def test_the_case_and_its_policy(make):
    events = [
        make.case(),
        make("policy.changed", "case", bodies.PolicyChanged(name="min_origins", value=2, was=1)),
        make("policy.changed", "case", bodies.PolicyChanged(name="blind", value=True, was=False)),
        make("member.added", "case", bodies.MemberAdded(name="lead-1", role=Role.LEAD)),
        make("member.added", "case", bodies.MemberAdded(name="reviewer-1", role=Role.REVIEWER)),
        make("member.revoked", "case", bodies.MemberRevoked(name="reviewer-1")),
    ]
    info = fold(*events).info()
    assert Policy(min_origins=2, blind=True) == info.policy
    assert Role.LEAD is info.member("lead-1").role
    assert info.member("reviewer-1") is None
    assert (info.name, info.origin, info.version) == ("call", "factcheck/test", 6)


def test_an_unknown_policy_is_no_event():
    with pytest.raises(ValueError):
        bodies.PolicyChanged.model_validate({"name": "colour", "value": True, "was": False})


def test_suggestions_become_claims_that_nobody_has_touched(make):
    state = fold(make.case(), ingested(make), extracted(make), lines=suggested())
    source, claim, reading = state.value("S1"), state.value("C2"), state.value("R1")
    assert (source.language, source.first, source.count, source.regions[0].role) == ("mixed", 1, 2, "summary")
    assert (claim.state, claim.version, claim.group, claim.priority) == (S.SUGGESTED, 0, "S1.g1", 2)
    assert (Mention("S1", 2, 5, "蒋璐转"),) == claim.mentions
    assert (reading.state, reading.places) == ("proposed", ((1, 3), (7, 9)))


def test_undoing_a_date_keeps_what_the_extraction_found(make):
    dated = make("source.dated", "S1", bodies.SourceDated(date="2024-02-26"))
    before = [make.case(), ingested(make), extracted(make)]
    kept = fold(*before, dated, lines=suggested()).value("S1")
    undone = fold(*before, dated, make.undone(dated), lines=suggested()).value("S1")
    assert (kept.date, undone.date) == ("2024-02-26", "")
    assert len(kept.regions) == 1
    assert kept.regions == undone.regions
    assert (kept.language, kept.count, kept.suggestions) == (
        undone.language,
        undone.count,
        undone.suggestions,
    )


def test_readings_are_accepted_and_rejected(make):
    body = bodies.ReadingBody(source="S1", heard="蒋路", meant="蒋璐", places=((1, 3),))
    events = [make.case(), ingested(make), extracted(make), make("reading.accepted", "R1", body)]
    assert _said(fold(*events, lines=suggested()).value("R1")) == ("accepted", "reviewer-1", ((1, 3),))
    events.append(make("reading.rejected", "R1", body, by="reviewer-2"))
    assert _said(fold(*events, lines=suggested()).value("R1")) == ("rejected", "reviewer-2", ((1, 3),))


def _said(reading: Reading):
    return reading.state, reading.by, reading.places


def test_accepting_dismissing_and_taking_up_again(make):
    before = [make.case(), ingested(make), extracted(make)]
    seen = claim_body(statement=f"{QUOTE} 1")
    accepted = make("claim.accepted", "C1", snapshots.ClaimAct(claim=seen))
    dismissed = make("claim.dismissed", "C2", bodies.ClaimDismissed(reason=DismissReason.TRIVIAL))
    reopened = make("claim.reopened", "C2", bodies.ClaimReopened(because="after all"))
    state = fold(*before, accepted, dismissed, lines=suggested())
    assert (
        state.value("C1").state,
        state.value("C2").state,
        state.value("C2").reason,
    ) == (S.ACCEPTED, S.DISMISSED, "trivial")
    state = fold(*before, accepted, dismissed, reopened, lines=suggested())
    assert (state.value("C2").state, state.value("C2").reason) == (S.SUGGESTED, "")


def test_a_claim_is_what_its_first_act_carried_even_without_the_file(make):
    seen = claim_body(statement="as it was seen")
    claim = fold(make.case(), make("claim.accepted", "C7", snapshots.ClaimAct(claim=seen))).value("C7")
    assert (claim.statement, claim.state, claim.people) == ("as it was seen", S.ACCEPTED, ("reviewer-1",))


def judged(make, **more):
    return [
        make.case(),
        make.added("C1"),
        make.attached("C1", "E1"),
        make.verdict("C1", evidence=("E1",), **more),
    ]


def test_a_verdict_waits_for_a_second_person(make):
    claim = fold(*judged(make)).value("C1")
    assert (
        claim.state,
        claim.verdict.rating,
        claim.verdict.by,
        claim.verdict.evidence,
    ) == (S.JUDGED, "supported", "reviewer-1", ("E1",))


def test_a_confirmation_and_an_equal_second_verdict_both_confirm(make):
    events = judged(make)
    confirmed = make(
        "verdict.confirmed", "C1", bodies.VerdictConfirmed(verdict=events[3].id), by="reviewer-2"
    )
    claim = fold(*events, confirmed).value("C1")
    assert (claim.state, claim.confirmed_by) == (S.CONFIRMED, "reviewer-2")
    claim = fold(*events, make.verdict("C1", by="reviewer-2")).value("C1")
    assert (claim.state, claim.confirmed_by, len(claim.verdicts)) == (S.CONFIRMED, "reviewer-2", 2)


def test_another_second_verdict_disputes_and_a_third_person_settles(make):
    events = [*judged(make), make.verdict("C1", "refuted", by="reviewer-2")]
    claim = fold(*events).value("C1")
    assert (claim.state, claim.disputed_by, claim.verdict.rating) == (S.DISPUTED, "reviewer-2", "supported")
    settled = bodies.VerdictSettled(**dict(verdict_body("misleading")), verdict=events[3].id)
    claim = fold(*events, make("verdict.settled", "C1", settled, by="lead-1")).value("C1")
    assert (
        claim.state,
        claim.verdict.rating,
        claim.verdict.kind,
        len(claim.verdicts),
    ) == (S.SETTLED, "misleading", "settled", 3)


def test_ones_own_second_verdict_replaces_the_first(make):
    claim = fold(*judged(make), make.verdict("C1", "refuted")).value("C1")
    assert (claim.state, claim.verdict.rating, len(claim.verdicts)) == (S.JUDGED, "refuted", 2)


def test_a_dispute_names_its_reason(make):
    events = judged(make)
    body = bodies.VerdictDisputed(verdict=events[3].id, because="another person of that name")
    claim = fold(*events, make("verdict.disputed", "C1", body, by="reviewer-2")).value("C1")
    assert (claim.state, claim.dispute) == (S.DISPUTED, "another person of that name")


@pytest.mark.parametrize(
    ("kind", "body", "also", "why"),
    [
        ("claim.reworded", bodies.ClaimReworded(statement="other words", was=QUOTE), (), "reworded"),
        (
            "mention.added",
            bodies.MentionAdded(mention=snapshots.MentionBody(source="S1", start=30, end=32, quote="蒋璐")),
            (),
            "mention added",
        ),
        ("evidence.withdrawn", capturing.EvidenceWithdrawn(evidence="E1"), ("E1",), "evidence withdrawn"),
        ("claim.reopened", bodies.ClaimReopened(because="new facts"), (), "new facts"),
        (
            "claim.split",
            bodies.ClaimSplit(new="C2", part=claim_body(), keeps=claim_body().mentions),
            ("C2",),
            "split",
        ),
        ("claim.merged", bodies.ClaimMerged(other="C9", mentions=()), ("C9",), "merged"),
    ],
)
def test_what_changes_under_a_verdict_sends_the_claim_back_and_says_why(make, kind, body, also, why):
    claim = fold(*judged(make), make(kind, "C1", body, also=also)).value("C1")
    assert (S.ACCEPTED, None, why) == (claim.state, claim.verdict, claim.reopened)


def test_a_new_type_a_tie_a_note_and_more_evidence_leave_the_verdict_standing(make):
    events = [
        *judged(make),
        make(
            "claim.retyped",
            "C1",
            bodies.ClaimRetyped(type=ClaimType.ROLE_CHANGE, was=ClaimType.PERSONNEL_MOVE),
        ),
        make(
            "claim.related",
            "C1",
            bodies.ClaimRelated(other="C2", relation=RelationKind.CONTRADICTS),
            also=("C2",),
        ),
        make("note.added", "C1", bodies.NoteAdded(text="hm")),
        make.attached("C1", "E2", url="https://example.net"),
        make("evidence.withdrawn", "C1", capturing.EvidenceWithdrawn(evidence="E2"), also=("E2",)),
    ]
    claim = fold(*events).value("C1")
    assert (claim.state, claim.type, claim.notes[0].text) == (S.JUDGED, ClaimType.ROLE_CHANGE, "hm")
    assert [(each.id, each.withdrawn) for each in claim.evidence] == [("E1", False), ("E2", True)]


def test_a_merge_moves_mentions_and_evidence(make):
    events = [
        make.case(),
        make.added("C1"),
        make.added("C2", quote="加入", start=30),
        make.attached("C2", "E1"),
    ]
    evidence = events[3].body.evidence
    body = bodies.ClaimMerged(other="C2", mentions=events[2].body.claim.mentions, evidence=(evidence,))
    state = fold(*events, make("claim.merged", "C1", body, also=("C2", "E1")))
    into, gone = state.value("C1"), state.value("C2")
    assert [each.start for each in into.mentions] == [0, 30]
    assert [(each.id, each.claim) for each in into.evidence] == [("E1", "C1")]
    assert (gone.state, gone.merged_into, gone.evidence) == (S.MERGED, "C1", ())
    assert state.value("E1").claim == "C1"


def test_undoing_a_merge_gives_everything_back(make):
    events = [
        make.case(),
        make.added("C1"),
        make.added("C2", quote="加入", start=30),
        make.attached("C2", "E1"),
    ]
    before = fold(*events)
    body = bodies.ClaimMerged(
        other="C2", mentions=events[2].body.claim.mentions, evidence=(events[3].body.evidence,)
    )
    merged = make("claim.merged", "C1", body, also=("C2", "E1"))
    after = fold(*events, merged, make.undone(merged))
    for name in ("C1", "C2", "E1"):
        assert _but_version(before.value(name)) == _but_version(after.value(name))


def _but_version(value):
    return {name: getattr(value, name) for name in value.__slots__ if name != "version"}


def test_a_split_makes_a_claim_and_its_undo_takes_it_away(make):
    events = [make.case(), make.added("C1")]
    body = bodies.ClaimSplit(new="C2", part=claim_body(statement="half"), keeps=claim_body().mentions)
    split = make("claim.split", "C1", body, also=("C2",))
    assert (fold(*events, split).value("C2").statement, fold(*events, split).value("C2").state) == (
        "half",
        S.ACCEPTED,
    )
    state = fold(*events, split, make.undone(split))
    assert (state.value("C2"), state.version("C2")) == (None, 2)


def test_ties_hold_on_both_sides_and_are_taken_away(make):
    tie = bodies.ClaimRelated(other="C2", relation=RelationKind.REPEATS, why="same words")
    events = [
        make.case(),
        make.added("C1"),
        make.added("C2"),
        make("claim.related", "C1", tie, also=("C2",)),
    ]
    state = fold(*events)
    assert [each.other for each in state.value("C1").relations] == ["C2"]
    assert [each.other for each in state.value("C2").relations] == ["C1"]
    untie = bodies.ClaimUnrelated(other="C1", relation=RelationKind.REPEATS)
    state = fold(*events, make("claim.unrelated", "C2", untie, also=("C1",)))
    assert (state.value("C1").relations, state.value("C2").relations) == ((), ())


def test_undo_and_redo_in_turn(make):
    reworded = make("claim.reworded", "C1", bodies.ClaimReworded(statement="new", was=QUOTE))
    history = [make.case(), make.added("C1"), make.note(), reworded]
    versions, statements = [], []
    for kind in ("event.undone", "event.redone", "event.undone", "event.redone"):
        history.append(make.undone(reworded, kind=kind))
        claim = fold(*history).value("C1")
        versions.append(claim.version)
        statements.append(claim.statement)
    assert statements == [QUOTE, "new", QUOTE, "new"]
    assert versions == [4, 5, 6, 7]
    assert [history[1].id, history[2].id, reworded.id] == [
        each.id for each in effective(fold(*history).history("C1"))
    ]


def test_undoing_an_attachment_takes_the_evidence_away(make):
    attached = make.attached("C1", "E1")
    state = fold(make.case(), make.added("C1"), attached, make.undone(attached))
    assert (state.value("E1"), state.value("C1").evidence) == (None, ())


def exported(make, *claims, draft=False):
    named = tuple(bodies.ExportedClaim(claim=each) for each in claims)
    body = bodies.SummaryExported(
        formats=("jsonl",),
        draft=draft,
        size=4,
        root="0" * 64,
        manifest="0" * 64,
        renderer="r",
        lang="zh",
        claims=named,
    )
    return make("summary.exported", "X1", body)


def test_a_final_export_publishes_and_a_draft_does_not(make):
    state = fold(*judged(make), exported(make, "C1"))
    assert (state.value("C1").state, state.value("C1").exports) == (S.PUBLISHED, ("X1",))
    assert state.value("X1").claims == (("C1", ""),)
    assert S.JUDGED is fold(*judged(make), exported(make, "C1", draft=True)).value("C1").state


def test_an_export_leaves_the_version_of_its_claims_alone(make):
    events = judged(make)
    assert fold(*events).value("C1").version == fold(*events, exported(make, "C1")).value("C1").version


def test_a_capture_remembers_its_line(make):
    body = capturing.CaptureMade(
        sha256="0" * 64, path="evidence/0", size=1, media_type="text/plain", via="file"
    )
    capture = fold(make.case(), make("capture.made", "K1", body)).value("K1")
    assert (capture.seq, capture.by, capture.media_type) == (2, "reviewer-1", "text/plain")
    assert isinstance(capture, Capture)


def test_every_act_on_a_claim_says_in_which_states_it_is_legal():
    assert {
        kind for kind in BODIES if kind.split(".")[0] in {"mention", "evidence", "origins", "verdict", "note"}
    } - {"evidence.checked", "evidence.withheld"} <= ALLOWED.keys()
    acts = {kind for kind in BODIES if kind.startswith("claim.")} - {"claim.added"}
    assert acts <= ALLOWED.keys()
    assert all(states <= frozenset(S) for states in ALLOWED.values())


def test_all_lists_one_class_in_the_order_of_its_numbers(make):
    state = fold(make.case(), *(make.added(f"C{n}") for n in (10, 2, 1)), ingested(make))
    assert [each.id for each in state.all(Claim)] == ["C1", "C2", "C10"]
    assert [each.id for each in state.all(Source)] == ["S1"]
