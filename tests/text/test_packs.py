"""Packs are looked over: what fails, what clashes, where; the pack that comes first wins."""

import tempfile
import tomllib
from importlib import resources
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factcheck.errors import BadData
from factcheck.text import (
    KnownReadings,
    extract,
    load_packs,
    pack_flaws,
    rule_flaws,
    shipped_packs,
    shipped_rules,
)
from factcheck.text.layout import layout, passages
from factcheck.text.names import known_names
from factcheck.text.patterns import MOST_WORK, work
from factcheck.text.readings import propose
from factcheck.text.rules import counting_rules
from factcheck.text.standing import Standing
from factcheck.text.view import view
from tests.text.conftest import ROOT, bundled_text
from tests.text.rebreaking import whole


@pytest.fixture
def pack(tmp_path):
    """Makes a pack of TOML, named first.toml unless told."""

    def make(text, name="first"):
        path = tmp_path / f"{name}.toml"
        path.write_text(text, encoding="utf-8")
        return load_packs([path])[0]

    return make


def flaws(*packs, behind=()):
    """The flaws as (check, line, clash)."""
    return [
        (each.check, int(each.where.rpartition(":")[2]), each.clash) for each in pack_flaws(packs, behind)
    ]


def test_every_shipped_pattern_costs_no_more_than_a_pack_s_may():
    for file in resources.files("factcheck").joinpath("data", "rules").iterdir():
        table = tomllib.loads(file.read_text("utf-8"))
        for rule in table.get("rule", ()):
            for pattern in (*rule.get("pattern", ()), *rule.get("unless", ())):
                assert work(pattern) <= MOST_WORK, (rule["name"], pattern)


def test_no_shipped_pack_and_not_that_of_the_bundled_case_clashes():
    case = load_packs(sorted((ROOT / "claims" / "packs").glob("*.toml")))
    assert [flaw for flaw in pack_flaws(case, shipped_packs()) if flaw.clash] == []
    assert [flaw for flaw in pack_flaws(shipped_packs()) if flaw.clash] == []


def test_a_failing_example_names_its_file_and_line(pack):
    ours = pack(
        '# ours\n[[rule]]\nname = "snow"\nwords = ["下雪"]\nexamples.yes = ["昨天下雪", "昨天下雨"]\nexamples.no = [\n'
        '  "他走了",\n  "他说 TikTok 下雪了",\n]\n\n[[rule]]\nname = "rain"\nwords = ["下雨"]\n[rule.examples]\n'
        'yes = ["下雨了"]\nno = ["今天下雨"]\n'
    )
    found = [(flaw.where.rpartition(":")[2], flaw.seen) for flaw in rule_flaws(ours.rules)]
    assert found == [
        ("5", "snow does not fire on: 昨天下雨"),
        ("8", "snow fires on: 他说 TikTok 下雪了"),
        ("16", "rain fires on: 今天下雨"),
    ]


