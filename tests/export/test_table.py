"""The table of claims: what a spreadsheet opens, what it must not run, and what a table cannot hold."""

import csv
import io
import json
import re
from dataclasses import replace
from datetime import datetime

import pytest
from headline import COST, headline
from hypothesis import given
from hypothesis import strategies as st
from unfriendly import HOSTILE, unfriendly

from factcheck.export import render
from factcheck.export.jsonl import jsonl
from factcheck.export.summary import Correction
from factcheck.export.table import COLUMNS, neutralised, restored, rows, table
from factcheck.visible import visible

ACTIVE = r"=+\-@＝＋－＠"


def read(summary):
    """The rows as any reader of CSV has them."""
    text = table(summary)["claims.csv"].decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def plain(value):
    return str(value).lower() if isinstance(value, bool) else visible(str(value), lines=True)


def about(summary):
    return json.loads(table(summary)["claims.csv-metadata.json"])


def columns(summary):
    return about(summary)["tableSchema"]["columns"]


@pytest.fixture
def summary():
    return headline().summary(lang="en")


def test_it_is_rfc_4180_with_the_mark_without_which_spreadsheets_misread_chinese(summary):
    data = table(summary)["claims.csv"]
    assert data.startswith(b"\xef\xbb\xbfid,draft,statement,")
    assert data.endswith(b"\r\n")
    assert data.count(b"\r\n") == 1 + len(list(rows(summary)))


def test_a_reader_of_csv_gets_back_every_value_once_the_apostrophes_are_taken_away():
    summary = unfriendly().summary(lang="en")
    for wanted, found in zip(rows(summary), read(summary), strict=True):
        changed = found.pop("neutralised").split()
        back = {name: restored(text) if name in changed else text for name, text in found.items()}
        assert back == {
            each.name: plain(wanted.get(each.name, "")) for each in COLUMNS if each.name != "neutralised"
        }


def test_no_cell_of_words_begins_like_a_formula_and_the_row_names_those_that_did():
    found = read(unfriendly().summary())
    cells = [row[name] for row in found for name in ("statement", "because", "said")]
    assert [cell for cell in cells if re.search(rf"(?:^|[;\n])[\s\"]*[{ACTIVE}]", cell)] == []
    assert [row["neutralised"].split() for row in found][:4] == [["statement", "because", "said"]] * 4
    assert found[0]["statement"].startswith("'=HYPERLINK(")
    assert [row["neutralised"] for row in read(headline().summary())] == [""] * 6


@given(st.text("=+-@＝＋－＠;\n'\"’ \t甲a1", max_size=12) | st.text(max_size=20))
def test_whatever_is_made_harmless_can_be_had_back(text):
    safe = neutralised(text)
    assert restored(safe) == text
    assert not re.match(rf"[\s\"]*[{ACTIVE}]", safe)


def test_numbers_are_numbers_and_moments_are_moments():
    kinds = {each.name: each.datatype for each in COLUMNS}
    parse = {
        "integer": int,
        "dateTime": datetime.fromisoformat,
        "boolean": ["true", "false"].index,
        "string": str,
    }
    for row in read(unfriendly().summary()) + read(headline().summary()):
        for name, cell in row.items():
            assert not cell or parse[kinds[name]](cell) is not None
        assert all(row[name] for name in ("id", "final", "mentions"))


def test_a_row_has_the_verdict_its_reason_and_what_it_rests_on(summary):
    row = read(summary)[2]
    assert {
        name: row[name] for name in ("id", "verdict", "verdict_label", "verdict_symbol", "verdict_value")
    } == {
        "id": "C3",
        "verdict": "misleading",
        "verdict_label": "Misleading",
        "verdict_symbol": "◑",
        "verdict_value": "3",
    }
    assert row["because"].startswith("14 倍只有在 GPT-4 约 129 亿参数时才成立")
    assert (row["judged_by"], row["confirmed_by"], row["relied"]) == ("reviewer-1", "reviewer-2", "E4")
    assert (row["relied_urls"], row["captured"], row["calculations"]) == (
        "https://example.com/letter",
        "1",
        "1",
    )
    assert row["said"] == COST


