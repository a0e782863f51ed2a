"""A dateline says whose report a page carries; naming an agency does not. What is known of outlets can be added to."""

import pytest

from factcheck.errors import BadData
from factcheck.match.datelines import dateline
from factcheck.match.nearly import report
from factcheck.match.outlets import family, outlets, shipped
from factcheck.match.standing import maker, standing

EN = (
    "The port of Orlin will be closed for three days because a crane has to be taken down, its director said."
)
ZH = "奥林港因需拆除一台起重机将关闭三天，港务负责人说，期间货轮改停邻近码头，预计影响不大，周五恢复。"
MORE = f"\n{EN}\n{ZH}\n{EN}"


def told(page, known=None):
    return dateline(report(page), known or shipped())


@pytest.mark.parametrize(
    ("opening", "agency"),
    [
        ("ORLIN, March 3 (Reuters) - ", "reuters"),
        ("ORLIN (Reuters) — ", "reuters"),
        ("(Reuters) - ", "reuters"),
        ("ST. ORLIN, Nordania (AP) — ", "ap"),
        ("Orlin, Jan. 5 (AFP) – ", "afp"),
        ("ORLIN, March 3, 2026 /PRNewswire/ -- ", "prnewswire"),
        ("ORLIN--(BUSINESS WIRE)--", "businesswire"),
        ("ORLIN, March 3 Reuters - ", "reuters"),
        ("(Bloomberg) -- ", "bloomberg"),
        ("新华社奥林2月7日电（记者 李记）", "xinhua"),
        ("（新华社记者李记）", "xinhua"),
        ("中新社奥林3月2日电 ", "cns"),
        ("财联社3月11日电，", "cls"),
        ("【奥林港关闭】财联社3月11日电，", "cls"),
        ("【财联社】", "cls"),
        ("（界面新闻 记者 李记）", "jiemian"),
        ("界面新闻记者 | 李记 ", "jiemian"),
        ("路透3月16日消息，", "reuters"),
        ("据路透社报道，", "reuters"),
        ("3月5日，据法新社报道，", "afp"),
        ("據中央社報導，", "cna_tw"),
    ],
)
def test_a_report_that_begins_with_a_dateline_is_the_agencys(opening, agency):
    assert told(f"Menu\nHome\n{opening}{EN}{MORE}") == agency
    assert told(f"首页\n{opening}{ZH}{MORE}") == agency


@pytest.mark.parametrize(
    "line",
    [
        "来源：新华社",
        "来源: 新华网 2026-03-05 10:12",
        "（来源：新华社）",
        "(来源：新华社客户端)",
        "稿源：新华社",
        "本文转自：新华社",
        "转自：新华社",
        "Source: Xinhua",
        "Originally published by Xinhua",
        "This story was originally published by Xinhua.",
        "This article first appeared on Xinhua: Port closed",
    ],
)
def test_a_line_that_names_the_source_says_whose_report_it_is(line):
    assert told(f"奥林港关闭\n{line}\n{ZH}{MORE}") == "xinhua"
    assert told(f"奥林港关闭\n{ZH}{MORE}\n{line}\n返回首页") == "xinhua"


@pytest.mark.parametrize(
    "page",
    [
        f"{EN} Reuters reported it first. {EN}",
        f"{EN}\nAccording to Reuters, the crane is older than the port and had been bought second hand in 1961.",
        f"A Reuters-Ipsos poll found that {EN}",
        f"Shares of Reuters - and others - fell. {EN}",
        f"A crane lies in the harbour of Orlin on Monday. (Reuters) {EN}",
        f"The AP-led group of ports said that {EN}",
        f"{ZH}\n据路透社报道，这台起重机比港口还老，是一九六一年买来的二手货，当时只花了三万克朗，早该换了。",
        f"图为奥林港。新华社记者李记摄。{ZH}",
        f"新华社记者 李记 摄 {ZH}",
        f"{ZH}此前财联社报道，港口将关闭三天。",
        f"新华社区的居民记者没有找到。{ZH}",
        f"{EN}\nSource: company",
        f"{EN}\nSource: Apple",
        f"{EN}\n来源：网络",
        f"Source: Reuters\n{'Menu' + chr(10) * 1}{'Home' + chr(10)}" + "Item\n" * 20 + EN,
    ],
)
def test_a_report_that_only_names_an_agency_is_its_own(page):
    assert told(page + MORE) == ""


