"""A line of the ledger: written in one way only, read without mercy."""

import json
import sys
import unicodedata
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from factcheck.errors import BadData
from factcheck.events import (
    BODIES,
    Event,
    bodies,
    canonical,
    canonical_plain,
    has_controls,
    is_canonical,
    new_id,
    read_suggestions,
    strict_json,
    timestamp,
)
from factcheck.model import DismissReason


def test_the_key_order_of_rfc_8785_is_that_of_utf_16():
    keys = ["€", "\r", "\ufb33", "1", "😀", "\u0080", "ö"]
    found = list(json.loads(canonical(dict.fromkeys(keys, 0))))
    assert found == ["\r", "1", "\u0080", "ö", "€", "😀", "\ufb33"]


def test_the_strings_of_rfc_8785():
    assert canonical('€$\u000f\u000aA\'B"\\\\"/') == b'"\xe2\x82\xac$\\u000f\\nA\'B\\"\\\\\\\\\\"/"'


@pytest.mark.parametrize(
    ("document", "line"),
    [
        ({"b": 1, "a": [True, None, "蒋璐"]}, '{"a":[true,null,"蒋璐"],"b":1}'),
        ("\x00\x08\t\n\x0c\r\x1f", r'"\u0000\b\t\n\f\r\u001f"'),
        ("\x7f\u2028", '"\x7f\u2028"'),
        (2**53 - 1, "9007199254740991"),
        ([], "[]"),
        ({}, "{}"),
    ],
)
def test_canonical_vectors(document, line):
    assert line.encode("utf-8") == canonical(document)


@pytest.mark.parametrize("value", ["\ud800", 2**53, float("nan"), float("inf"), object(), {1: 2}])
def test_what_has_no_canonical_form_is_refused(value):
    with pytest.raises(ValueError):
        canonical(value)


plain = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=12,
)


plain_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4),
    max_leaves=6,
)


@given(plain)
def test_canonical_json_reads_back_and_is_stable(document):
    try:
        line = canonical(document)
    except ValueError:  # a lone surrogate among the keys
        return
    assert document == strict_json(line)
    assert line == canonical(strict_json(line))


@given(st.dictionaries(st.text(max_size=4), plain_values, max_size=4))
@example({"\U0001f600": 0, "\uffee": 0})
@example({"quote": '\x00\x1f\x7f\u2028😀 "\\ 1234567890123456'})
@example({"start": 2**53})
@example({"quote": "\ud800"})
def test_the_quick_form_of_what_events_and_suggestions_hold_is_the_canonical_one(document):
    try:
        wanted = canonical(document)
    except ValueError:
        with pytest.raises(ValueError):
            canonical_plain(document)
        return
    assert canonical_plain(document) == wanted


def test_every_control_mark_without_width_and_separator_of_lines_is_seen_and_nothing_else():
    hidden = {"Cc", "Cf", "Cs", "Zl", "Zp"}
    wrong = [
        each
        for each in map(chr, range(sys.maxunicode + 1))
        if has_controls(each) is not (unicodedata.category(each) in hidden)
    ]
    assert wrong == []


@given(plain, st.sampled_from([(",", ":"), (", ", ":")]), st.booleans(), st.booleans())
@example({"\U0001f600": 0, "\uffee": 0}, (",", ":"), True, False)
def test_a_line_is_canonical_when_it_is_the_form_that_is_written(document, separators, sort, ascii_only):
    try:
        line = json.dumps(document, separators=separators, sort_keys=sort, ensure_ascii=ascii_only).encode()
        wanted = canonical(document)
    except ValueError:
        return
    assert is_canonical(line, document) is (wanted == line)


@pytest.mark.parametrize(
    ("line", "seen"),
    [
        (b'{"a":1,"a":2}', "duplicate key 'a'"),
        (b'{"b":{"a":1,"a":1}}', "duplicate key 'a'"),
        (b'{"a":1.0}', "fraction '1.0'"),
        (b'{"a":1e3}', "fraction '1e3'"),
        (b'{"a":NaN}', "fraction 'NaN'"),
        (b'{"a":-Infinity}', "fraction '-Infinity'"),
        (b'{"a":9007199254740992}', "larger than 2^53 - 1"),
        (b'{"a":' + b"9" * 5000 + b"}", "larger than 2^53 - 1"),
        (b"[" * 200_000, "nested too deeply"),
        (b'\xef\xbb\xbf{"a":1}', "BOM"),
        (b'{"a":"\xff"}', "utf-8"),
        (b'{"a":1} x', "Extra data"),
        (b"", "Expecting value"),
    ],
)
def test_strict_json_refuses(line, seen):
    with pytest.raises(ValueError) as caught:
        strict_json(line)
    assert seen in str(caught.value)


