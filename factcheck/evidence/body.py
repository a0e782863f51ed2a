"""The body of an answer, decoded a piece at a time, so that a bomb never gets larger than what we are ready to keep."""

import re
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Protocol

WIRE_SLACK = 65_536
"""Bytes that may arrive beyond the limit: what gzip adds to data that it cannot shrink."""

MOST_CODINGS = 3
_TROUBLE = {"": "", "length": "too large", "time": "timeout"}
_PIECE = 65_536
_BLOCK = 1_000_000
_CODING = re.compile(r"[a-z0-9_.-]{1,20}")


@dataclass(frozen=True, slots=True)
class Body:
    """A body as it came and as it reads. `trouble` is "" when all of it is there; `truncated` as in WARC-Truncated."""

    wire: bytes = field(repr=False)
    data: bytes = field(repr=False)
    trouble: str = ""
    truncated: str = ""


class _Kept:
    """What has come so far, in blocks: one buffer that grows is moved about, and leaves holes as large as itself behind."""

    def __init__(self) -> None:
        self._blocks: list[bytes] = []
        self._open = bytearray()
        self.size = 0

    def add(self, data: bytes) -> None:
        self._open += data
        self.size += len(data)
        if len(self._open) >= _BLOCK:
            self._blocks.append(bytes(self._open))
            self._open.clear()

    def taken(self) -> bytes:
        """All of it, in one; nothing is kept here any more."""
        blocks, self._blocks = [*self._blocks, bytes(self._open)], []
        self._open.clear()
        return b"".join(blocks)


class _Decoder(Protocol):
    whole: bool

    def feed(self, data: bytes) -> Iterator[bytes]: ...


class _TooLarge(Exception):
    """More than there is room for."""


def read_body(
    chunks: Iterable[bytes], coding: str, limit: int, told: Callable[[int], None] = lambda _: None
) -> Body:
    """The body of which at most `limit` bytes are kept; `told` hears how many bytes came, and may raise."""
    names = [name.strip() for name in coding.lower().split(",") if name.strip() not in {"", "identity"}]
    if refused := _refused(names):
        wire, truncated = _wire(chunks, limit, told)
        return Body(wire, b"", refused, truncated)
    if not names:
        wire, truncated = _wire(chunks, limit, told)
        return Body(wire, wire, _TROUBLE[truncated], truncated)
    return _Opening([_DECODERS[name]() for name in reversed(names)], limit, told).read(chunks)


def _refused(names: list[str]) -> str:
    strange = [name for name in names if name not in _DECODERS]
    if strange:
        named = f" ({strange[0]})" if _CODING.fullmatch(strange[0]) else ""
        return f"an encoding that was not asked for{named}"
    return "too many encodings" if len(names) > MOST_CODINGS else ""


def _wire(chunks: Iterable[bytes], limit: int, told: Callable[[int], None]) -> tuple[bytes, str]:
    """At most `limit` bytes as they come, and why that is not all of them."""
    kept, came = _Kept(), 0
    try:
        for chunk in chunks:
            kept.add(chunk[: max(limit - came, 0)])
            came += len(chunk)
            told(came)
            if came > limit:
                return kept.taken(), "length"
    except TimeoutError:
        return kept.taken(), "time"
    return kept.taken(), ""


class _Opening:
    """A coded body on its way through its decoders; no stage may give more than the limit and its slack."""

    def __init__(self, decoders: list[_Decoder], limit: int, told: Callable[[int], None]) -> None:
        self._decoders, self._limit, self._told = decoders, limit, told
        self._given = [0] * len(decoders)
        self._wire, self._kept, self._size = _Kept(), _Kept(), 0

    def read(self, chunks: Iterable[bytes]) -> Body:
        trouble, truncated = "", ""
        try:
            for chunk in chunks:
                self._take(chunk)
        except zlib.error:
            trouble = f"broken {'deflate' if any(isinstance(each, _Inflate) for each in self._decoders) else 'gzip'}"
        except _TooLarge:
            trouble, truncated = "too large", "length"
        except TimeoutError:
            trouble, truncated = "timeout", "time"
        else:
            if not all(each.whole for each in self._decoders):
                trouble, truncated = "broken off", "disconnect"
        return Body(self._wire.taken(), self._kept.taken(), trouble, truncated)

    def _take(self, chunk: bytes) -> None:
        self._wire.add(chunk)
        self._told(self._wire.size)
        for piece in self._through(0, chunk):
            self._told(self._wire.size)
            self._kept.add(piece[: max(self._limit - self._size, 0)])
            self._size += len(piece)
            if self._size > self._limit:
                raise _TooLarge
        if self._wire.size > self._limit + WIRE_SLACK:
            raise _TooLarge

    def _through(self, stage: int, data: bytes) -> Iterator[bytes]:
        if stage == len(self._decoders):
            yield data
            return
        for piece in self._decoders[stage].feed(data):
            self._given[stage] += len(piece)
            if self._given[stage] > self._limit + 2 * WIRE_SLACK:
                raise _TooLarge
            yield from self._through(stage + 1, piece)


class _Gunzip:
    """A gzip body (RFC 1952: members one after another), a piece at a time."""

    def __init__(self) -> None:
        self._member = zlib.decompressobj(31)
        self._members = 0
        self.whole = True

    def feed(self, data: bytes) -> Iterator[bytes]:
        while data:
            try:
                found = self._member.decompress(data, _PIECE)
            except zlib.error:
                if not self._members:
                    raise
                return  # padding behind the last member, which browsers pass over too
            self.whole = self._member.eof
            data = self._member.unconsumed_tail
            if self._member.eof:
                data = self._member.unused_data
                self._member = zlib.decompressobj(31)
                self._members += 1
            yield found


class _Inflate:
    """A deflate body: zlib (RFC 1950) as the standard has it, or the bare stream (RFC 1951) that some servers send."""

    def __init__(self) -> None:
        self._start = b""
        self._stream = zlib.decompressobj()
        self._begun = False
        self.whole = True

    def feed(self, data: bytes) -> Iterator[bytes]:
        if not self._begun:
            self._start += data
            if len(self._start) < 2:
                self.whole = False
                return
            data, self._begun = self._start, True
            zlib_head = data[0] & 15 == 8 and int.from_bytes(data[:2], "big") % 31 == 0
            self._stream = zlib.decompressobj(15 if zlib_head else -15)
        while data and not self._stream.eof:
            found = self._stream.decompress(data, _PIECE)
            data = self._stream.unconsumed_tail
            self.whole = self._stream.eof
            yield found


_DECODERS: dict[str, Callable[[], _Decoder]] = {"gzip": _Gunzip, "x-gzip": _Gunzip, "deflate": _Inflate}
