"""The tree is the one of RFC 6962: its definition, its published vectors, and proofs that only prove what is true."""

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factcheck.merkle import (
    CompactRange,
    Tree,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    root,
    verify_consistency,
    verify_inclusion,
)

# The entries and roots that the Certificate Transparency implementations publish and test with.
ENTRIES = [
    bytes.fromhex(each)
    for each in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
LEAVES = [leaf_hash(entry) for entry in ENTRIES]
PATHS = {
    (0, 1): [],
    (0, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (5, 8): [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 3): ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"],
    (1, 5): [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}
GROWTH = {
    (1, 1): [],
    (1, 8): PATHS[0, 8],
    (6, 8): [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 5): [
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}


def sha(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def split(size: int) -> int:
    k = 1
    while k * 2 < size:
        k *= 2
    return k


def mth(entries: list[bytes]) -> bytes:
    """RFC 6962 section 2.1, word for word."""
    if not entries:
        return sha(b"")
    if len(entries) == 1:
        return sha(b"\x00" + entries[0])
    k = split(len(entries))
    return sha(b"\x01" + mth(entries[:k]) + mth(entries[k:]))


def path(m: int, entries: list[bytes]) -> list[bytes]:
    """RFC 6962 section 2.1.1, word for word."""
    if len(entries) == 1:
        return []
    k = split(len(entries))
    if m < k:
        return [*path(m, entries[:k]), mth(entries[k:])]
    return [*path(m - k, entries[k:]), mth(entries[:k])]


def subproof(m: int, entries: list[bytes], *, whole: bool) -> list[bytes]:
    """RFC 6962 section 2.1.2, word for word."""
    if m == len(entries):
        return [] if whole else [mth(entries)]
    k = split(len(entries))
    if m <= k:
        return [*subproof(m, entries[:k], whole=whole), mth(entries[k:])]
    return [*subproof(m - k, entries[k:], whole=False), mth(entries[:k])]


@pytest.mark.parametrize("size", range(9))
def test_the_published_roots(size):
    assert ROOTS[size] == root(LEAVES[:size]).hex()


@pytest.mark.parametrize(("index", "size"), PATHS)
def test_the_published_inclusion_paths(index, size):
    assert PATHS[index, size] == [step.hex() for step in inclusion_proof(LEAVES, index, size)]


@pytest.mark.parametrize(("old", "new"), GROWTH)
def test_the_published_consistency_proofs(old, new):
    assert GROWTH[old, new] == [step.hex() for step in consistency_proof(LEAVES, old, new)]


@pytest.mark.parametrize("size", range(1, 34))
def test_the_definition_of_the_rfc_for_every_leaf_and_every_prefix(size):
    entries = [bytes([n]) * (n % 5) for n in range(size)]
    leaves = list(map(leaf_hash, entries))
    assert mth(entries) == root(leaves)
    for m in range(size):
        assert path(m, entries) == inclusion_proof(leaves, m, size)
        assert subproof(m + 1, entries, whole=True) == consistency_proof(leaves, m + 1, size)


logs = st.lists(st.binary(max_size=8), min_size=1, max_size=70)


@given(logs, st.data())
def test_what_is_in_the_log_can_be_shown(entries, data):
    leaves = list(map(leaf_hash, entries))
    size = data.draw(st.integers(1, len(leaves)))
    index = data.draw(st.integers(0, size - 1))
    proof = inclusion_proof(leaves, index, size)
    assert verify_inclusion(leaves[index], index, size, proof, root(leaves[:size]))


@given(logs, st.data())
def test_what_has_grown_can_be_shown(entries, data):
    leaves = list(map(leaf_hash, entries))
    new = data.draw(st.integers(1, len(leaves)))
    old = data.draw(st.integers(1, new))
    proof = consistency_proof(leaves, old, new)
    assert verify_consistency(old, new, root(leaves[:old]), root(leaves[:new]), proof)


@given(logs, st.data())
def test_another_leaf_place_or_step_proves_nothing(entries, data):
    leaves = [leaf_hash(bytes([n]) + entry) for n, entry in enumerate(entries)]
    size = len(leaves)
    index = data.draw(st.integers(0, size - 1))
    top, proof = root(leaves), inclusion_proof(leaves, index, size)
    assert not verify_inclusion(leaf_hash(b"another"), index, size, proof, top)
    assert not verify_inclusion(leaves[index], index, size, [*proof, top], top)
    assert not verify_inclusion(leaves[index], index, size, proof, leaf_hash(b"another"))
    for other in {index - 1, index + 1, size} - {index}:
        assert not verify_inclusion(leaves[index], other, size, proof, top)
    if proof:
        step = data.draw(st.integers(0, len(proof) - 1))
        changed = [*proof[:step], sha(proof[step]), *proof[step + 1 :]]
        assert not verify_inclusion(leaves[index], index, size, changed, top)
        assert not verify_inclusion(leaves[index], index, size, proof[:-1], top)


@given(logs, st.data())
def test_a_log_that_was_rewritten_cannot_be_shown_to_have_grown(entries, data):
    leaves = [leaf_hash(bytes([n]) + entry) for n, entry in enumerate(entries)]
    old = data.draw(st.integers(1, len(leaves)))
    changed = data.draw(st.integers(0, old - 1))
    rewritten = [*leaves[:changed], leaf_hash(b"another"), *leaves[changed + 1 :]]
    proof = consistency_proof(rewritten, old, len(leaves))
    assert not verify_consistency(old, len(leaves), root(leaves[:old]), root(rewritten), proof)
    assert not verify_consistency(old, len(leaves), root(leaves[:old]), root(rewritten), [])


@settings(max_examples=300)
@given(
    st.integers(-2, 20),
    st.integers(-2, 20),
    st.lists(st.one_of(st.binary(max_size=33), st.sampled_from(LEAVES)), max_size=6),
)
def test_nonsense_is_false_and_never_an_error(one, two, proof):
    top = root(LEAVES)
    assert verify_inclusion(LEAVES[0], one, two, proof, b"") is False
    assert verify_inclusion(b"", one, two, proof, top) is False
    assert verify_consistency(one, two, b"", top, proof) is False
    assert verify_consistency(0, two, top, top, proof) is False
    assert verify_consistency(two + 1, two, top, top, proof) is False


def test_equal_sizes_need_an_empty_proof_and_equal_roots():
    top, other = root(LEAVES), root(LEAVES[:7])
    assert verify_consistency(8, 8, top, top, [])
    assert not verify_consistency(8, 8, top, other, [])
    assert not verify_consistency(8, 8, top, top, [top])


@pytest.mark.parametrize(("index", "size"), [(-1, 3), (3, 3), (0, 9), (0, 0)])
def test_no_inclusion_proof_out_of_range(index, size):
    with pytest.raises(ValueError, match="no leaf"):
        inclusion_proof(LEAVES, index, size)


@pytest.mark.parametrize(("old", "new"), [(0, 3), (4, 3), (1, 9), (-1, 2)])
def test_no_consistency_proof_out_of_range(old, new):
    with pytest.raises(ValueError, match="no trees"):
        consistency_proof(LEAVES, old, new)


@given(logs, st.data())
def test_a_range_goes_on_from_its_peaks(entries, data):
    leaves = list(map(leaf_hash, entries))
    cut = data.draw(st.integers(0, len(leaves)))
    first = CompactRange()
    for leaf in leaves[:cut]:
        first.append(leaf)
    second = CompactRange(first.size, first.peaks)
    for leaf in leaves[cut:]:
        second.append(leaf)
    assert root(leaves) == second.root()
    assert root(leaves[:cut]) == first.root()
    assert cut == first.size


def test_a_range_refuses_peaks_that_do_not_fit_its_size():
    with pytest.raises(ValueError, match="2 peaks"):
        CompactRange(3, [LEAVES[0]])


@pytest.mark.parametrize("size", range(71))
def test_a_tree_with_its_hashes_at_hand_answers_as_the_functions_do(size):
    leaves = [leaf_hash(bytes([n])) for n in range(70)]
    tree = Tree(leaves)
    assert root(leaves[:size]) == tree.root(size) == Tree(leaves[:size]).root()
    for index in range(size):
        assert inclusion_proof(leaves, index, size) == tree.inclusion_proof(index, size)
        assert consistency_proof(leaves, index + 1, size) == tree.consistency_proof(index + 1, size)


def test_a_tree_gives_the_published_roots_and_paths_while_it_grows():
    tree = Tree()
    for size, leaf in enumerate(LEAVES):
        assert (size, ROOTS[size]) == (tree.size, tree.root().hex())
        tree.append(leaf)
    assert ROOTS[8] == tree.root().hex()
    for (index, size), steps in PATHS.items():
        assert steps == [step.hex() for step in tree.inclusion_proof(index, size)]
    for (old, new), steps in GROWTH.items():
        assert steps == [step.hex() for step in tree.consistency_proof(old, new)]


def test_a_tree_has_nothing_out_of_range_and_takes_nothing_but_hashes():
    tree = Tree(LEAVES)
    for ask in (
        lambda: tree.root(9),
        lambda: tree.root(-1),
        lambda: tree.inclusion_proof(8),
        lambda: tree.inclusion_proof(-1),
        lambda: tree.consistency_proof(0),
        lambda: tree.consistency_proof(1, 9),
        lambda: tree.append(b"short"),
    ):
        with pytest.raises(ValueError):
            ask()
    assert ROOTS[8] == tree.root().hex()