def test_an_example_is_read_as_a_document_is(pack):
    """Lines that broke inside a word are joined, and a name of the pack is a name."""
    ours = pack(
        '[[entity]]\nname = "捷成股份"\n[[rule]]\nname = "x"\nwords = ["停电"]\nneeds = ["name"]\n'
        'examples.yes = ["捷成股份停\\n电两小时"]\nexamples.no = ["他家停电"]\n'
    )
    assert list(rule_flaws(ours.rules, [ours])) == []
    assert len(list(rule_flaws(ours.rules))) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('[[entity]]\nname="Ada"\nheard=["Eda"]\n[[entity]]\nname="Eda"\n', [("heard is a name", 1, True)]),
        ('[[entity]]\nname="Ada"\nheard=["eda"]\n[[entity]]\nname="Bob"\naliases=["Eda"]\nheard=["Bop"]\n', [("heard is a name", 1, True)]),
        ('[[entity]]\nname="Ada"\nheard=["Ada"]\n', [("heard is a name", 1, True)]),
        ('[[entity]]\nname="Ada"\nheard=["ada"]\n', []),
        ('[[entity]]\nname="Ada"\nheard=["Eda"]\n[[entity]]\nname="Ina"\nheard=["Eda"]\n', [("heard for two names", 1, True), ("heard for two names", 4, True)]),
        ('[[entity]]\nname="Ada"\nheard=["Eda"]\ncontext=["x"]\n[[entity]]\nname="Ina"\nheard=["Eda"]\ncontext=["y"]\n', []),
        ('[[entity]]\nname="OpenAI"\nheard=["欧洲"]\n', [("common word", 1, False)]),
        ('[[entity]]\nname="OpenAI"\nheard=["Follow"]\n', [("common word", 1, False)]),
        ('[[entity]]\nname="OpenAI"\nheard=["欧洲"]\ncontext=["算力"]\n', []),
        ('[[entity]]\nname="捷成股份"\nheard=["结成 公司"]\n', [("never stands so", 1, True)]),
        ('[[entity]]\nname="TV"\n', [("too short for sound", 1, False)]),
        ('[[entity]]\nname="楠"\n', [("too short for sound", 1, False)]),
        ('[[entity]]\nname="TV"\nheard=["Tivi"]\n', []),
        ('[[entity]]\nname="Ada"\n\n[[entity]]\nname="Ada"\n', [("name twice", 4, True)]),
        ('[[entity]]\nname="Ada"\nheard=["Eda"]\n[[entity]]\nname="Ada"\nheard=["unit"]\ncontext=["x"]\n', []),
    ],
)  # fmt: skip
def test_names_that_clash_are_found(pack, text, expected):
    assert expected == flaws(pack(text))


RULE = 'type = "event"\nexamples.yes = ["昨天停电"]\nexamples.no = ["他走了"]\n'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f'[[rule]]\nname="x"\nwords=["停电"]\n{RULE}', []),
        (f'[[rule]]\nname="x"\nwords=["停电"]\n{RULE}[[rule]]\nname="x"\nwords=["昨天"]\n{RULE}', [("rule twice", 7, True)]),
        ('[[rule]]\nname="x"\nwords=["停电"]\nexamples.yes=["停电"]\nexamples.no=["他走了"]\n', [("without effect", 1, True)]),
        ('[[rule]]\nname="x"\nwords=["停电"]\ntype="event"\n', [("no examples", 1, False)]),
        (f'[[rule]]\nname="x"\nwords=["停电", "停电，"]\n{RULE}', [("never fires", 1, True)]),
        (f'[[rule]]\nname="x"\nwords=["停电", "断 电"]\n{RULE}', [("never fires", 1, True)]),
        (f'[[rule]]\nname="x"\nlanguage="en"\nwords=["停电"]\n{RULE}', [("never fires", 1, True)]),
        (f'[[rule]]\nname="x"\npattern=["停电(?=。)"]\n{RULE}', [("never fires", 1, True)]),
        (f'[[rule]]\nname="zh.figure"\nwords=["停电"]\n{RULE}', [("instead of ours", 1, False)]),
        ('[[rule]]\nname="x"\nwords=["power cut", "SO2"]\ntype="event"\nexamples.yes=["a power cut"]\nexamples.no=["powercut"]\n', []),
    ],
)  # fmt: skip
def test_rules_that_clash_or_do_nothing_are_found(pack, text, expected):
    assert expected == flaws(pack(text))


def test_what_a_pack_behind_says_otherwise_is_remarked(pack):
    ours = pack('[[entity]]\nname = "Ada"\nheard = ["Eda"]\n')
    theirs = pack('[[entity]]\nname = "Ina"\nheard = ["Eda"]\n', "second")
    assert flaws(ours, behind=[theirs]) == [("heard for two names", 1, False)]


def test_the_pack_that_comes_first_says_what_a_heard_form_means(pack):
    ours = pack('[[entity]]\nname = "蒋路"\nheard = ["蒋璐"]\n')
    theirs = pack('[[entity]]\nname = "江鹿"\nheard = ["蒋璐"]\n', "second")
    text = "负责人蒋璐转投 TikTok。"
    meant = [
        {each.meant for each in extract(text, packs=packs).readings}
        for packs in ([ours, theirs], [theirs, ours])
    ]
    assert meant == [{"蒋路"}, {"江鹿"}]


