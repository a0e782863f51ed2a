"""Where the words of one version stand in the next: in order, whatever was broken, inserted, corrected or moved."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factcheck.match.alignment import Alignment
from factcheck.match.wording import same_words

OLD = """会议实录

最近 VideoPort 的负责人蒋路转投 TikTok，负责 AI 视频
技术的开发。去年抖音 CEO 张楠辞去抖音 CEO 的职务。

单次推理的参数量是 30 亿，60 次推理的成本是 GPT-4 的 14 倍以上。我们认为单次推理的参数量是 30 亿。

Last week Maria Lopez joined Globex as chief scientist. The model costs 3 billion dollars to train.
"""


def found(old, new, words, which=0):
    at = -1
    for _ in range(which + 1):
        at = old.index(words, at + 1)
    place = Alignment(old, new).find(at, at + len(words))
    if place:
        assert new[place.start : place.end] == place.exact
    return place


def test_the_same_text_is_found_where_it_was():
    at = OLD.index("Maria Lopez")
    place = Alignment(OLD, OLD).find(at, at + 11)
    assert (place.start, place.end, place.score) == (at, at + 11, 100)


def test_other_line_breaks_change_nothing():
    new = OLD.replace("视频\n技术", "视频技术").replace("。", "。\n\n")
    place = found(OLD, new, "负责 AI 视频\n技术的开发")
    assert (place.exact, place.score) == ("负责 AI 视频技术的开发", 100)


def test_a_corrected_word_is_found_with_its_new_letters():
    new = OLD.replace("蒋路", "蒋璐").replace("60 次", "30 次")
    place = found(OLD, new, "蒋路转投 TikTok")
    assert place.exact == "蒋璐转投 TikTok"
    assert place.score < 100
    assert found(OLD, new, "60 次推理的成本").exact == "30 次推理的成本"


def test_the_order_tells_like_words_apart():
    new = OLD.replace("我们认为单次推理的参数量是 30 亿", "我们认为单次推理的参数量是 50 亿")
    words = "单次推理的参数量是 30 亿"
    assert found(OLD, new, words, 0).start == new.index(words)
    assert found(OLD, new, words, 1).exact == "单次推理的参数量是 50 亿"


def test_one_of_two_like_places_that_is_cut_is_lost_and_not_the_other():
    new = OLD.replace("我们认为单次推理的参数量是 30 亿。", "")
    words = "单次推理的参数量是 30 亿"
    assert found(OLD, new, words, 0).start == new.index(words)
    assert found(OLD, new, words, 1) is None


def test_a_passage_that_was_moved_is_found_by_its_words():
    last = "Last week Maria Lopez joined Globex as chief scientist. The model costs 3 billion dollars to train.\n"
    new = last + "\n" + OLD.replace(last, "")
    place = found(OLD, new, "Maria Lopez joined Globex")
    assert (place.start, place.score) == (new.index("Maria"), 100)


def test_what_is_no_longer_said_is_lost():
    new = OLD.replace("The model costs 3 billion dollars to train.", "Thank you.")
    assert found(OLD, new, "The model costs 3 billion dollars to train") is None
    assert Alignment(OLD, "").find(0, 4) is None
    assert Alignment(OLD, "另一份毫无关系的文件。").find(10, 30) is None


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        ("蒋璐转投 TikTok", "蒋璐转投Tiktok，", True),
        ("他说：“可以”", "他说可以。", True),
        ("in 10-20 days", "in 10 to 20 days", False),
        ("$18.5 million", "€18.5 million", False),
        ("18.5", "185", False),
        ("grew -3%", "grew 3%", False),
        ("grew 3%", "grew 3", False),
        ("他辞职了？", "他辞职了。", False),
        ("不再", "不在", False),
        ("Video\nPort", "VideoPort", True),
        ("1/2 of it", "1 2 of it", False),
        ("3:1", "3 1", False),
        ("10^6", "10 6", False),
        ("2*3", "2 3", False),
        ("5‰", "5", False),
        ("5°", "5", False),
        ("–5", "5", False),
        ("–5", "-5", True),
        ("10–20 days", "10-20 days", True),
        ("(5) million", "5 million", False),
        ("rose .5 percent", "rose 5 percent", False),
        ("5 mW", "5 MW", False),
        ("5 Million", "5 million", True),
        ("C#", "C", False),
        ("x₂", "x2", False),
        ("x²", "x2", False),
        ("done ✅", "done ❌", False),
        ("产量，5亿。", "产量5亿", True),
        ("in 2024, he left.", "In 2024 he left", True),
        ("it’s", "it's", True),
        ("he thinks it's, so", "he thinks its so", False),
        ("they re-sign, now", "they resign now", False),
        ("Ｖｉｄｅｏ", "video", True),
    ],
)
def test_punctuation_is_no_change_of_words_and_signs_are(one, two, same):
    assert same_words(one, two) is same


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6), st.integers(0, 40))
def test_every_untouched_word_is_found_again_after_random_changes(seed, changes):
    chance = random.Random(seed)
    alphabet = "的一是在不了有和人这中大为上个国我以要他"
    sentences = ["".join(chance.choices(alphabet, k=30)) + "。" for _ in range(60)]
    new = list(sentences)
    touched = set()
    for _ in range(changes):
        n = chance.randrange(len(new))
        at = chance.randrange(len(new[n]) - 1)
        new[n] = chance.choice((new[n][:at] + "变" + new[n][at + 1 :], new[n][:at] + "\n" + new[n][at:]))
        touched.add(n)
    old_text, new_text = "".join(sentences), "\n".join(new)
    alignment = Alignment(old_text, new_text)
    for n in range(60):
        place = alignment.find(n * 31, n * 31 + 31)
        expected = sum(len(each) + 1 for each in new[:n])
        if n not in touched:
            assert (place.start, place.exact, place.score) == (expected, sentences[n], 100)
        elif place is not None:
            assert expected <= place.start < expected + len(new[n])