def test_every_claim_of_the_summary_has_a_row_also_those_that_nobody_looked_at(summary):
    found = read(summary)
    tally = summary.tally
    assert len(found) == tally.included + tally.open + tally.untriaged
    assert [row["id"] for row in found if row["state"] == "suggested"] == ["C5", "C7"]
    assert {row["verdict"] for row in found if row["state"] == "suggested"} == {""}


def test_the_counts_of_the_table_are_those_of_the_lines(summary):
    lines = [json.loads(line) for line in jsonl(summary).splitlines()]
    for row, claim in zip(read(summary), [each for each in lines if each["record"] == "claim"], strict=False):
        assert int(row["mentions"]) == len(claim["said"])
        assert int(row["steps"]) == len(claim["steps"])
        assert int(row["evidence"]) == len([each for each in claim["evidence"] if not each["withdrawn"]])
        assert (row["verdict"], row["because"]) == (claim["ruling"]["rating"], claim["ruling"]["because"])


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_row_of_a_draft_says_so_and_none_of_a_final_table(lang):
    desk = headline()
    desk.accept("C5")
    draft, final = desk.summary(lang=lang, draft=True), desk.summary(lang=lang)
    assert all("DRAFT" in row["draft"] for row in read(draft))
    assert "DRAFT" in about(draft)["dc:title"]
    assert {row["draft"] for row in read(final)} == {""}


def test_a_verdict_that_is_not_final_stands_in_no_column_that_is_counted():
    desk = headline()
    desk.accept("C5")
    desk.decide("C5", "not_checkable", "只是预测。")
    row = next(row for row in read(desk.summary(lang="en", draft=True)) if row["id"] == "C5")
    assert (row["final"], row["verdict"], row["verdict_label"]) == ("false", "", "")
    assert (row["provisional"], row["pending"]) == ("Not checkable", "waits for a second person")


def test_a_verdict_that_blind_review_withholds_is_nowhere_in_the_table():
    desk = headline(blind=True)
    desk.accept("C5")
    desk.decide("C5", "not_checkable", "这个理由谁也不该看到。")
    summary = desk.summary(lang="en", draft=True)
    row = next(row for row in read(summary) if row["id"] == "C5")
    assert (row["verdict"], row["provisional"], row["because"], row["judged_by"]) == ("", "", "", "")
    assert row["pending"] == "withheld: blind review"
    assert "这个理由谁也不该看到" not in "".join(each.decode() for each in table(summary).values())


def test_a_claim_that_was_withdrawn_after_it_had_been_published_has_a_row_that_says_so():
    noted = Correction(
        "C9", "甲。", "void", "我们弄错了。", "lead-1", "2025-03-02T09:00:00.000Z", "X1", "✔ Supported", ""
    )
    row = read(replace(headline().summary(lang="en"), corrections=(noted,)))[-1]
    assert (row["id"], row["state"], row["verdict"], row["because"]) == ("C9", "voided", "", "我们弄错了。")
    assert row["pending"] == "Withdrawn. X1 had said ✔ Supported; that holds no more."


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_metadata_describes_each_column_and_says_what_a_table_cannot_hold(lang):
    summary = headline().summary(lang=lang)
    said = about(summary)
    assert said["url"] == "claims.csv"
    assert [each["name"] for each in columns(summary)] == list(read(summary)[0])
    assert all(each["titles"][0] == each["name"] and each["dc:description"] for each in columns(summary))
    assert len(said["rdfs:comment"]) == 6
    assert "claims.jsonl" in said["rdfs:comment"][-1]
    assert said["dc:created"] == summary.time


def test_no_byte_of_the_table_acts_on_a_terminal():
    files = table(unfriendly().summary(draft=True))
    text = files["claims.csv"].decode("utf-8-sig").replace("\r\n", "\n")
    assert visible(text, lines=True) == text
    assert (
        visible(files["claims.csv-metadata.json"].decode(), lines=True)
        == files["claims.csv-metadata.json"].decode()
    )
    assert "␛" in text


def test_the_table_comes_with_its_metadata():
    files = render(headline().summary(), ["csv"])
    assert list(files) == ["claims.csv", "claims.csv-metadata.json", "claims.jsonl", "manifest-sha256.txt"]


def test_one_row_for_each_hostile_claim_whatever_breaks_it_tries():
    assert len(read(unfriendly().summary())) == len(HOSTILE)