def test_a_right_name_of_the_first_pack_is_no_heard_form_of_a_later_one(pack):
    ours = pack('[[entity]]\nname = "Solo"\n')
    theirs = pack('[[entity]]\nname = "Sora"\nheard = ["Solo"]\n', "second")
    text = "昨天 Solo 公司发布了新产品。"
    assert extract(text, packs=[ours, theirs]).readings == ()
    assert extract(text, packs=[theirs]).readings != ()


def test_one_s_own_rule_stands_in_for_a_shipped_one_of_its_name(pack):
    first = pack('[[rule]]\nname = "zh.figure"\ntype = "event"\nwords = ["停电"]\n')
    second = pack(
        '[[rule]]\nname = "zh.figure"\nwords = ["断电"]\n[[rule]]\nname = "mine"\nwords = ["x"]\n', "second"
    )
    counting = counting_rules([*first.rules, *second.rules])
    assert len(counting) == len(shipped_rules()) + 1
    assert [rule.words for rule in counting if rule.name == "zh.figure"] == [("停电",)]
    assert counting[-1].name == "mine"


def test_leaving_out_names_that_a_document_does_not_have_changes_nothing_that_is_found(pack):
    many = "".join(
        f'[[entity]]\nname = "{name}"\nheard = ["{name[:-1]}{last}"]\n{context}'
        for number, name in enumerate(
            ["公司", "视频号", "Revenu", "Hartwick", "İstanbul", *(f"Name{i}" for i in range(300))]
        )
        for last, context in (("x", ""), ("力", 'context = ["模型", "GPT"]\n'), ("e", 'aliases = ["Acme"]\n'))
    )
    packs = [*load_packs(sorted((ROOT / "claims" / "packs").glob("*.toml"))), pack(many), *shipped_packs()]
    for words in (bundled_text(), whole("en"), whole("zh"), "OBI 模型 Nane7 和 ISTANBUL、ıstanbux。"):
        seen = view(words, passages(layout(words)))
        standing = Standing(seen.text)
        all_read = propose(words, seen, packs, KnownReadings())
        assert propose(words, seen, standing.concerning(packs), KnownReadings()) == all_read
        pattern = known_names(packs).pattern
        few = known_names(standing.named(packs)).pattern
        assert [m.span() for m in few.finditer(seen.text)] == [m.span() for m in pattern.finditer(seen.text)]
        assert len(few.pattern) < len(pattern.pattern) / 3


@pytest.mark.parametrize(
    "deep",
    [
        "[" + ".".join("a" * 200_000) + "]",
        "a . " * 200_000 + "b = 1",
        'x = { "a"' + '."a"' * 200_000 + " = 1 }",
        r'"\""' + r'."\""' * 200_000 + " = 1",
    ],
)
def test_a_key_of_very_many_parts_is_refused_before_it_is_read(pack, deep):
    with pytest.raises(BadData, match="A key of so many parts") as refused:
        pack(f'[[entity]]\nname = "Ada"\n{deep}\n')
    assert refused.value.where.endswith(":3")


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ('\n[[rule]]\nname = "x"\nwords = ["a"]\nexamples = ["a"]\n', 2, "two lists"),
        ('[[rule]]\nname = "x"\nwords = ["a"]\nexamples.yes = "a"\n', 1, "list of strings"),
        ('[[rule]]\nname = "x"\nwords = ["a"]\nexamples.maybe = ["a"]\n', 1, "two lists"),
        ('[[rule]]\nname = "x"\nwords = [" "]\n', 1, "list of strings"),
        ('[[rule]]\nname = " "\nwords = ["a"]\n', 1, "name of 1 to 60"),
        ('[[rule]]\nname = "a\\u0007b"\nwords = ["a"]\n', 1, "name of 1 to 60"),
        ('[[rule]]\nname = "x"\nwords = ["a"]\nslot = 3\n', 1, "'slot'"),
        ('[[rule]]\nname = "x"\nwords = ["a"]\nweight = true\n', 1, "'weight'"),
        ('[[rule]]\nname = "x"\nwords = ["a"]\nweight = 1000000\n', 1, "'weight'"),
        ('[[entity]]\nname = "A\\u200bda"\n', 1, "'name' must be a name"),
        ("# \u2028 is no end of a line\n\n[[entity]]\nheard = []\n", 3, "'name' must be a name"),
        ("x = " + "1" * 5_000 + "\n", 2, "not TOML"),
        ("x = " + "[" * 5_000 + "\n", 2, "not TOML"),
        ('["entity"]\nname = "A"\n', 1, "double brackets"),
        ('[[ "entity" ]]\nname = "A"\n\n[[\'entity\']]\nname = 3\n', 4, "'name' must be a name"),
    ],
)  # fmt: skip
def test_a_mistake_in_a_pack_names_its_line(pack, text, line, words):
    with pytest.raises(BadData, match=words) as refused:
        pack(text)
    assert refused.value.where.endswith(f"first.toml:{line}")