def test_an_event_reads_back_as_it_was_written(make):
    events = [
        make.case(),
        make.added("C1"),
        make.attached("C1", "E1"),
        make.verdict("C1", evidence=("E1",)),
        make.note('\u202eESC\x1b quotes " and \\ and 蒋璐'),
        make("claim.dismissed", "C2", bodies.ClaimDismissed(reason=DismissReason.TRIVIAL)),
    ]
    for event in events:
        line = event.to_line()
        assert event == Event.from_line(line, where="")
        assert line == canonical(strict_json(line))
        assert line == Event.from_line(line, where="").to_line()


def test_empty_optional_parts_are_left_out(make):
    document = strict_json(make.note().to_line())
    assert not {"also", "tree", "sig"} & document.keys()
    assert "claim" not in document["body"]


def changed(make, **values):
    document = strict_json(make.note().to_line()) | values
    return json.dumps(document).encode("utf-8")


@pytest.mark.parametrize(
    ("values", "seen"),
    [
        ({"by": "reviewer\x1b[2J"}, "control character"),
        ({"by": "reviewer\u202e"}, "control character"),
        ({"by": "reviewer\u2028"}, "control character"),
        ({"id": "a\nb"}, "pattern"),
        ({"by": ""}, "at least 1"),
        ({"kind": "note.burnt"}, "not known"),
        ({"subject": "C0"}, "pattern"),
        ({"subject": "C1٣"}, "pattern"),
        ({"subject": "Q1"}, "pattern"),
        ({"version": 0}, "greater than or equal to 1"),
        ({"version": "1"}, "valid integer"),
        ({"seq": True}, "valid integer"),
        ({"spec": 2}, "Input should be 1"),
        ({"time": "2024-02-26"}, "pattern"),
        ({"time": "２０２４-02-26T09:30:00.000Z"}, "pattern"),
        ({"extra": 1}, "not permitted"),
        ({"body": {"text": ""}}, "at least 1"),
        ({"body": {"text": "a", "more": 1}}, "not permitted"),
        ({"body": None}, "valid dictionary"),
        ({"also": [{"subject": "C2"}]}, "version"),
        ({"body": {"text": "\ud800"}}, "unicode"),
    ],
)
def test_a_line_that_is_no_event_is_named(make, values, seen):
    with pytest.raises(BadData) as caught:
        Event.from_line(changed(make, **values), where="claims/ledger.jsonl:7")
    assert caught.value.where == "claims/ledger.jsonl:7"
    assert seen in caught.value.seen


@pytest.mark.parametrize("line", [b"", b"null", b"[]", b'"a"', b"{}", b"\x00", b"[" * 100_000])
def test_whatever_is_no_event_is_bad_data(line):
    with pytest.raises(BadData):
        Event.from_line(line, where="x")


@given(st.binary(max_size=200))
def test_random_bytes_are_bad_data_and_nothing_else(data):
    with pytest.raises(BadData):
        Event.from_line(data, where="x")


@pytest.mark.parametrize(
    "path",
    ["claims/../x", "/etc/passwd", "claims//x", "claims/", "evidence/a\\b", "other/x", "claims/a\nb", "."],
)
def test_no_path_leads_out_of_the_case(path):
    with pytest.raises(ValueError):
        bodies.SourceIngested(title="", path=path, sha256="0" * 64, characters=1)


def test_every_kind_has_a_body_and_a_past_tense():
    assert all("." in kind and issubclass(body, bodies.Body) for kind, body in BODIES.items())


def test_ids_are_uuids_of_version_7_in_order_of_time():
    first = new_id(datetime(2024, 2, 26, tzinfo=UTC), lambda n: b"\xff" * n)
    second = new_id(datetime(2024, 2, 26, 0, 0, 1, tzinfo=UTC), lambda n: b"\x00" * n)
    assert first < second
    assert (first[14], first[19] in "89ab") == ("7", True)
    assert len(first) == 36


def test_a_timestamp_is_utc_with_milliseconds():
    moment = datetime(2024, 2, 26, 17, 30, 0, 987_654, tzinfo=timezone(timedelta(hours=8)))
    assert timestamp(moment) == "2024-02-26T09:30:00.987Z"


@pytest.mark.parametrize(
    "line",
    [
        b"{",
        b'{"record":"claim"}',
        b'{"record":"nothing"}',
        b'{"record":"region","start":1,"end":2.5,"role":"x"}',
    ],
)
def test_a_bad_suggestion_names_its_line(line):
    good = b'{"end":2,"record":"region","role":"note","start":1}\n'
    with pytest.raises(BadData) as caught:
        list(read_suggestions(good + line + b"\n", where="claims/S1.suggestions"))
    assert caught.value.where == "claims/S1.suggestions:2"
