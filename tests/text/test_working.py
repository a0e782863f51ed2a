"""Calculations by hand: what expressions come to, what must be true, and every refusal in one sentence."""

from decimal import Decimal

import pytest
from hypothesis import given as cases
from hypothesis import settings
from hypothesis import strategies as st

from factcheck.errors import Refused, Usage
from factcheck.text.formulas import formula, worth
from factcheck.text.measured import Amount, unit_of
from factcheck.text.working import Premise, Worked, read_premise, says, worked


def premises(*given):
    """Premises as people write them; where they come from is a claim, or else words."""
    read = [read_premise(each) for each in given]
    return [Premise(p.name, p.value, p.unit, "" if where[0] == "C" else where) for p, where in read]


RESULTS = [
    ("60 s * rate / 30 张", ("rate = 30 张/s: C6",), "60"),
    ("60 * 3e9 参数", (), "1.8e11 参数"),
    ("60 × 30 亿参数", (), "1.8e11 参数 (1800 亿参数)"),
    ("5 万亿美元 - 3000 亿美元", (), "4.7e12 USD (4.7 万亿 USD)"),
    ("7 万亿 / 1 亿", (), "70000 (7 万)"),
    ("gcd(10 s, 20 s, 1 min)", (), "10 s"),
    ("growth(84.0, 72.9)", (), "0.152263 (15.2263 %)"),
    ("84.0 / 72.9 - 1", (), "0.152263"),
    ("share(12.6, 84.0)", (), "0.15 (15 %)"),
    ("50 % * 30 亿美元", (), "1.5e9 USD (15 亿 USD)"),
    ("$18.5 million / 2", (), "9250000 USD"),
    ("sum(1 分钟, 30 秒, 0.5)", (), Refused),
    ("sum(1 分钟, 30 秒)", (), "90 s"),
    ("300 frames / 10 seconds", (), "30 frame/s"),
    ("1,5", (), Usage),
    ("（3 + 4）× ２", (), "14"),
    ("-2 ^ 2", (), "-4"),
    ("2 ^ -2", (), "0.25"),
    ("3 m * 2 m", (), "6 m^2"),
    ("1 / 3", (), "0.333333"),
]


@pytest.mark.parametrize(("expression", "given", "result"), RESULTS)
def test_an_expression_comes_to_what_it_comes_to(expression, given, result):
    if isinstance(result, str):
        assert worked(expression, premises(*given)) == Worked(result, "unknown", ())
    else:
        with pytest.raises(result):
            worked(expression, premises(*given))


@pytest.mark.parametrize(
    ("expression", "given", "result", "holds"),
    [
        ("14 * x = 1.8e11 参数", (), "x = 1.28571e10 参数", "conditional"),
        ("60 s * rate / 30 张 = 60", (), "rate = 30 张/s", "conditional"),
        ("60 s * rate / 30 张 = 60", ("rate = 30 张/s: C6",), "60 = 60", "yes"),
        ("60 s * rate / 30 张 = 60", ("rate = 30 张/s: nobody says it",), "60 = 60", "conditional"),
        ("12.6 / 84.0 = 16.4 %", (), "0.15 (15 %) ≠ 0.164 (16.4 %)", "no"),
        ("12.6 / 84.0 = 15.1 %", (), "0.15 (15 %) = 0.151 (15.1 %)", "yes"),
        ("60 * 3e9 >= 14 * gpt4", ("gpt4 = 1.76e12: S1",), "1.8e11 < 2.464e13", "no"),
        ("gcd(10 s, 20 s, 60 s) = 30 s", (), "10 s ≠ 30 s", "no"),
        ("7 > 7", (), "7 ≤ 7", "no"),
        ("100 - x = 40", (), "x = 60", "conditional"),
        ("100 / x = 40", (), "x = 2.5", "conditional"),
        ("growth(x, 50) = 20 %", (), "x = 60 (6000 %)", "conditional"),
        ("sum(1, x, 3) = 10", (), "x = 6", "conditional"),
    ],
)
def test_two_sides_are_compared_or_solved(expression, given, result, holds):
    found = worked(expression, premises(*given))
    assert (found.result, found.holds) == (result, holds)


def test_what_nobody_says_is_needed():
    found = worked("a * x = 10", premises("a = 2: I suppose"))
    assert found.needs == ("a = 2: I suppose", "x = 5")


