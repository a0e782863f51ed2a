"""Extraction again: numbers that stay, suggestions that go, and what a person has touched left alone."""

import pytest
from pointing_stub import Pointing

from factcheck.case import Case
from factcheck.errors import Conflict, Refused

PACK = """[[entity]]
name = "蒋璐"
heard = ["姜露"]
"""
RULE = """[[rule]]
id = "case.hours"
type = "quantity"
weight = 2000
pattern = "开会"
"""
TALK = """会议实录

最近 VideoPort 的负责人姜露转投 TikTok，负责 AI 视频技术的开发。去年抖音 CEO 张楠辞去抖音 CEO 的职务。

姜露出任 TikTok 的首席科学家。这个模型的训练成本是 30 亿美元，比去年多了 20 亿美元。

姜露说去年的收入是 84.0 亿美元。
"""


def pack(case, text=PACK):
    folder = case.folder / "claims" / "packs"
    folder.mkdir(exist_ok=True)
    (folder / "own.toml").write_text(text, "utf-8")


def begun(folder, text=TALK):
    case = Case.create(folder / "talk", "reviewer-1", name="talk")
    document = folder / "talk.txt"
    document.write_text(text, "utf-8")
    case.ingest(document)
    return case


@pytest.fixture
def talk(tmp_path):
    case = begun(tmp_path)
    yield case
    report = case.audit()
    case.close()
    assert report.findings == ()


def ledger(case):
    return (case.folder / "claims" / "ledger.jsonl").read_bytes()


def seen(case):
    """Everything a reviewer would see change."""
    return {claim.id: (claim.statement, claim.state, claim.mentions) for claim in case.claims("S1")}


def reading(case, meant="蒋璐"):
    return next(each for each in case.readings("S1") if each.meant == meant)


def test_the_same_rules_and_packs_say_nothing_new_and_write_nothing(talk):
    before = ledger(talk), sorted((talk.folder / "claims").iterdir())
    assert talk.reextract("S1") == ()
    assert (ledger(talk), sorted((talk.folder / "claims").iterdir())) == before


def test_a_name_in_a_pack_changes_statements_and_keeps_numbers(talk):
    before = seen(talk)
    pack(talk)
    (event,) = talk.reextract("S1")
    assert (event.kind, event.subject, event.by.partition("/")[0]) == (
        "source.extracted",
        "S1",
        "tool:extract",
    )
    assert (event.body.kept, event.body.count, event.body.superseded) == (len(before), 0, None)
    assert {name: each[2] for name, each in seen(talk).items()} == {n: e[2] for n, e in before.items()}
    assert "蒋璐转投TikTok" in talk.claim("C1").statement
    assert talk.search("蒋璐") != []
    assert talk.reextract("S1") == ()


def test_what_a_person_has_touched_is_never_changed(talk):
    talk.accept("C1")
    talk.note("C2", "a remark")
    before = [talk.claim("C1"), talk.claim("C2")]
    pack(talk)
    talk.reextract("S1")
    assert [talk.claim("C1"), talk.claim("C2")] == before
    assert "姜露转投" in talk.claim("C1").statement
    assert [claim.id for claim in talk.claims("S1")] == [
        f"C{n}" for n in range(1, len(talk.claims("S1")) + 1)
    ]


def test_an_act_that_was_undone_has_not_touched(talk):
    talk.accept("C1")
    talk.undo()
    pack(talk)
    talk.reextract("S1")
    assert "蒋璐转投" in talk.claim("C1").statement
    assert (talk.claim("C1").state, talk.claim("C1").version) == ("suggested", 2)
    with_name = talk.claim("C1").statement
    talk.accept("C1")
    talk.undo()
    assert talk.claim("C1").statement == with_name


def changed(case, monkeypatch, drop=(), moved=()):
    """Other rules: some suggestions are no longer made, some are cut differently."""
    from dataclasses import replace

    from factcheck import text

    real = text.extract

    def extract(words, **how):
        found = real(words, **how)
        kept = [each for each in found.claims if each.id not in drop]
        claims = tuple(
            replace(each, end=each.end - 1, quote=each.quote[:-1]) if each.id in moved else each
            for each in kept
        )
        names = {each.id for each in claims}
        relations = tuple(each for each in found.relations if {each.a, each.b} <= names)
        sums = tuple(each for each in found.calculations if each.claim in names)
        return replace(found, claims=claims, relations=relations, calculations=sums)

    monkeypatch.setattr(text, "extract", extract)
    return case.reextract("S1")


def test_vanished_suggestions_are_superseded_and_new_ones_get_numbers_at_the_end(talk, monkeypatch):
    last = len(talk.claims("S1"))
    (event,) = changed(talk, monkeypatch, drop={"m2"}, moved={"m3"})
    assert event.body.superseded == ("C2", "C3")
    assert [talk.claim(name).state for name in ("C2", "C3")] == ["superseded", "superseded"]
    assert talk.claim(f"C{last + 1}").mentions[0].start == talk.claim("C3").mentions[0].start
    assert [each.kind for each in talk.trail("C2")] == ["source.extracted"]
    with pytest.raises(Refused, match="superseded"):
        talk.accept("C2")
    monkeypatch.undo()
    talk.reextract("S1")
    assert [talk.claim(name).state for name in ("C2", "C3")] == ["suggested", "suggested"]
    assert talk.claim(f"C{last + 1}").state == "superseded"