@pytest.mark.parametrize(
    ("host", "publisher"),
    [
        ("www.reuters.com", "reuters"),
        ("finance.yahoo.com", ""),
        ("uk.finance.yahoo.com", ""),
        ("news.bbc.co.uk", "bbc"),
        ("orlin.co.uk", "orlin.co.uk"),
        ("news.orlin.co.uk", "orlin.co.uk"),
        ("a.b.orlin.example", "orlin.example"),
        ("m.orlin.com.cn", "orlin.com.cn"),
        ("xn--fiq228c.xn--fiqs8s", "xn--fiq228c.xn--fiqs8s"),
        ("co.uk", "co.uk"),
        ("ORLIN.example.", "orlin.example"),
        ("127.0.0.1", "127.0.0.1"),
        ("[::1]", "[::1]"),
        ("", ""),
    ],
)
def test_a_host_belongs_to_its_publisher(host, publisher):
    assert family(host) == publisher


OWN = """
[[agency]]
key = "orlin_wire"
names = ["Orlin Wire", "奥林通讯社"]
hosts = ["wire.orlin.example"]

[[family]]
key = "orlin"
hosts = ["orlin.example", "orlin-times.example", "toutiao.com"]
"""


def test_a_list_of_ones_own_adds_to_the_shipped_one_and_is_named_by_its_mark(tmp_path):
    (tmp_path / "outlets.toml").write_text(OWN, "utf-8")
    own = outlets(tmp_path / "outlets.toml")

    assert told(f"（奥林通讯社）{ZH}{MORE}", own) == "orlin_wire"
    assert told(f"（新华社）{ZH}{MORE}", own) == "xinhua"
    assert [family(host, own) for host in ("news.orlin-times.example", "wire.orlin.example")] == [
        "orlin",
        "orlin_wire",
    ]
    assert family("toutiao.com", own) == "orlin"
    assert standing("https://orlin-times.example/1", known=own).maker == maker(own) != maker(shipped())


def test_without_a_list_of_ones_own_the_shipped_one_counts(tmp_path):
    assert outlets(tmp_path / "none.toml") is outlets() is shipped()


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("\n[[agency]\n", 2, "not TOML"),
        ('[[family]]\nkey = "a"\nhosts = []\n[[family]]\nkey = "b"\n', 4, "hosts is missing"),
        ('\n\n[[agency]]\nkey = "a"\nname = "A"\n', 3, "'name'"),
        ('[[agency]]\nkey = "a"\nnames = "A"\nhosts = []\n', 1, "names must be a list"),
        ("[[family]]\nhosts = []\n", 1, "key"),
        ("\n[outlet]\n", 2, "[[agency]]"),
        ("\nsyndicators = 3\n", 2, "[[agency]]"),
        ("[others]\nsyndicators = [1]\n", 1, "syndicators must be a list"),
    ],
)
def test_a_broken_list_is_told_with_its_line(tmp_path, text, line, what):
    file = tmp_path / "outlets.toml"
    file.write_text(text, "utf-8")

    with pytest.raises(BadData) as told_:
        outlets(file)

    assert told_.value.where == f"{file}:{line}"
    assert what in str(told_.value)


def test_a_list_that_is_not_utf8_is_told_with_its_line(tmp_path):
    file = tmp_path / "outlets.toml"
    file.write_bytes(b"# \n# \xff\n")

    with pytest.raises(BadData) as told_:
        outlets(file)

    assert told_.value.where == f"{file}:2"
