"""What holds for every text: places are exact, sentences are found again however the lines broke, bytes are the same."""

import os
import random
import re
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factcheck.text import extract, shipped_packs
from tests.text.conftest import ROOT, bundled_packs, bundled_text
from tests.text.rebreaking import agreement, boundaries, found_boundaries, rebroken, whole

LANGUAGES = ("zh", "en")
PACKS = shipped_packs()
WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
"""ASCII as full-width forms."""

BLANKS = (" ", "  ", "\u3000", "\t", "\u00a0", "\u200b", "\n", "\r\n", "\u2028", "\x0b")
CHANCE = st.integers(0, 2**32).map(random.Random)
BEYOND = ("😀", "𠮷", "𝟞", "👩‍👩‍👧", "🇨🇳", "𪚥𪚥", "\U000f0001")
RIGHT_TO_LEFT = ("مرحبا 12%", "שלום עולם", "\u202eabc\u202c", "\u200f", "٣٤٥", "ألف 3.5 مليون دولار")


def check_places(text, packs=PACKS):
    """Every place of an extraction is exact, inside the text, and in order."""
    found = extract(text, packs=packs)
    assert found.characters == len(text)
    for claim in found.claims:
        assert text[claim.start : claim.end] == claim.quote
        assert claim.quote.strip() == claim.quote != ""
        assert all(0 <= why.start < why.end <= len(text) for why in claim.why)
    for reading in found.readings:
        assert text[reading.start : reading.end] == reading.heard
    ends = [0, *(region.end for region in found.regions)]
    assert all(end <= region.start < region.end for end, region in zip(ends, found.regions, strict=False))
    assert ends[-1] <= len(text)
    ids = {claim.id for claim in found.claims}
    assert {end for tie in found.relations for end in (tie.a, tie.b)} <= ids
    assert {sum_.claim for sum_ in found.calculations} <= ids
    return found


def spoilt(text, chance, pieces, share):
    """The text with one of these pieces put in behind a share of its characters."""
    return "".join(char + (chance.choice(pieces) if chance.random() < share else "") for char in text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sentences_of_a_whole_text_are_those_that_were_written(language):
    assert found_boundaries(whole(language)) == boundaries(language)
    assert len(whole(language)) >= 2_000


@pytest.mark.parametrize("language", LANGUAGES)
@settings(max_examples=150, deadline=None)
@given(
    width=st.integers(8, 200),
    empty=st.sampled_from([0.0, 0.05, 0.2, 0.5, 1.0]),
    chance=CHANCE,
)
def test_sentences_are_found_again_however_the_lines_broke(language, width, empty, chance):
    text = rebroken(language, width, empty, chance)
    assert agreement(found_boundaries(text), boundaries(language)) >= 0.995


@pytest.mark.parametrize("language", LANGUAGES)
@settings(max_examples=25, deadline=None)
@given(
    width=st.integers(8, 120),
    empty=st.sampled_from([0.0, 0.1, 1.0]),
    chance=CHANCE,
)
def test_a_text_broken_otherwise_says_the_same(language, width, empty, chance):
    """The statements are those of the whole text: lines are no part of what was said."""
    said = [claim.statement for claim in extract(whole(language), packs=PACKS).claims]
    found = check_places(rebroken(language, width, empty, chance))
    again = [claim.statement for claim in found.claims]
    common = len(set(said) & set(again))
    assert 2 * common >= 0.95 * (len(set(said)) + len(set(again)))


@settings(max_examples=40, deadline=None)
@given(
    language=st.sampled_from(LANGUAGES),
    pieces=st.sampled_from([BLANKS, BEYOND, RIGHT_TO_LEFT, (*BLANKS, *BEYOND, *RIGHT_TO_LEFT)]),
    share=st.sampled_from([0.002, 0.02, 0.2]),
    chance=CHANCE,
    width=st.integers(10, 100),
)
def test_places_are_exact_whatever_is_put_in(language, pieces, share, chance, width):
    check_places(spoilt(rebroken(language, width, 0.1, chance), chance, pieces, share))


@settings(max_examples=20, deadline=None)
@given(share=st.sampled_from([0.01, 0.3, 1.0]), chance=CHANCE)
def test_places_are_exact_in_full_width_forms(share, chance):
    for text in (whole("zh"), whole("en")):
        check_places("".join(char.translate(WIDE) if chance.random() < share else char for char in text))


@settings(max_examples=15, deadline=None)
@given(chance=CHANCE, share=st.sampled_from([0.0, 0.01]))
def test_places_are_exact_in_the_bundled_transcript_with_its_pack(chance, share):
    text = bundled_text()
    check_places(spoilt(text, chance, (*BLANKS, *BEYOND), share), bundled_packs())


@settings(max_examples=150, deadline=None)
@given(
    st.text(
        st.sampled_from(
            [
                *'。，！？.,!? \n\n：:"“”（(）)『』12亿%第一3-→•#abAB去转任我们的 CEO',
                "😀",
                "\u200f",
                "ש",
                "𠮷",
                "Ａ",
                "\ufeff",
            ]
        ),
        max_size=300,
    )
)
def test_places_are_exact_in_texts_that_nobody_would_write(text):
    check_places(text)


FIGURE = re.compile(r"\d+(?:\.\d+)?|[一二三四五六七八九十百千万亿]{1,5}")
ODD_FIGURES = (
    "0",
    "00",
    "0.0",
    "-1",
    "1e9",
    "9" * 40,
    f"0.{'0' * 40}1",
    "½",
    "③",
    "０",
    "٣",
    "零",
    "一亿亿亿",
    "1/0",
    "1.2.3",
    "%",
)


@settings(max_examples=40, deadline=None)
@given(language=st.sampled_from(LANGUAGES), chance=CHANCE)
def test_figures_that_nobody_would_say_do_no_harm(language, chance):
    text = bundled_text() + whole(language)
    check_places(FIGURE.sub(lambda match: chance.choice((match[0], *ODD_FIGURES)), text))


def test_pictures_in_no_seconds_are_no_calculation():
    text = "要生成0秒的视频，每次推理出30张图片，需要60次推理。"
    assert [sum_ for sum_ in extract(text).calculations if "÷ 0" in sum_.expression] == []


def test_the_same_document_gives_the_same_bytes_in_any_process(tmp_path):
    """Neither the order of sets, nor locale, time zone, folder or how often it ran decides anything."""
    document = tmp_path / "talk.txt"
    document.write_text(
        "\n\n".join([bundled_text(), whole("zh"), rebroken("en", 60, 0.1, random.Random(1))]),
        encoding="utf-8",
    )
    outputs = set()
    for seed, locale, zone, folder in (
        ("0", "C", "UTC", tmp_path),
        ("1", "C.UTF-8", "Asia/Shanghai", ROOT),
        ("4242", "POSIX", "America/Los_Angeles", ROOT / "tests"),
    ):
        environ = os.environ | {"PYTHONHASHSEED": seed, "LC_ALL": locale, "TZ": zone, "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-m", "factcheck", "extract", str(document), "--json"]
        command += ["--pack", str(ROOT / "claims" / "packs" / "jianying.toml")]
        done = subprocess.run(command, cwd=folder, env=environ, capture_output=True, check=True)
        outputs.add(done.stdout)
    assert len(outputs) == 1
