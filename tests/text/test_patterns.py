"""A pattern that could run for ever is refused before it runs; one that is accepted ends soon on the worst text."""

import json
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factcheck.errors import BadData
from factcheck.text.patterns import LONGEST_PATTERN, MOST_REPEATS, MOST_WORK, compiled, work

FOR_EVER = [
    "(a+)+b",
    "([a-zA-Z]+)*x",
    "(a|aa)+b",
    "(.*a){20}",
    "a{1,}b",
    "a{65535}",
    "(a{1,10}){1,10}b",
    "(?:a{1,20}){1,20}$",
    "(a|aa){30}b",
    "(?:a?){30}a{30}",
    "(a?a?){20}b",
    "(?:a{0,10}){0,10}b",
    "a{0,100}a{0,100}a{0,100}b",
    r"\w{0,60}\w{0,60}\w{0,60}!",
    r"\s{0,200}\s{0,200}\s{0,200}x",
    "(?=(a{1,10}){1,10}b)",
    "(?!(a{1,10}){1,10}b)a",
    "(?:x{0,20}y{0,20}){1,9}z",
    "^(([a-z])+.)+[A-Z]([a-z])+$",
    r"^([a-zA-Z0-9])(([\-.]|[_]+)?([a-zA-Z0-9]+))*(@){1}[a-z0-9]+[.]{1}",
    r"(?:.|\n){0,30}(?:.|\n){0,30}(?:.|\n){0,30}x",
    "(?:[^a]|b){25}a",
    "(?:[^a]|[^b]){25}#",
    "(?s:.|[^x]){25}x",
    "(?i:ab|aB?){25}c",
    "(?:ſt|st?){25}x",
    "((((((((((a{1,2}){1,2}){1,2}){1,2}){1,2}){1,2}){1,2}){1,2}){1,2}){1,2})b",
    "(?:a{1,200}b{0,200}){1,2}c",
    "(?:(?=a{1,20})|a){20}b",
    "(?:a|b|ab){25}c",
    "(?:(?:x|xx){1,9}){1,9}y",
    "(?:的?很?){20}好",
    "(?:不{0,5}是{0,5}){0,8}吗",
    "(?:^|a){20}b",
    "(?:\\b|a){20}b",
    "(?:()|a){20}b",
    "(?:a(?!b{0,200}c)){0,200}d",
    "[^，。]{0,100}[^，。]{0,99}x",
    "(?:..?){0,12}x",
    "a?" * 30 + "a" * 30,
    r"(?:\d{1,9}\w{0,9}){1,4}#",
]
ODD = [
    (r"(a{1,50})\1b", "refer back"),
    ("(?P<x>a{1,20})(?P=x){1,5}b", "refer back"),
    ("(a)?(?(1)a{0,100}a{0,100}|b)c", "refer back"),
    ("(?P<x>a)", "no names"),
    ("(?i)a", "switch flags"),
    ("(?x)a b", "switch flags"),
    ("(?-i:a)", "switch flags"),
    (r"(?a:\W)", "switch flags"),
    ("a{99999999999}", "too far"),
    ("(" * 900 + "a" + ")" * 900, "too far"),
    ("a" * (LONGEST_PATTERN + 1), "too long"),
    ("[[a]", "two ways"),
    ("(", "no regular expression"),
    ("(?<=a{1,3})b", "no regular expression"),
]
FINE = [
    "使用(?!率)[^，。\\n]{2,30}(?:替代|控制|训练)",
    r"\b(?:user|customer)s?(?: \w{1,30}){0,2} (?:is|are) (?:\w{1,30} )?(?:large|huge|high)\b",
    "(?:a{1,20}b){1,10}c",
    "(?>a{1,20}){1,20}b",
    "a{1,20}+a{1,20}+b",
    "(?:(?=a{1,20})a){20}b",
    "(?:aa|a[ab]){20}c",
    "(?:[a-z]|[a-f]|[a-c]){20}9",
    "(?:k|K|\u212a){20}x",
    "(?:s|ſ){20}x",
    ".{0,200}x",
    "(?:a{2}|a{3}){8}x",
    r"(?<!\d)\d{1,9}(?:[,，]\d{3}){0,4}(?:\.\d{1,9})?[万亿]",
    "(?:将|会)[^，。]{0,60}(?:增长|下降)[^，。]{0,20}%",
]
WORST = (
    "a",
    "A",
    "ab",
    "aab",
    "s",
    "ſ",
    "K",
    "1",
    "11,",
    "的",
    "的很",
    "不是",
    "将增长",
    "users a ",
    "x",
    "\n",
    "a\n",
)

