import json
from collections import Counter
from copy import deepcopy
from hashlib import sha256
from pathlib import Path

import pytest
from headline import Desk, headline
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from factcheck.export import Scope, parse_jsonl, read_summary, render, verify

SCHEMAS = {
    path.name: json.loads(path.read_text("utf-8"))
    for path in sorted((Path(__file__).parent / "schemas").iterdir())
}
PAGE = "蒋璐说：我已加入 TikTok，任研究负责人。后来他又说了一遍：我已加入 TikTok。"
QUOTE = "我已加入 TikTok"
URL = "https://example.org/声明?a=1&b=2#top"
TERMS = """
@context id type label generator name generated total first last partOf startIndex items motivation creator created
body purpose value format language target source selector exact prefix suffix start end state sourceDate cached
as:summary
"""


def sha(text):
    return sha256(text.encode("utf-8")).hexdigest()


def desk():
    """One claim with evidence of every sort: placed, typed by hand, a file without an address, a bare link, a failure."""
    made = Desk("甲说蒋璐转投 TikTok。", solo=True)
    made.suggest(("蒋璐转投 TikTok", "蒋璐转投 TikTok。", "personnel_move", {}))
    made.accept("C1")
    text = {
        "path": f"evidence/{sha(PAGE)}.txt",
        "sha256": sha(PAGE),
        "characters": len(PAGE),
        "maker": "html/1",
    }
    made.capture(1, URL, f"<p>{PAGE}", text=text)
    made.capture(2, "", "a picture", via="screenshot", status=0, media_type="image/png")
    made.capture(3, "https://example.net/gone", "gone", outcome="http 404", status=404)
    at = PAGE.rindex(QUOTE)
    place = {
        "start": at,
        "end": at + len(QUOTE),
        "prefix": PAGE[at - 5 : at],
        "suffix": "。",
        "text": sha(PAGE),
    }
    made.attach("C1", 1, url=URL, capture="K1", quote=QUOTE, note="本人的话", grade="primary", **place)
    made.attach("C1", 2, "context", capture="K2", quote="joined", manual=True, start=-1, end=-1)
    made.attach("C1", 3, "refutes", url="https://example.net/gone", capture="K3", start=-1, end=-1)
    made.attach("C1", 4, "refutes", url="http://example.net/bare link?<q>")
    made.attach("C1", 5, url="javascript:alert(1)", quote="x", by="李雷")
    made.attach("C1", 6, url="https://example.net/withdrawn", quote="x")
    made.act("evidence.withdrawn", "C1", also=("E6",), evidence="E6", because="错了")
    made.decide("C1", "supported", "本人说了。", ["E1"])
    return made


def written(summary):
    return json.loads(render(summary, ["annotations"])["annotations.jsonld"])


@pytest.fixture(scope="module")
def document():
    return written(desk().summary(lang="en"))


def items(document):
    return {each["label"]: each for each in document["first"]["items"]}


def faults(document, schemas=SCHEMAS):
    registry = Registry().with_resources(
        (name, Resource.from_contents(schema)) for name, schema in schemas.items()
    )
    validator = Draft202012Validator(schemas["collection.json"], registry=registry)
    return [error.message for error in validator.iter_errors(document)]


def test_the_schemas_are_schemas():
    for schema in SCHEMAS.values():
        Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("draft", [True, False])
def test_annotations_are_valid_by_the_recommendation(lang, draft):
    for summary in (desk().summary(lang=lang, draft=draft), headline().summary(lang=lang, draft=draft)):
        assert faults(written(summary)) == []


def test_a_summary_without_evidence_is_a_valid_empty_collection():
    made = written(Desk("甲。").summary())
    assert (faults(made), made["total"], "first" in made) == ([], 0, False)


def others():
    """What another tool may write by the recommendation: one annotation of each shape that ours have not."""
    plain = {"id": "http://example.org/a1", "type": "Annotation", "target": "http://example.com/page"}
    chosen = {"source": "http://example.com/page", "type": "SpecificResource"}
    fragment = {"type": "FragmentSelector", "value": "xywh=1,2,3,4"}
    span = {"sourceDateStart": "2024-01-01T00:00:00Z", "sourceDateEnd": "2024-02-01T00:00:00Z"}
    more = [
        plain | {"target": chosen | {"selector": fragment, "state": span | {"type": "TimeState"}}},
        plain | {"bodyValue": "a comment", "motivation": ["commenting", "tagging"]},
        plain | {"body": {"id": "http://example.net/v.mp4", "type": "Video"}},
        plain,
    ]
    page = {"id": "http://example.org/p1", "type": "AnnotationPage", "items": more}
    head = {"@context": "http://www.w3.org/ns/anno.jsonld", "type": "AnnotationCollection"}
    return head | {"id": "http://example.org/c1", "total": 4, "first": page}


def test_what_others_write_by_the_recommendation_is_valid():
    assert faults(others()) == []


