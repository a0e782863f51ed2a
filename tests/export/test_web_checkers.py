"""Exports before the judges of the web: the Nu HTML checker, a public tester of structured data, and all of schema.org."""

import json
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from headline import headline
from vocabulary import TABLE

from factcheck.export import FORMATS, made_again
from factcheck.model import Foreword, Publisher

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
TOOLS = ROOT / ".web" / "node_modules"
DESK = Publisher(
    "我们的核查台", "https://desk.example.org/", "https://desk.example.org/sora/", "desk@example.org"
)
HOSTILE = "</title></script><script>alert(1)</script><!-- --> & \"' \x00\x1b[31m\u202e\u2028\ufeff\uffff <b onload=x>é 甲\U0001f469\u200d\U0001f467"


@pytest.fixture(scope="module", autouse=True)
def tools():
    missing = [name for name in ("java", "node") if shutil.which(name) is None]
    if missing or not TOOLS.is_dir():
        pytest.fail(
            f"{', '.join(missing) or TOOLS} is not here: apt-get install default-jre-headless nodejs npm, then "
            "npm install --prefix .web vnu-jar@26.9.27 structured-data-testing-tool@4.5.0 schema-dts@2.1.0"
        )


@pytest.fixture(scope="module", params=["zh", "en"])
def pages(request, tmp_path_factory):
    """Every page of every format, of a final summary, a draft, and one full of hostile words."""
    folder = tmp_path_factory.mktemp("pages")
    base = replace(headline().summary(lang=request.param, in_full=True), publisher=DESK)
    draft = headline(solo=True, blind=False).summary(lang=request.param, in_full=True, draft=True)
    entry = base.claims[0]
    wild = replace(
        entry,
        statement=HOSTILE,
        ruling=replace(entry.ruling, because=HOSTILE, would_change=HOSTILE),
        said=tuple(replace(each, quote=HOSTILE) for each in entry.said),
    )
    text = replace(base.texts[0], text=HOSTILE + base.texts[0].text[len(HOSTILE) :])
    hostile = replace(base, case=HOSTILE, claims=(wild, *base.claims[1:]), texts=(text,), foreword=Foreword(HOSTILE, "x", base.time))  # fmt: skip
    for name, summary in (("final", base), ("draft", draft), ("hostile", hostile)):
        for file, data in made_again(summary).items():
            path = folder / name / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
    return folder


def checked(*paths):
    """What the Nu HTML checker says: its errors."""
    jar = TOOLS / "vnu-jar" / "build" / "dist" / "vnu.jar"
    run = subprocess.run(
        ["java", "-jar", str(jar), "--format", "json", *map(str, paths)], capture_output=True, check=False
    )
    said = json.loads(run.stderr)["messages"]
    return [(Path(each["url"]).name, each["message"]) for each in said if each["type"] == "error"]


def test_every_page_is_html_without_errors(pages):
    files = sorted(pages.rglob("*.html"))
    assert {path.name for path in files} >= {"report.html", "transcript.html", "summary.html", "C1.html"}
    assert checked(*files) == []


def test_the_checker_finds_an_error(tmp_path):
    page = tmp_path / "wrong.html"
    page.write_text("<!DOCTYPE html><title>x</title><p><table></p></tr>", "utf-8")
    assert checked(page) != []


def examined(path):
    """What the structured-data tester says of a page, by its preset for Google."""
    program = TOOLS / "structured-data-testing-tool" / "bin" / "cli.js"
    run = subprocess.run(
        ["node", str(program), "-f", str(path), "-p", "Google", "-s", "jsonld:ClaimReview"],
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    numbers = re.findall(r"(Passed|Warnings|Failed): (\d+)", run.stdout)
    return run.returncode, {name: int(number) for name, number in numbers}


def test_each_review_is_accepted_by_the_tester_of_structured_data(pages):
    for page in sorted((pages / "final" / "reviews").glob("*.html")):
        code, counts = examined(page)
        assert (code, counts["Failed"]) == (0, 0), page.name
        assert counts["Passed"] >= 5


def test_the_tester_refuses_a_review_without_its_address_and_a_page_without_one(pages, tmp_path):
    page = (pages / "final" / "reviews" / "C1.html").read_text("utf-8")
    for name, text in (
        ("no-url", re.sub(r'"url": "https://desk[^"]*reviews[^"]*",', "", page)),
        ("no-claim", page.replace('"claimReviewed"', '"claim"')),
        ("none", "<!DOCTYPE html><title>x</title>"),
    ):
        assert text != page
        path = tmp_path / f"{name}.html"
        path.write_text(text, "utf-8")
        assert examined(path)[0] != 0, name


def vocabulary():
    """Class -> (what it is a kind of, its own properties with the kinds of their values), as schema-dts has them."""
    text = (TOOLS / "schema-dts" / "dist" / "schema.d.ts").read_text("utf-8")
    found = {}
    for name, parents, body in re.findall(
        r"interface (\w+?)(?:Base|Leaf) (?:extends ([^{]+) )?\{(.*?)\n\}", text, re.DOTALL
    ):
        held = dict(re.findall(r'"(\w+)"\?: SchemaValue<(?:\()?([\w\s|]+?)(?:\))?,? ?"', body))
        above = re.findall(r"(\w+)Base", parents or "")
        known, before = found.get(name, ([], {}))
        properties = {key: {*re.findall(r"\w+", value)} for key, value in held.items()}
        found[name] = ([*known, *(each for each in above if each != name)], before | properties)
    return found


def test_the_extract_says_what_schema_org_says():
    known = vocabulary()
    for kind, parent in TABLE["parents"].items():
        above, todo = set(), [kind]
        while todo:
            above.update(known.get(todo[-1], ([], {}))[0])
            todo = [*todo[:-1], *known.get(todo[-1], ([], {}))[0]]
        # schema-dts leaves out classes that have no property of their own
        assert parent in above or parent in {"Intangible", "StructuredValue"}, (kind, parent)
    for name, about in TABLE["properties"].items():
        for kind in about["of"]:
            assert name in known[kind][1], (kind, name)
            assert {*about["holds"]} - {"Boolean"} <= known[kind][1][name] | {"StructuredValue"}, (kind, name)


def test_every_format_that_writes_pages_was_looked_at(pages):
    here = {path.relative_to(pages / "final").as_posix() for path in (pages / "final").rglob("*.html")}
    first = {each.file for each in FORMATS.values() if each.file.endswith(".html")}
    assert first <= here
