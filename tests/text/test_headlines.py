"""The three headline claims of the bundled case come out by general rules, with their places."""

import re

from factcheck.text import extract, shipped_packs


def one(found, *words):
    claims = [
        claim for claim in found.claims if all(word in re.sub(r"\s", "", claim.quote) for word in words)
    ]
    assert claims, words
    return claims[0]


def test_jiang_lu_s_move_is_a_personnel_move_and_its_statement_repairs_both_names(source, found):
    claim = one(found, "蒋璐转投TikTok")
    assert (claim.type, claim.checkable) == ("personnel_move", "yes")
    assert source[claim.start : claim.end] == claim.quote == "最近 GoogleVideoPort 的负责人蒋璐转投 TikTok"
    assert "蒋路" in claim.statement
    assert "VideoPoet" in claim.statement


def test_zhang_nan_s_resignation_is_a_role_change_that_contradicts_her_appointment(source, found):
    left, took = one(found, "张楠辞去"), one(found, "张楠出任CEO")
    assert (left.type, took.type) == ("role_change", "role_change")
    assert "CEO" in left.statement
    assert "CEE" not in left.statement
    pairs = [(relation.a, relation.b) for relation in found.relations if relation.kind == "contradicts"]
    assert (left.id, took.id) in pairs


def test_the_cost_of_sora_is_recomputed_and_its_missing_premise_is_named(found):
    claim = one(found, "14倍以上")
    work = next(work for work in found.calculations if work.claim == claim.id)
    assert work.expression == "60 次 × 3e9 参数 = 1.8e11; 1.8e11 ÷ 14 = 1.29e10"
    assert [(value, unit) for _, value, unit in work.given] == [
        ("60", "次"),
        ("3000000000", "参数"),
        ("14", "倍"),
    ]
    assert (work.result, work.holds) == ("180000000000", "conditional")
    assert work.needs == ("GPT-4推理成本 = 1.29e10 参数: 文中没有给出 / stated nowhere in the text",)


def test_sixty_goes_for_sixty_seconds_hold_only_at_a_rate_that_nobody_states(found):
    claim = one(found, "60秒视频就需要60次推理")
    work = next(work for work in found.calculations if work.claim == claim.id)
    assert (work.result, work.holds) == ("30", "conditional")
    assert "30 张/秒" in work.needs[0]


def test_a_common_divisor_of_thirty_does_not_follow_from_the_lengths_that_were_said(found):
    claim = one(found, "最大公约数是30")
    work = next(work for work in found.calculations if work.claim == claim.id)
    assert (work.expression, work.holds) == ("gcd(10, 20, 60) 秒 = 10 秒", "no")


def test_the_headlines_do_not_need_the_pack_of_the_case(source):
    found = extract(source, packs=shipped_packs())
    assert one(found, "蒋璐转投TikTok").type == "personnel_move"
    assert one(found, "张楠辞去").type == "role_change"
    assert any("GPT-4" in need for work in found.calculations for need in work.needs)


def test_the_headlines_stand_among_the_first_fifth(found):
    first = sorted(found.claims, key=lambda claim: -claim.priority)[: len(found.claims) // 5]
    for words in (("蒋璐转投TikTok",), ("张楠辞去",), ("14倍以上",)):
        assert one(found, *words) in first


def test_the_mentions_of_the_move_form_one_group_and_the_summary_derives_from_the_talk(found):
    told, retold = one(found, "蒋璐转投"), one(found, "蒋璐加入")
    assert told.group == retold.group != ""
    assert ("derives_from", retold.id, told.id) in {(one.kind, one.a, one.b) for one in found.relations}