FIRST = ("first", "items", 0)
REQUIRED = [
    ("@context",),
    ("id",),
    ("type",),
    ("first",),
    *(("first", key) for key in ("id", "type", "items")),
    *((*FIRST, key) for key in ("id", "type", "target")),
    *((*FIRST, "body", 1, key) for key in ("type", "value")),
    *((*FIRST, "target", key) for key in ("type", "source")),
    *((*FIRST, "target", "selector", 0, key) for key in ("type", "exact")),
    *((*FIRST, "target", "selector", 1, key) for key in ("start", "end")),
    (*FIRST, "target", "state", "type"),
    (*FIRST, "target", "state", "sourceDate"),
]
WRONG = [
    (("@context",), ["http://example.org/other.jsonld"]),
    (("id",), "no address"),
    (("type",), "Collection"),
    (("total",), -1),
    (("generated",), "2024-02-26 09:30"),
    (("first", "type"), "AnnotationCollection"),
    (("first", "startIndex"), "0"),
    ((*FIRST, "type"), "Note"),
    ((*FIRST, "motivation"), "supporting"),
    ((*FIRST, "created"), "2024-02-30T25:00:00Z"),
    ((*FIRST, "creator"), {"type": "Role", "name": "reviewer-1"}),
    ((*FIRST, "bodyValue"), "two bodies"),
    ((*FIRST, "body", 0, "value"), 7),
    ((*FIRST, "body", 0, "language"), "中文"),
    ((*FIRST, "target"), []),
    ((*FIRST, "target", "source"), "http://example.net/a b"),
    ((*FIRST, "target", "selector", 0, "exact"), ""),
    ((*FIRST, "target", "selector", 1, "start"), -1),
    ((*FIRST, "target", "selector", 1, "end"), 2.5),
    ((*FIRST, "target", "state", "cached"), ["0" * 64]),
    ((*FIRST, "target", "state", "sourceDate"), "yesterday"),
]


def changed(document, path, *value):
    """A copy in which what stands at `path` is another value, or gone."""
    copy = deepcopy(document)
    *way, last = path
    inner = copy
    for step in way:
        inner = inner[step]
    if value:
        inner[last] = value[0]
    else:
        del inner[last]
    return copy


@pytest.mark.parametrize("path", REQUIRED, ids=lambda path: ".".join(map(str, path)))
def test_without_a_required_thing_they_are_not_valid(document, path):
    assert faults(changed(document, path)) != []


@pytest.mark.parametrize(("path", "value"), WRONG, ids=lambda each: str(each)[:60])
def test_with_a_wrong_thing_they_are_not_valid(document, path, value):
    assert faults(changed(document, path, value)) != []


def requirements(schema, path=()):
    """Where a schema requires what: the path to each list and the key."""
    if isinstance(schema, dict):
        yield from (
            (*path, "required", key)
            for key in schema.get("required", ())
            if path[-1:] not in {("if",), ("not",)}
        )
        for step, inner in schema.items():
            yield from requirements(inner, (*path, step))
    elif isinstance(schema, list):
        for step, inner in enumerate(schema):
            yield from requirements(inner, (*path, step))


def test_each_requirement_of_the_schemas_has_a_control_that_fails_by_it(document):
    state = (*FIRST, "target", "state")
    controls = [changed(document, path) for path in REQUIRED]
    controls += [changed(others(), (*state, key)) for key in ("sourceDateStart", "sourceDateEnd")]
    assert [control for control in controls if faults(control) == []] == []
    idle = []
    for name, schema in SCHEMAS.items():
        for *way, key in requirements(schema):
            weaker = deepcopy(SCHEMAS)
            inner = weaker[name]
            for step in way:
                inner = inner[step]
            inner.remove(key)
            if not any(faults(control, weaker) == [] for control in controls):
                idle.append((name, *way, key))
    assert idle == []


def test_every_key_is_a_term_of_the_recommendation_or_our_one_own(document):
    def keys(value):
        if isinstance(value, dict):
            for key, inner in value.items():
                yield key
                yield from () if key == "@context" else keys(inner)
        elif isinstance(value, list):
            for inner in value:
                yield from keys(inner)

    own = set(document["@context"][1])
    assert own == {"countedIn"}
    assert set(keys(document)) - own <= set(TERMS.split())


def test_a_quotation_is_found_in_the_text_that_its_place_counts_in(document):
    words, place = items(document)["E1"]["target"]["selector"]
    assert place["countedIn"] == f"nih:sha-256;{sha(PAGE)}"
    assert PAGE[place["start"] : place["end"]] == words["exact"] == QUOTE
    assert PAGE[: place["start"]].endswith(words["prefix"])
    assert PAGE[place["end"] :].startswith(words["suffix"])


def test_the_target_names_the_address_as_a_uri_and_the_copies_by_their_hashes(document):
    target = items(document)["E1"]["target"]
    assert target["source"] == "https://example.org/%E5%A3%B0%E6%98%8E?a=1&b=2#top"
    assert target["state"]["cached"] == [f"nih:sha-256;{sha(f'<p>{PAGE}')}", f"nih:sha-256;{sha(PAGE)}"]