# Reads a pattern and texts, says how many of them it was searched in: a run that does not end is stopped from outside.
SEARCH = """
import json, re, sys
pattern, texts = json.load(sys.stdin)
found = re.compile(pattern, re.IGNORECASE | re.MULTILINE)
print(sum(1 for text in texts if sum(1 for _ in found.finditer(text)) >= 0))
"""


@pytest.mark.parametrize("pattern", FOR_EVER)
def test_a_pattern_that_may_run_for_ever_is_refused(pattern):
    with pytest.raises(BadData, match="may run for ever") as refused:
        compiled([pattern], "ours.toml:7")
    assert refused.value.where == "ours.toml:7"


@pytest.mark.parametrize(("pattern", "words"), ODD)
def test_a_pattern_that_leans_on_others_or_is_none_is_refused_in_a_sentence(pattern, words):
    with pytest.raises(BadData, match=words):
        compiled([pattern], "ours.toml:7")


@pytest.mark.parametrize("pattern", FINE)
def test_a_pattern_that_is_accepted_ends_on_the_worst_texts(pattern):
    compiled([pattern], "ours.toml:7")
    texts = [(unit * 20_000)[:20_000] + tail for unit in WORST for tail in ("", "#")]
    done = subprocess.run(
        [sys.executable, "-c", SEARCH],
        input=json.dumps([pattern, texts]),
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    assert done.stdout == f"{len(texts)}\n"


def test_patterns_of_one_rule_stay_apart():
    found = compiled(["(a)b|c", "d|e"], "x", ["f.", "Ada"])
    assert [match[0] for match in found.finditer("ab c d e f. fx ada")] == [
        "ab",
        "c",
        "d",
        "e",
        "f.",
        "ada",
    ]


def test_what_follows_a_repetition_decides_whether_its_lengths_multiply():
    assert work(r"(?:\w{1,30} ){4}x") < work(r"(?:\w{1,30}){1}\w{1,30}x") * 10 < MOST_WORK * 10
    assert work(r"\w{1,30}，\w{1,30}。") < 200 < work(r"\w{1,30}[\w，]\w{1,30}。")


# Small pieces put together at random, to meet combinations nobody thought of.
PIECES = st.recursive(
    st.sampled_from(["a", "b", "[ab]", "[^a]", ".", "\\w", "A", "的", "\\b", "$", ""]),
    lambda inner: st.one_of(
        st.builds("".join, st.lists(inner, min_size=1, max_size=3)),
        st.builds("(?:{}|{})".format, inner, inner),
        st.builds("(?:{}){{{}}}".format, inner, st.sampled_from(["0,1", "0,4", "1,9", "3", "0,30"])),
        st.builds("(?={})".format, inner),
        st.builds("(?!{})".format, inner),
    ),
    max_leaves=9,
)


@settings(max_examples=300, deadline=None)
@given(PIECES)
def test_any_pattern_is_accepted_or_refused_in_a_sentence(pattern):
    try:
        found = compiled([pattern], "ours.toml:7")
    except BadData:
        return
    for unit in ("a", "ab", "b", "A的"):
        assert sum(1 for _ in found.finditer((unit * 400)[:400] + "#")) >= 0


def test_no_single_repetition_goes_too_far():
    compiled([f"x{{0,{MOST_REPEATS}}}y"], "x")
    with pytest.raises(BadData):
        compiled([f"x{{0,{MOST_REPEATS + 1}}}y"], "x")
