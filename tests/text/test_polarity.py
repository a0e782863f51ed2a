"""Little words that turn a claim round are pointed at where a recogniser may have erred."""

import pytest

from factcheck.text import Entity, Pack, extract

NAMES = Pack("desk", "0" * 64, (Entity("Globex", heard=("Globeks",)), Entity("蒋璐", heard=("蒋路",))), ())


def doubts(text):
    found = extract(text, packs=[NAMES])
    return [
        (text[why.start : why.end], why.rule, why.weight)
        for claim in found.claims
        for why in claim.why
        if why.rule.startswith("polarity")
    ]


@pytest.mark.parametrize(
    ("text", "word", "rule"),
    [
        ("We are now planning to close the Globeks plant in May.", "now", "polarity: now / not?"),
        ("They did now cut off 300 people in February.", "now", "polarity: now / not?"),
        ("Globeks hired fifteen engineers in May.", "fifteen", "polarity: fifteen / -ty?"),
        ("蒋路去年不在担任总裁职务。", "不在", "polarity: 不在 / 不再?"),
        ("三期试验每有停止招募患者。", "每有", "polarity: 每有 / 没有?"),
    ],
)
def test_a_word_that_may_be_its_contrary_is_pointed_at_and_weighs_nothing(text, word, rule):
    assert (word, rule, 0) in doubts(text)


@pytest.mark.parametrize("text", ["We are now planning to close the plant in May.", "公司去年不再生产手机。"])
def test_where_nothing_was_misheard_nothing_is_doubted(text):
    assert doubts(text) == []


def test_the_statement_stays_as_it_was_heard():
    (claim,) = extract("They did now cut off 300 people in February.").claims
    assert claim.statement == "They did now cut off 300 people in February."
