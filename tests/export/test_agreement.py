"""All formats agree: the same verdicts, the same counts, the same sources, whichever file a reader has in hand."""

import csv
import io
import json
import re
import subprocess
import sys
from dataclasses import replace

import pytest
from headline import ROOT, headline
from selectolax.lexbor import LexborHTMLParser

from factcheck.export import FORMATS, made_again, parse_jsonl, read_summary, render
from factcheck.export.jsonl import jsonl
from factcheck.model import Publisher


def bundled(lang):
    made = read_summary((ROOT / "exports" / "X1" / "claims.jsonl").read_bytes())
    return replace(made, lang=lang) if made.lang == lang else read_summary(
        (ROOT / "exports" / "X2" / "claims.jsonl").read_bytes()
    )  # fmt: skip


def small(lang):
    return replace(
        headline().summary(lang=lang, in_full=True),
        publisher=Publisher("D", "https://d.example.org", "https://d.example.org/x/", ""),
    )


@pytest.fixture(scope="module", params=["small zh", "small en", "bundled zh", "bundled en"])
def made(request):
    kind, lang = request.param.split()
    summary = {"small": small, "bundled": bundled}[kind](lang)
    return summary, made_again(summary)


def wanted(summary):
    return {each.id: each.ruling.label for each in summary.claims}


def in_lines(files):
    return {
        row["id"]: row["ruling"]["label"]
        for row in parse_jsonl(files["claims.jsonl"])
        if row["record"] == "claim"
    }


def in_table(files):
    rows = csv.DictReader(io.StringIO(files["claims.csv"].decode("utf-8-sig"), newline=""))
    return {row["id"]: row["verdict_label"] for row in rows if row["verdict_label"]}


def in_reviews(files):
    found = {}
    for name, data in files.items():
        if name.startswith("reviews/"):
            (script,) = LexborHTMLParser(data.decode()).css("script")
            found[name[8:-5]] = json.loads(script.text())["reviewRating"]["alternateName"]
    feed = json.loads(files["claimreview.jsonld"])
    labels = [each["item"]["reviewRating"]["alternateName"] for each in feed["dataFeedElement"]]
    assert labels == [found[each] for each in sorted(found, key=lambda claim: int(claim[1:]))]
    return found


def in_html(files):
    tree = LexborHTMLParser(files["report.html"].decode())
    return {
        each.attributes["id"]: each.css_first(".ruling .badge").text().split(" ", 1)[1]
        for each in tree.css("article")
    }


def in_markdown(files):
    text = files["report.md"].decode()
    found = re.findall(r"(?m)^### (C\d+) · .*\n\n(?:> .*\n\n)*\*\*\S+ (.*?)\*\*", text)
    return dict(found)


def in_transcript(files):
    tree = LexborHTMLParser(files["transcript.html"].decode())
    return {
        each.attributes["id"][5:]: each.css_first("h3 .badge").text().split(" ", 1)[1]
        for each in tree.css("ol.notes > li")
    }


WAYS = (in_lines, in_table, in_reviews, in_html, in_markdown)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_every_format_gives_every_claim_the_same_verdict(made, way):
    summary, files = made
    assert way(files) == wanted(summary)


def test_so_does_the_transcript_for_what_was_said_in_the_sources():
    for lang in ("zh", "en"):
        summary = small(lang)
        assert in_transcript(made_again(summary)) == wanted(summary)


def test_every_page_says_the_same_counts(made):
    summary, files = made
    numbers = (str(summary.tally.included), str(summary.tally.total))
    pages = {"report.md", "report.html", "transcript.html", "transcript.md", "summary.html", "summary.md"}
    for name in pages & files.keys():
        text = re.sub(r"\\(.)", r"\1", files[name].decode())
        line = next(row for row in text.splitlines() if all(number in row for number in numbers))
        assert str(summary.tally.total - summary.tally.included) in line, name
    rows = list(csv.DictReader(io.StringIO(files["claims.csv"].decode("utf-8-sig"), newline="")))
    assert len([row for row in rows if row["final"] == "true"]) == summary.tally.included


def test_every_format_names_the_same_sources_for_each_claim(made):
    summary, files = made
    for entry in summary.claims:
        live = {each.final_url or each.url for each in entry.evidence if not each.withdrawn} - {""}
        page = LexborHTMLParser(files[f"reviews/{entry.id}.html"].decode())
        review = json.loads(page.css_first("script").text())
        assert {each["url"] for each in review.get("citation", ()) if "url" in each} == live
        article = LexborHTMLParser(files["report.html"].decode()).css_first(f"article#{entry.id}")
        assert live <= {a.attributes["href"] for a in article.css("a")}
        notes = [
            each for each in json.loads(files["annotations.jsonld"]).get("first", {}).get("items", ())
            if each["body"][0]["label"] == entry.id
        ]  # fmt: skip
        assert {
            each["target"]["source"] for each in notes if each["target"]["source"].startswith("http")
        } == live


def test_word_and_pdf_say_the_same(tmp_path):
    docx = pytest.importorskip("docx")
    summary = small("en")
    (tmp_path / "r.docx").write_bytes(FORMATS["docx"].write(summary)["report.docx"])
    text = "\n".join(each.text for each in docx.Document(str(tmp_path / "r.docx")).paragraphs)
    for entry in summary.claims:
        assert re.search(rf"{entry.id} · .*\n(?:.*\n){{0,3}}.*{entry.ruling.label}", text), entry.id


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_bytes_are_the_same_in_another_process_time_zone_and_locale(tmp_path, lang):
    summary = small(lang)
    lines = jsonl(summary)
    (tmp_path / "claims.jsonl").write_bytes(lines)
    names = [name for name, each in FORMATS.items() if each.made_by is None]
    here = render(summary, names)
    for zone, locale, seed in (("Pacific/Kiritimati", "C", "1"), ("America/Caracas", "zh_CN.UTF-8", "2")):
        to = tmp_path / seed
        environ = {
            "TZ": zone,
            "LC_ALL": locale,
            "LANG": locale,
            "PYTHONHASHSEED": seed,
            "PATH": "/usr/bin:/bin",
        }
        command = [sys.executable, "-m", "factcheck", "export", "again", str(tmp_path / "claims.jsonl")]
        subprocess.run(
            [*command, "--format", ",".join(names), "--to", str(to)],
            env=environ | {"HOME": str(tmp_path)}, cwd=ROOT, check=True, capture_output=True,
        )  # fmt: skip
        there = {
            path.relative_to(to).as_posix(): path.read_bytes() for path in to.rglob("*") if path.is_file()
        }
        assert there == here


def test_a_format_that_says_something_else_would_be_found(made):
    summary, _ = made
    first = summary.claims[0]
    other = replace(
        summary, claims=(replace(first, ruling=replace(first.ruling, label="Otherwise")), *summary.claims[1:])
    )
    files = made_again(other)
    assert [way(files) == wanted(summary) for way in WAYS] == [False] * len(WAYS)