@pytest.mark.parametrize(
    ("expression", "given", "sentence"),
    [
        ("60 s + 30 张", (), "60 s and 30 张 cannot be added: s and 张 are different units."),
        ("10 s = 5", (), "10 s and 5 cannot be compared: s and a plain number are different units."),
        ("gcd(10 s, 5 张)", (), "cannot be divided in common"),
        ("gcd(1.5, 3)", (), "a common divisor needs whole numbers."),
        ("1 / 0", (), "1 cannot be divided by zero."),
        ("1 / (2 - 2)", (), "1 cannot be divided by zero."),
        ("0 * x = 5", (), "5 cannot be divided by zero."),
        ("1e60 * 10", (), "beyond 1e60"),
        ("1e999", (), "beyond 1e60"),
        ("(1e9 ^ 9) ^ 9", (), "beyond 1e60"),
        ("x + y = 3", (), "only one name may be without a value: x, y."),
        ("x * x = 4", (), "x stands there twice and has no value."),
        ("x ^ 2 = 4", (), "it cannot be solved inside a power or a common divisor."),
        ("x > 3", (), "x has no value, and no equation says what it must be."),
        ("3", ("z = 3: C1",), "z is given and stands nowhere in the expression."),
        ("60 s * 30 fps", ("fps = 30 /s: not stated",), "fps is given and stands nowhere in the expression."),
        ("a", ("a = 5: C1", "a = 6: C2"), "a is given twice."),
    ],
)  # fmt: skip
def test_what_cannot_be_worked_out_is_refused_in_one_sentence(expression, given, sentence):
    with pytest.raises(Refused, match=r"^[^\n]*$") as error:
        worked(expression, premises(*given))
    assert sentence in error.value.what
    assert error.value.remedy


@pytest.mark.parametrize(
    "expression",
    ["", " ", "1 +", "* 2", "(1", "1)", "1 2", "60 x 3e9", "3,000", "nan + 1", "inf", "2 ^ 10", "2 ^ 1.5", "2 ^ x",
     "9^9^9", "__import__('os')", "open(1)", "growth(1)", "(" * 25 + "1" + ")" * 25, "1+" * 200 + "1", "a.b", "1 = 2 = 3", "🙂"],
)  # fmt: skip
def test_what_cannot_be_read_names_its_place(expression):
    with pytest.raises(Usage):
        worked(expression, [])


@pytest.mark.parametrize(
    "premise",
    [
        "rate",
        "rate = 30",
        "rate = 30:",
        "rate = fast: C6",
        "9x = 3: C1",
        "rate = nan: C6",
        "rate = 1e999: C6",
    ],
)
def test_a_premise_needs_a_name_a_value_and_an_origin(premise):
    with pytest.raises((Usage, Refused)):
        read_premise(premise)


def test_a_premise_is_read_in_full_width_too():
    premise, where = read_premise("单次 ＝ 30 亿参数：C6")
    assert (premise.name, premise.value, premise.unit, where) == ("单次", Decimal(3 * 10**9), "参数", "C6")


def test_whether_words_say_a_figure():
    assert says("单次推理需要 30 亿参数", Decimal(3 * 10**9))
    assert says("从 5 到 7 万亿美元", Decimal(7 * 10**12))
    assert says("It cost 1,200 dollars", Decimal(1200))
    assert not says("单次推理需要 30 亿参数", Decimal(31))


@cases(st.decimals(-1000, 1000, places=2), st.decimals("0.01", 1000, places=2), st.sampled_from("+-*/"))
@settings(max_examples=200, deadline=None)
def test_what_is_solved_gives_the_other_side_again(a, b, sign):
    for equation in (f"x {sign} {b} = {a}".replace("= -", "= 0 - "),):
        found = worked(equation, [])
        name, _, value = found.result.partition(" = ")
        left = worth(formula(equation).left, {name: Amount(Decimal(value))})
        assert abs(left.value - a) <= max(abs(a), b, Decimal(1)) * Decimal("0.0001")


@cases(st.text(alphabet="0123456789.eE+-*/^()=<>≥ xs张亿%,gcd", max_size=40))
@settings(max_examples=400, deadline=None)
def test_anything_typed_is_worked_out_or_refused(expression):
    try:
        found = worked(expression, []).result
    except (Refused, Usage) as error:
        found = str(error)
    assert found
    assert not {"\n", "NaN", "Infinity"} & {found, *found.split(), *found}


def test_units_are_reduced_before_they_are_compared():
    assert unit_of("张/min") * Amount(Decimal(60)) == unit_of("张/s")
    assert unit_of("dollars") == unit_of("美元") == unit_of("$")
    assert unit_of("tokens") == unit_of("Token")
