"""What a calculation refuses is said in the reader's language."""

import re

import pytest

from factcheck.errors import FactcheckError
from factcheck.labels import reworded
from factcheck.text.working import read_premise, worked

RATE = ["rate = 30 张/s: C6"]


@pytest.mark.parametrize(
    ("expression", "given"),
    [
        ("3 3", []),
        ("3 +", []),
        ("(3 + 4", []),
        ("mean(3, 4)", []),
        ("growth(3)", []),
        ("3 s + 2 张", []),
        ("3 s - 2 张", []),
        ("3 s = 2 张", []),
        ("a * b = 3", []),
        ("a > 3", []),
        ("a * a = 3", []),
        ("3 * 4", RATE),
        ("3 * rate", RATE * 2),
    ],
)
def test_a_calculation_that_is_refused_says_so_in_chinese(expression, given):
    with pytest.raises(FactcheckError) as refused:
        worked(expression, [read_premise(each)[0] for each in given])
    said = reworded(refused.value.what, "zh")
    assert re.search("[\u4e00-\u9fff]", said.replace("张", ""))
    assert not re.search(r"\b(?:the|is|are|here|cannot|given)\b", said)
    assert reworded(refused.value.what, "en") == refused.value.what


def test_what_nobody_has_worded_stays_as_it_is():
    assert reworded("something else entirely", "zh") == "something else entirely"
