"""Misheard words are proposed beside what was heard, and right words are left alone."""

from factcheck.text import KnownReadings, Pack, extract, load_packs, shipped_packs
from tests.text.conftest import bundled, bundled_text


def pack(tmp_path, text) -> tuple[Pack, ...]:
    path = tmp_path / "names.toml"
    path.write_text(text, encoding="utf-8")
    return load_packs([path])


def proposed(found):
    return [(reading.heard, reading.meant) for reading in found.readings]


def test_the_case_s_names_are_proposed_at_each_place():
    pairs = proposed(bundled())
    assert {
        ("蒋璐", "蒋路"),
        ("Solo", "Sora"),
        ("OBI", "OpenAI"),
        ("GoogleVideoPort", "Google VideoPoet"),
        ("VideoPort", "VideoPoet"),
    } <= set(pairs)
    assert bundled_text().count("Solo") == pairs.count(("Solo", "Sora"))
    assert [f"r{n}" for n in range(1, len(pairs) + 1)] == [reading.id for reading in bundled().readings]


def test_names_that_are_right_are_left_alone():
    heard = {reading.heard for reading in bundled().readings}
    assert not heard & {
        "TikTok",
        "tiktok",
        "CapCut",
        "capcut",
        "Transformer",
        "patch",
        "patches",
        "Sora",
        "AI",
        "央企",
    }


def test_a_note_in_the_text_is_evidence():
    found = extract(
        "我们计算了欧菲亚（可能是误识别，这里应为 OpenAI）的图片。Globix [should be Globex] fell."
    )
    assert proposed(found) == [("欧菲亚", "OpenAI"), ("Globix", "Globex")]


def test_a_name_is_proposed_for_its_like_only_where_it_occurs(tmp_path):
    names = pack(tmp_path, '[[entity]]\nname = "Globexia"\n')
    assert proposed(extract("收购 Globixia 的是 Globexia 的母公司。", packs=names)) == [
        ("Globixia", "Globexia")
    ]
    assert proposed(extract("收购 Globixia 的是它的母公司。", packs=names)) == []


def test_same_syllables_in_other_characters_are_proposed_on_word_boundaries(tmp_path):
    names = pack(tmp_path, '[[entity]]\nname = "孙丽萍"\nkind = "person"\n')
    assert proposed(extract("孙丽萍是主任。后来孙莉平辞职了。", packs=names)) == [("孙莉平", "孙丽萍")]


def test_a_short_english_word_is_not_heard_as_an_abbreviation():
    assert (
        proposed(extract("Our chief, Daniel Cho, left. The CEO met the unit.", packs=shipped_packs())) == []
    )


def test_a_context_decides_about_a_word_that_is_right_elsewhere(tmp_path):
    names = pack(tmp_path, '[[entity]]\nname = "OpenAI"\nheard = ["欧洲"]\ncontext = ["融资"]\n')
    assert proposed(
        extract("欧洲的融资很大。他住在德国，很少去别的地方，只是夏天常常去欧洲旅游。", packs=names)
    ) == [("欧洲", "OpenAI")]


def test_what_was_rejected_is_not_proposed_again_and_what_was_accepted_is():
    known = KnownReadings(accepted=(("张楠", "张南"),), rejected=(("Solo", "Sora"),))
    pairs = proposed(extract(bundled_text(), packs=shipped_packs(), known=known))
    assert ("Solo", "Sora") not in pairs
    assert ("张楠", "张南") in pairs
