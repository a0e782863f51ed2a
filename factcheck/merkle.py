"""The tree over the ledger's lines (RFC 6962, SHA-256): roots, proofs, and a range that grows with the log.

Leaves are 32-byte leaf hashes; every hash is 32 raw bytes. Source: RFC 6962 section 2.1, and RFC 9162
section 2.1 for the verification of proofs.
"""

from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256


def leaf_hash(data: bytes) -> bytes:
    """SHA-256(0x00 || data)."""
    return sha256(b"\x00" + data).digest()


def _node(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


def _split(size: int) -> int:
    """The largest power of two below `size` (size >= 2)."""
    return 1 << ((size - 1).bit_length() - 1)


def root(leaves: Sequence[bytes]) -> bytes:
    """The root over these leaf hashes; SHA-256 of nothing for the empty log."""
    tree = CompactRange()
    tree.extend(leaves)
    return tree.root()


def inclusion_proof(leaves: Sequence[bytes], index: int, size: int) -> list[bytes]:
    """The audit path of leaf `index` in the tree of the first `size` leaves (ValueError out of range)."""
    if not 0 <= index < size <= len(leaves):
        raise ValueError(f"no leaf {index} in a tree of {size} over {len(leaves)} leaves")
    return _inclusion(index, size, lambda start, end: root(leaves[start:end]))


def consistency_proof(leaves: Sequence[bytes], old: int, new: int) -> list[bytes]:
    """The proof that the tree of `new` leaves extends the tree of `old` (ValueError out of range)."""
    if not 0 < old <= new <= len(leaves):
        raise ValueError(f"no trees of {old} and {new} over {len(leaves)} leaves")
    return _consistency(old, new, lambda start, end: root(leaves[start:end]))


def _inclusion(index: int, size: int, over: Callable[[int, int], bytes]) -> list[bytes]:
    """The audit path; `over` says the root over the leaves from one place to another."""
    path: list[bytes] = []
    start, end = 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            path.append(over(middle, end))
            end = middle
        else:
            path.append(over(start, middle))
            start = middle
    return path[::-1]


def _consistency(old: int, new: int, over: Callable[[int, int], bytes]) -> list[bytes]:
    """The consistency proof; `over` says the root over the leaves from one place to another."""
    path: list[bytes] = []
    start, end, whole = 0, new, True
    while old != end:
        middle = start + _split(end - start)
        if old <= middle:
            path.append(over(middle, end))
            end = middle
        else:
            path.append(over(start, middle))
            start, whole = middle, False
    return ([] if whole else [over(start, end)]) + path[::-1]


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Say whether `proof` shows that `leaf` is number `index` of the tree of `size` leaves with this root."""
    if not 0 <= index < size or not _hashes([leaf, root, *proof]):
        return False
    place, last, result = index, size - 1, leaf
    for step in proof:
        if last == 0:
            return False
        if place & 1 or place == last:
            result = _node(step, result)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            result = _node(result, step)
        place, last = place >> 1, last >> 1
    return last == 0 and result == root


def verify_consistency(old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]) -> bool:
    """Say whether `proof` shows that the log of `new` leaves begins with the log of `old`.

    False for any nonsense: old = 0, old > new. Equal sizes need an empty proof and equal roots.
    """
    if not 0 < old <= new or not _hashes([old_root, new_root, *proof]):
        return False
    if old == new:
        return not proof and old_root == new_root
    steps = list(proof)
    if old & (old - 1) == 0:
        steps.insert(0, old_root)
    if not steps:
        return False
    place, last = old - 1, new - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    first = second = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            first, second = _node(step, first), _node(step, second)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            second = _node(second, step)
        place, last = place >> 1, last >> 1
    return last == 0 and first == old_root and second == new_root


def _hashes(values: Iterable[object]) -> bool:
    return all(isinstance(value, bytes) and len(value) == 32 for value in values)


class CompactRange:
    """The roots of the perfect subtrees of a log: enough to append to it and to know its root, in O(log n)."""

    def __init__(self, size: int = 0, peaks: Iterable[bytes] = ()) -> None:
        self._size = size
        self._peaks = list(peaks)
        if len(self._peaks) != size.bit_count():
            raise ValueError(f"a log of {size} lines has {size.bit_count()} peaks, not {len(self._peaks)}")

    @property
    def size(self) -> int:
        """How many leaves were appended."""
        return self._size

    @property
    def peaks(self) -> tuple[bytes, ...]:
        """The roots of the perfect subtrees, largest first; with `size` all that is needed to go on."""
        return tuple(self._peaks)

    def append(self, leaf: bytes) -> None:
        """Take one more leaf hash."""
        self.extend((leaf,))

    def extend(self, leaves: Iterable[bytes]) -> None:
        """Take more leaf hashes, as many as there are."""
        peaks, size = self._peaks, self._size
        for leaf in leaves:
            carry, place = leaf, size
            while place & 1:
                carry, place = _node(peaks.pop(), carry), place >> 1
            peaks.append(carry)
            size += 1
        self._size = size

    def root(self) -> bytes:
        """The root over all leaves so far; SHA-256 of nothing for the empty log."""
        if not self._peaks:
            return sha256(b"").digest()
        result = self._peaks[-1]
        for peak in reversed(self._peaks[:-1]):
            result = _node(peak, result)
        return result


class Tree:
    """A log with the hashes of all its perfect subtrees at hand: roots and proofs of any size in O(log n)."""

    def __init__(self, leaves: Iterable[bytes] = ()) -> None:
        self._levels = [bytearray()]
        for leaf in leaves:
            self.append(leaf)

    @property
    def size(self) -> int:
        """How many leaves were appended."""
        return len(self._levels[0]) // 32

    def append(self, leaf: bytes) -> None:
        """Take one more leaf hash (ValueError for what is none)."""
        if not _hashes([leaf]):
            raise ValueError("a leaf hash has 32 bytes")
        carry, place, level = leaf, self.size, 0
        self._levels[0] += carry
        while place & 1:
            place, level = place >> 1, level + 1
            carry = _node(bytes(self._levels[level - 1][-64:-32]), carry)
            if level == len(self._levels):
                self._levels.append(bytearray())
            self._levels[level] += carry

    def root(self, size: int | None = None) -> bytes:
        """The root over the first `size` leaves, or over all (ValueError out of range)."""
        size = self.size if size is None else size
        if not 0 <= size <= self.size:
            raise ValueError(f"no tree of {size} over {self.size} leaves")
        return self._hash(0, size) if size else sha256(b"").digest()

    def inclusion_proof(self, index: int, size: int | None = None) -> list[bytes]:
        """The audit path of leaf `index` in the tree of the first `size` leaves (ValueError out of range)."""
        size = self.size if size is None else size
        if not 0 <= index < size <= self.size:
            raise ValueError(f"no leaf {index} in a tree of {size} over {self.size} leaves")
        return _inclusion(index, size, self._hash)

    def consistency_proof(self, old: int, new: int | None = None) -> list[bytes]:
        """The proof that the tree of `new` leaves extends the tree of `old` (ValueError out of range)."""
        new = self.size if new is None else new
        if not 0 < old <= new <= self.size:
            raise ValueError(f"no trees of {old} and {new} over {self.size} leaves")
        return _consistency(old, new, self._hash)

    def _hash(self, start: int, end: int) -> bytes:
        """The root over some leaves that a split of the tree sets apart."""
        level = (end - start - 1).bit_length()
        if end - start == 1 << level:
            place = (start >> level) * 32
            return bytes(self._levels[level][place : place + 32])
        middle = start + _split(end - start)
        return _node(self._hash(start, middle), self._hash(middle, end))
