"""`export verify` says each thing that is still missing once, with how often and where first; as JSON it says all of them."""

import json

import pytest

from factcheck.case import Case
from factcheck.cli import main
from factcheck.export.claimreview import FEED
from factcheck.model import Publisher

CLAIMS = ("最近蒋璐转投 TikTok。", "张楠辞去抖音 CEO。", "Sora 有 30 亿参数。")


@pytest.fixture
def case(tmp_path):
    case = Case.create(tmp_path / "desk", "reviewer-1", solo=True)
    (tmp_path / "meeting.txt").write_text("\n".join(CLAIMS), "utf-8")
    case.ingest(tmp_path / "meeting.txt")
    for each in ("C1", "C2", "C3"):
        case.decide(each, "not_enough_evidence")
    yield case
    case.close()


def exported(case):
    return case.export("claimreview").folder


@pytest.fixture
def verify(capsys):
    def run(folder, *options):
        with pytest.raises(SystemExit) as ended:
            main(["export", "verify", str(folder), *options])
        said = capsys.readouterr()
        return ended.value.code or 0, said.out, said.err

    return run


def test_what_is_missing_everywhere_is_said_once_with_how_often_and_where_first(case, verify):
    code, out, err = verify(exported(case))
    first = f"6 times, first in {FEED}: {case.claim('C1').statement}"
    url = f"url_missing: {first} no url: nobody has said where the page will stand"
    assert (code, out, err.splitlines()) == (
        0,
        "",
        [
            f"{url}. Do: factcheck publisher --address URL, and export again",
            f"author_url_missing: {first} the author has no url. Do: factcheck publisher --url URL, and export again",
        ],
    )


def test_as_json_everything_missing_is_listed_and_is_no_problem(case, verify):
    code, out, _ = verify(exported(case), "--json")
    document = json.loads(out)
    assert (code, document["ok"], document["problems"]) == (0, True, [])
    rules = [(each["where"], each["seen"].split(":")[0]) for each in document["missing"]]
    places = [FEED] * 3 + [f"reviews/C{n}.html" for n in (1, 2, 3)]
    assert rules == [(place, rule) for place in places for rule in ("url_missing", "author_url_missing")]
    assert {each["do"] for each in document["missing"]} == {
        "factcheck publisher --address URL, and export again",
        "factcheck publisher --url URL, and export again",
    }


def test_with_a_publisher_who_said_both_nothing_is_missing(case, verify):
    home = "https://desk.example.org/"
    case.name_publisher(Publisher("我们的核查台", home, f"{home}report.html", ""))
    assert verify(exported(case)) == (0, "", "")


def test_every_mistake_keeps_its_own_line(case, verify):
    folder = exported(case)
    for name in ("C1", "C2"):
        page = folder / "reviews" / f"{name}.html"
        page.write_text(page.read_text("utf-8").replace("ClaimReview", "Review"), "utf-8")
    code, out, _ = verify(folder)
    assert code == 1
    assert [line.split(": ")[0] for line in out.splitlines() if "one_on_a_page" in line] == [
        "reviews/C1.html",
        "reviews/C2.html",
    ]