def test_a_touched_claim_that_vanished_stays_as_it_was(talk, monkeypatch):
    talk.accept("C2")
    before = talk.claim("C2")
    (event,) = changed(talk, monkeypatch, drop={"m2"}, moved={"m3"})
    assert talk.claim("C2") == before
    assert event.body.superseded == ("C3",)


def test_a_merged_or_dismissed_suggestion_does_not_come_back(talk):
    talk.dismiss("C1", reason="trivial")
    talk.merge("C2", "C3")
    count = len(talk.numbers())
    pack(talk)
    talk.reextract("S1")
    assert len(talk.numbers()) == count
    assert (talk.claim("C1").state, talk.claim("C3").state) == ("dismissed", "merged")


def test_a_claim_that_was_added_by_hand_keeps_its_number(talk, monkeypatch):
    place = talk.claim("C2").mentions[0]
    changed(talk, monkeypatch, drop={"m2"})
    added = talk.add("S1", start=place.start, end=place.end, statement="added by hand")
    monkeypatch.undo()
    talk.reextract("S1")
    assert talk.claim(added.id).statement == "added by hand"
    assert talk.claim("C2").state == "suggested"  # its own number stands with its place and frame


def test_accepting_a_reading_rewords_untouched_suggestions_at_once_and_undo_takes_it_back(talk, monkeypatch):
    pack(talk)
    talk.reextract("S1")
    found = reading(talk)
    talk.accept("C1")
    before = seen(talk)
    talk.reject(found.id)
    raw = {name: statement for name, (statement, *_) in seen(talk).items()}
    assert raw["C1"] == before["C1"][0]
    assert sum("蒋璐" in statement for statement in raw.values()) == 1
    assert any("姜露" in statement for statement in raw.values())
    talk.undo()
    assert seen(talk) == before


def test_a_rejected_reading_is_not_proposed_again(talk):
    pack(talk)
    talk.reextract("S1")
    found = reading(talk)
    talk.reject(found.id)
    worded = seen(talk)
    talk.reextract("S1")
    assert [(each.id, each.state) for each in talk.readings("S1") if each.meant == "蒋璐"] == [
        (found.id, "rejected")
    ]
    assert {n: e[0] for n, e in seen(talk).items()} == {n: e[0] for n, e in worded.items()}


def test_an_accepted_reading_keeps_its_number_and_its_places(talk):
    pack(talk)
    talk.reextract("S1")
    found = reading(talk)
    talk.read(found.id)
    (talk.folder / "claims" / "packs" / "own.toml").unlink()
    talk.reextract("S1", without=["own"])
    assert reading(talk) == talk.reading(found.id)
    assert (reading(talk).state, reading(talk).places) == ("accepted", found.places)
    assert "蒋璐" in talk.claim("C1").statement


def test_a_vanished_reading_that_nobody_decided_about_is_superseded(talk):
    pack(talk)
    talk.reextract("S1")
    found = reading(talk)
    (talk.folder / "claims" / "packs" / "own.toml").unlink()
    talk.reextract("S1", without=["own"])
    assert talk.reading(found.id).state == "superseded"
    assert found.id not in [each.id for each in talk.readings("S1")]
    with pytest.raises(Refused, match="superseded already"):
        talk.read(found.id)
    pack(talk)
    talk.reextract("S1")
    assert talk.reading(found.id).state == "proposed"


def test_another_document_uses_what_was_accepted_and_not_what_was_rejected(talk, tmp_path):
    pack(talk, PACK + '\n[[entity]]\nname = "TikTok 公司"\nheard = ["TikTok"]\n')
    talk.reextract("S1")
    talk.read(reading(talk).id)
    talk.reject(reading(talk, "TikTok 公司").id)
    pack(talk, '[[entity]]\nname = "TikTok 公司"\nheard = ["TikTok"]\n')
    (tmp_path / "two.txt").write_text("姜露转投 TikTok，负责视频。", "utf-8")
    talk.ingest(tmp_path / "two.txt")
    assert {(each.heard, each.meant, each.state) for each in talk.readings("S2")} == {
        ("姜露", "蒋璐", "proposed"),
        ("TikTok", "TikTok 公司", "proposed"),
    }


def test_the_index_and_the_fold_agree_after_everything(talk, monkeypatch):
    pack(talk)
    talk.reextract("S1")
    talk.reject(reading(talk).id)
    changed(talk, monkeypatch, drop={"m2"}, moved={"m3"})
    talk.undo()
    talk.accept("C1")
    talk.undo()
    again = Case.open(talk.folder, by="reviewer-2")
    assert seen(again) == seen(talk)
    assert talk.audit("index", "suggestions", "states").findings == ()


COMMAND = "018dd3a0-0000-7000-8000-000000000001"


def test_an_extraction_that_is_asked_for_twice_under_one_command_id_happens_once(talk):
    pack(talk)
    assert talk.reextract("S1", id=COMMAND) == talk.reextract("S1", id=COMMAND) != ()
    assert [each.kind for each in talk.trail("S1")].count("source.extracted") == 2


def test_a_proposal_that_is_asked_for_twice_under_one_command_id_is_known_to_whoever_asked(talk):
    assert talk.propose("S1", Pointing(), id=COMMAND) == talk.propose("S1", Pointing(), id=COMMAND) != ()
    with pytest.raises(Conflict, match="belongs to another act"):
        talk.propose("S1", Pointing(), by="reviewer-2", id=COMMAND)
