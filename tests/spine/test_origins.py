"""Evidence is gathered by its origin: one tie is enough, a person's word goes before the rules, the order of attaching never counts."""

from dataclasses import dataclass
from itertools import combinations, permutations

from hypothesis import given
from hypothesis import strategies as st

from factcheck.model.captured import OriginAct, Standing
from factcheck.model.origins import NEAR, origins, resemblance

SKETCHES = {
    name: "".join(f"{n:08x}" for n in sorted(numbers)[:64])
    for name, numbers in {
        "a": range(0, 640, 10),
        "nearly a": range(100, 740, 10),
        "b": range(5, 645, 10),
    }.items()
}


@dataclass(frozen=True, slots=True)
class Piece:
    id: str
    standing: Standing | None = None
    sha256: str = ""
    origin: str = ""


def piece(number, sha256="", **standing):
    return Piece(f"E{number}", Standing(**standing), sha256)


def joined(*numbers, by="reviewer-1"):
    return OriginAct("joined", tuple(f"E{n}" for n in numbers), "one author", by)


def parted(*numbers):
    return OriginAct("parted", tuple(f"E{n}" for n in numbers), "two authors", "reviewer-2")


def members(pieces, acts=()):
    return [each.members for each in origins(pieces, acts)]


def ties(pieces, acts=()):
    return [(tie.one, tie.two, tie.why, tie.detail) for each in origins(pieces, acts) for tie in each.ties]


def test_each_tie_says_what_two_pieces_share():
    pieces = [
        piece(1, sketch=SKETCHES["a"], family="orlin.example"),
        piece(2, sketch=SKETCHES["nearly a"], canonical="orlin.example/a"),
        piece(3, canonical="orlin.example/a", dateline="reuters", family="nordan.example"),
        piece(4, family="reuters", sha256="9" * 64),
        piece(5, sha256="9" * 64, family="benura.example"),
        piece(6, family="benura.example"),
        piece(7, family="elsewhere.example"),
    ]

    assert members(pieces) == [("E1", "E2", "E3", "E4", "E5", "E6"), ("E7",)]
    assert sorted(ties(pieces)) == [
        ("E1", "E2", "text", f"{resemblance(SKETCHES['a'], SKETCHES['nearly a']):.0%}"),
        ("E2", "E3", "canonical", "orlin.example/a"),
        ("E3", "E4", "dateline", "reuters"),
        ("E4", "E5", "bytes", ""),
        ("E5", "E6", "family", "benura.example"),
    ]


def test_what_two_agencies_wrote_and_what_an_outlet_wrote_itself_are_three_origins():
    pieces = [
        piece(1, family="orlin.example", dateline="reuters"),
        piece(2, family="orlin.example", dateline="ap"),
        piece(3, family="orlin.example"),
    ]

    assert members(pieces) == [("E1",), ("E2",), ("E3",)]


def test_nothing_known_ties_nothing():
    assert members([piece(1), piece(2)]) == [("E1",), ("E2",)]


def test_evidence_of_earlier_desks_counts_by_its_host():
    pieces = [Piece("E1", origin="orlin.example"), Piece("E2", origin="orlin.example")]

    assert members([*pieces, piece(3, family="orlin.example")]) == [("E1", "E2", "E3")]


def test_a_person_goes_before_the_rules_and_the_later_word_before_the_earlier():
    pieces = [piece(1, family="a"), piece(2, family="a"), piece(3, family="b")]

    assert members(pieces, [parted(1, 2)]) == [("E1",), ("E2",), ("E3",)]
    assert members(pieces, [joined(2, 3)]) == [("E1", "E2", "E3")]
    assert members(pieces, [joined(2, 3), parted(2, 3)]) == [("E1", "E2"), ("E3",)]
    assert members(pieces, [parted(2, 3), joined(2, 3)]) == [("E1", "E2", "E3")]
    assert ("E2", "E3", "joined", "one author") in ties(pieces, [joined(2, 3)])


def test_what_was_parted_is_not_tied_by_a_third_piece_in_any_order():
    one, two, three = piece(1, family="a"), piece(2, family="a"), piece(3, family="a")
    for order in permutations((one, two, three)):
        groups = members(order, [parted(1, 3)])
        assert len(groups) == 2
        assert not any({"E1", "E3"} <= set(each) for each in groups)


def test_whom_a_person_joined_a_rule_does_not_take_away():
    pieces = [piece(1, family="a"), piece(2, family="a"), piece(3, family="b")]

    assert members(pieces, [joined(2, 3), parted(1, 3)]) == [("E1",), ("E2", "E3")]


def test_a_word_on_evidence_that_is_not_here_changes_nothing():
    assert members([piece(1, family="a")], [joined(1, 9), parted(7, 8)]) == [("E1",)]


def test_resemblance_is_the_share_of_one_sample_of_both():
    assert resemblance(SKETCHES["a"], SKETCHES["a"]) == 1.0
    assert resemblance(SKETCHES["a"], SKETCHES["b"]) == 0.0
    assert resemblance(SKETCHES["a"], "") == 0.0
    assert resemblance(SKETCHES["a"], SKETCHES["nearly a"]) == 54 / 64 > NEAR


PIECES = st.lists(
    st.tuples(st.sampled_from("abc"), st.sampled_from(["", "x", "y"]), st.sampled_from(["", "1", "2"])),
    max_size=7,
).map(
    lambda said: [
        piece(n, family=family, dateline=dateline, canonical=canonical)
        for n, (family, dateline, canonical) in enumerate(said)
    ]
)
ACTS = st.lists(st.tuples(st.booleans(), st.sets(st.integers(0, 6), min_size=2, max_size=3)), max_size=5).map(
    lambda said: [(joined if tie else parted)(*numbers) for tie, numbers in said]
)


@given(PIECES, ACTS)
def test_everything_is_in_one_origin_what_is_parted_is_apart_and_ties_reach_all(pieces, acts):
    found = origins(pieces, acts)
    last = {frozenset(pair): act.act for act in acts for pair in combinations(act.evidence, 2)}

    assert sorted(name for each in found for name in each.members) == sorted(each.id for each in pieces)
    assert [len(each.ties) for each in found] == [len(each.members) - 1 for each in found]
    for each in found:
        assert not [pair for pair in combinations(each.members, 2) if last.get(frozenset(pair)) == "parted"]


@given(PIECES, ACTS)
def test_the_count_of_origins_without_parting_is_the_same_in_every_order(pieces, acts):
    acts = [each for each in acts if each.act == "joined"]

    found = {frozenset(each.members) for each in origins(pieces, acts)}

    assert found == {frozenset(each.members) for each in origins(pieces[::-1], acts)}