def test_the_bodies_say_claim_stance_grade_and_note(document):
    made = items(document)["E1"]
    assert [(each["purpose"], each["value"]) for each in made["body"]] == [
        ("linking", "蒋璐转投 TikTok。"),
        ("classifying", "supports"),
        ("assessing", "primary"),
        ("commenting", "本人的话"),
    ]
    assert (made["creator"]["name"], made["created"][:10]) == ("reviewer-1", "2025-03-01")


def test_evidence_of_one_claim_has_one_claim_and_ids_that_differ(document):
    made = document["first"]["items"]
    assert Counter(each["body"][0]["id"] for each in made).most_common()[0][1] == len(made)
    assert len({each["id"] for each in made} | {document["id"], document["first"]["id"]}) == len(made) + 2


def test_a_later_export_gives_the_same_evidence_the_same_id():
    made = desk()
    before = written(made.summary())
    made.act("note.added", "C1", text="再看")
    after = written(made.summary())
    assert [each["id"] for each in before["first"]["items"]] == [
        each["id"] for each in after["first"]["items"]
    ]
    assert before["id"] != after["id"]


def test_what_was_not_captured_says_so_and_names_no_copy(document):
    for name in ("E3", "E4", "E5"):
        made = items(document)[name]
        assert "state" not in made["target"]
        assert [each["value"][:12] for each in made["body"] if each["purpose"] == "tagging"] == [
            "NOT CAPTURED"
        ]


def test_words_typed_by_hand_have_no_place_and_say_so(document):
    made = items(document)["E2"]
    assert [each["type"] for each in made["target"]["selector"]] == ["TextQuoteSelector"]
    assert [each["purpose"] for each in made["body"]] == ["linking", "classifying", "tagging"]
    assert made["target"]["source"] == f"nih:sha-256;{sha('a picture')}"


def test_an_address_that_is_none_of_the_web_is_no_link(document):
    assert items(document)["E4"]["target"]["source"] == "http://example.net/bare%20link?%3Cq%3E"
    assert items(document)["E5"]["target"]["source"].startswith("urn:uuid:")


def test_withdrawn_evidence_is_not_attached(document):
    assert list(items(document)) == ["E1", "E2", "E3", "E4", "E5"]
    assert document["total"] == 5


def test_a_place_without_its_text_is_left_out():
    made = items(written(headline().summary()))["E1"]
    assert [each["type"] for each in made["target"]["selector"]] == ["TextQuoteSelector"]


def test_the_collection_says_what_page_one_says():
    draft = written(headline(solo=True).summary(lang="en", draft=True))
    assert draft["label"].startswith("DRAFT · Draft summary")
    assert [line.split(".")[0].split(":")[0] for line in draft["as:summary"].split("\n")] == [
        "This is a draft",
        "Example case",
        "One reviewer",
        "4 of 7 claims exported, 3 withheld",
        "Withheld",
        "Unsigned",
    ]


def test_no_byte_of_it_acts_on_a_terminal():
    made = desk()
    made.attach("C1", 7, url="https://example.org/x", quote="\x1b[31m红\u202e\U000e0041", note="\u2066\x9b")
    data = render(made.summary(draft=True), ["annotations"])["annotations.jsonld"].decode("utf-8")
    assert [c for c in data if not c.isprintable() and c != "\n"] == []
    assert items(json.loads(data))["E7"]["target"]["selector"][0]["exact"] == "\x1b[31m红\u202e\U000e0041"


def test_it_is_made_again_from_the_lines_and_a_change_is_found(tmp_path):
    files = render(desk().summary(), ["annotations"])
    assert render(read_summary(files["claims.jsonl"]), ["annotations"]) == files
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    assert verify(tmp_path) == ()
    path = tmp_path / "annotations.jsonld"
    path.write_bytes(path.read_bytes().replace(b"supports", b"refutes", 1))
    assert [each.where for each in verify(tmp_path)] == ["annotations.jsonld"]
    assert len(parse_jsonl(files["claims.jsonl"])) == 2


def test_an_export_of_a_case_places_its_quotation_in_the_file_that_the_case_keeps(case, tmp_path):
    page = tmp_path / "声明.html"
    page.write_text(f"<html lang=zh><title>声明</title><p>{PAGE}</p></html>", "utf-8")
    case.accept("C1")
    case.attach("C1", case.capture(page, from_url=URL), quote=QUOTE, stance="supports", grade="official")
    case.decide("C1", "1", because="本人说了。")
    case.confirm("C1", by="reviewer-2")
    folder = case.export("annotations", scope=Scope(claims=("C1",))).folder
    made = json.loads((folder / "annotations.jsonld").read_text("utf-8"))
    words, place = items(made)["E1"]["target"]["selector"]
    kept = {sha256(path.read_bytes()).hexdigest(): path for path in (case.folder / "evidence").rglob("*.*")}
    text = kept[place["countedIn"].removeprefix("nih:sha-256;")].read_text("utf-8")
    assert faults(made) == []
    assert text[place["start"] : place["end"]] == words["exact"] == QUOTE
    assert {
        each.removeprefix("nih:sha-256;") for each in items(made)["E1"]["target"]["state"]["cached"]
    } <= set(kept)
