"""Every span carries its quote, whatever the file looks like."""

import json
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from factcheck.text import extract, shipped_packs
from tests.text.conftest import bundled, bundled_text

PIECES = st.sampled_from(
    [
        "蒋璐转投 TikTok",
        "，",
        "。",
        "\n",
        "\r\n",
        "\n\n",
        " ",
        "- ",
        "1. ",
        "（可能是误识别，这里应为 OpenAI）",
        "如果",
        "60 次",
        "14 倍以上",
        "Dr. Li left Globex",
        ". ",
        ", who ",
        "costs $3.4 billion",
        "up 18%",
        "\ufeff",
        "\u3000",
        "𠮷",
        "加微信",
        "会议实录",
        "张三：",
        "00:01 ",
        "的",
        "“",
        "）",
        "第四",
        "从 5 到 7 万亿美元",
        "…",
        "\u2028",
        "\x0b",
        "Solo",
        "e\u0301",
    ]
)
TEXTS = st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=40).map("".join))


def check(text):
    found = extract(text, packs=shipped_packs())
    for claim in found.claims:
        assert claim.quote == text[claim.start : claim.end] != ""
        assert all(0 <= reason.start < reason.end <= len(text) for reason in claim.why)
    assert all(reading.heard == text[reading.start : reading.end] for reading in found.readings)
    regions = [(region.start, region.end) for region in found.regions]
    assert regions == sorted(regions)
    assert all(a[1] <= b[0] for a, b in pairwise(regions))
    return found


@settings(deadline=None, max_examples=150)
@given(TEXTS)
def test_any_text_is_read_and_every_quote_stands_at_its_place(text):
    found = check(text)
    ids = {claim.id for claim in found.claims}
    assert {one for relation in found.relations for one in (relation.a, relation.b)} <= ids
    assert {work.claim for work in found.calculations} <= ids
    json.dumps(found.to_json(), allow_nan=False)


def test_the_bundled_transcript_has_exact_places():
    check(bundled_text())


def test_line_ends_of_another_system_move_the_places_and_change_nothing_else():
    text = bundled_text().replace("\n", "\r\n")
    found = check(text)
    expected = [
        claim.quote.replace("\n", "\r\n") for claim in extract(bundled_text(), packs=shipped_packs()).claims
    ]
    assert expected == [claim.quote for claim in found.claims]


def test_a_byte_order_mark_is_the_first_character_and_is_in_no_quote():
    found = check("\ufeff张三去年辞去院长职务。")
    assert [(claim.start, claim.quote) for claim in found.claims] == [(1, "张三去年辞去院长职务")]


def test_a_claim_may_run_over_a_blank_line():
    assert sum("\n\n" in claim.quote for claim in bundled().claims) == 7


def test_the_same_text_gives_the_same_bytes():
    again = extract(bundled_text(), packs=shipped_packs()).to_json()
    assert json.dumps(again) == json.dumps(extract(bundled_text(), packs=shipped_packs()).to_json())
