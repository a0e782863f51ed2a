"""The JSON of an extraction is the one that others rely on."""

from tests.text.conftest import bundled


def test_the_json_has_the_promised_shape():
    found = bundled().to_json()
    assert list(found) == [
        "source",
        "packs",
        "regions",
        "claims",
        "readings",
        "relations",
        "calculations",
        "extractor",
        "rules",
        "plugins",
    ]
    assert found["source"] == {"characters": 6669, "language": "zh"}
    assert list(found["claims"][0]) == [
        "id",
        "start",
        "end",
        "quote",
        "type",
        "checkable",
        "priority",
        "group",
        "statement",
        "why",
    ]
    assert list(found["claims"][1]["why"][0]) == ["rule", "start", "end", "weight"]
    assert list(found["readings"][0]) == ["id", "start", "end", "heard", "meant", "score", "why"]
    assert list(found["relations"][0]) == ["kind", "a", "b", "why"]
    assert list(found["calculations"][0]) == ["claim", "expression", "given", "result", "holds", "needs"]


def test_numbers_have_at_most_three_decimals_and_a_lonely_claim_has_no_group():
    found = bundled().to_json()
    numbers = [claim["priority"] for claim in found["claims"]] + [
        reading["score"] for reading in found["readings"]
    ]
    assert all(round(number, 3) == number for number in numbers)
    assert None in {claim["group"] for claim in found["claims"]}