WHOLE = (
    '[[entity]]\nname = "Ada"\nkind = "person"\naliases = ["A"]\nheard = ["Eda"]\ncontext = ["x"]\nsay = ["y"]\n'
    '[[rule]]\nname = "r"\nlanguage = "zh"\ntype = "event"\nweight = 5\neffect = "doubt"\nwords = ["a"]\n'
    'pattern = ["b{1,3}(?:c|d)"]\nneeds = ["name"]\nunless = ["e"]\ncheckable = "no"\nslot = "s"\n'
    'examples.yes = ["ab"]\nexamples.no = ["cd"]\n'
)
VALUES = st.sampled_from(
    ["3", "-1.5", "true", '""', '" "', '"x"', "[]", "[[]]", "[3]", '["x", 3]', "{}", "{a = 1}", "2024-01-01", "nan", '["("]',
     '["a*"]', '["\\u0000"]', '["\\U0010ffff"]', '"\\n"', "[{}]", '["' + "x" * 300 + '"]', "'''", "99999999999999999999"]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 21), VALUES), min_size=1, max_size=3), st.integers(0, 400))
def test_a_pack_is_read_or_refused_with_its_line_whatever_stands_in_it(changes, cut):
    lines = WHOLE.split("\n")
    for number, value in changes:
        key = lines[number].partition("=")[0]
        lines[number] = f"{key}= {value}" if "=" in lines[number] else value
    text = "\n".join(lines)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "odd.toml"
        for written in (text, text[:cut], text + WHOLE):
            path.write_text(written, encoding="utf-8")
            read = read_or_refused(path, lines=written.count("\n") + 1)
            assert all(
                flaw.where for flaw in (*pack_flaws(read), *(rule_flaws(read[0].rules, read) if read else ()))
            )


def read_or_refused(path, lines):
    """The pack, or nothing where it was refused in a sentence with its line."""
    try:
        return load_packs([path])
    except BadData as error:
        refused = error
    place, _, line = refused.where.rpartition(":")
    assert place == str(path)
    assert 1 <= int(line) <= lines
    assert refused.what
    assert refused.remedy
    return ()


def test_the_help_page_shows_packs_that_can_be_used(pack):
    for lang in ("zh", "en"):
        page = resources.files("factcheck").joinpath("data", "help", f"packs.{lang}.txt").read_text("utf-8")
        lines = page.splitlines()
        blocks, inside = [], False
        for line in lines:
            inside = line.startswith("    [[") or (inside and line.startswith("    "))
            if inside:
                blocks.append(line.strip())
        shown = pack("\n".join(blocks), lang)
        assert (len(shown.entities), len(shown.rules)) == (1, 1)
        assert list(rule_flaws(shown.rules, [shown])) == []
        assert [flaw for flaw in pack_flaws([shown], shipped_packs()) if flaw.clash] == []
