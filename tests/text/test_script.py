"""Traditional and simplified Chinese match each other; what is quoted stays as it was written."""

from factcheck.text import Entity, KnownReadings, Pack, extract
from factcheck.text.script import simplified

TRADITIONAL = "去年谷歌的負責人蔣璐轉投抖音。張楠上週辭去總裁職務。張楠出任董事長。公司營收增長了百分之十二。"
SIMPLIFIED = "去年谷歌的负责人蒋璐转投抖音。张楠上周辞去总裁职务。张楠出任董事长。公司营收增长了百分之十二。"


def pack(**entity):
    return Pack("desk", "0" * 64, (Entity(**entity),), ())


def test_a_text_keeps_its_length():
    assert simplified(TRADITIONAL) == SIMPLIFIED.replace("上周", "上周")
    assert len(simplified(TRADITIONAL)) == len(TRADITIONAL)


def test_a_text_without_a_traditional_character_is_the_same_text():
    assert simplified(SIMPLIFIED) is SIMPLIFIED


def test_both_scripts_give_the_same_claims_at_the_same_places():
    one, other = extract(TRADITIONAL), extract(SIMPLIFIED)
    assert [(claim.start, claim.end, claim.type, claim.priority) for claim in one.claims] == [
        (claim.start, claim.end, claim.type, claim.priority) for claim in other.claims
    ]
    assert [relation.kind for relation in one.relations] == [relation.kind for relation in other.relations]


def test_quotes_and_statements_stay_in_the_script_of_the_source():
    for claim in extract(TRADITIONAL).claims:
        assert TRADITIONAL[claim.start : claim.end] == claim.quote
        assert claim.statement.rstrip("。") == claim.quote


def test_a_name_listed_in_one_script_is_found_in_the_other():
    for name, heard, text in (
        ("蒋璐", "蒋路", "他叫蔣路，去年入職。"),
        ("蔣璐", "蔣路", "他叫蒋路，去年入职。"),
    ):
        found = extract(text, packs=[pack(name=name, heard=(heard,))])
        assert [(one.heard, one.meant) for one in found.readings] == [(text[2:4], name)]


def test_a_reading_decided_in_one_script_holds_in_the_other():
    found = extract("他叫蔣路，去年入職。", known=KnownReadings(accepted=(("蒋路", "蒋璐"),)))
    assert [(one.heard, one.meant) for one in found.readings] == [("蔣路", "蒋璐")]
