"""The body of an answer, decoded a piece at a time, so that a bomb never gets larger than what we are ready to keep."""

import zlib
from collections.abc import Iterable

WIRE_SLACK = 65_536
"""Bytes that may arrive beyond the limit: what gzip adds to data that it cannot shrink."""


def read_body(chunks: Iterable[bytes], coding: str, limit: int) -> tuple[bytes, str]:
    """The decoded body and "", or no body and what was wrong with it."""
    coding = coding.strip().lower()
    if coding not in {"", "identity", "gzip", "x-gzip"}:
        return b"", "an encoding that was not asked for"
    decoder = _Gunzip() if coding.endswith("gzip") else _Plain()
    body, wire = bytearray(), 0
    for chunk in chunks:
        wire += len(chunk)
        try:
            body += decoder.feed(chunk, limit + 1 - len(body))
        except zlib.error:
            return b"", "broken gzip"
        if len(body) > limit or wire > limit + WIRE_SLACK:
            return b"", "too large"
    return (bytes(body), "") if decoder.whole else (b"", "broken off")


class _Plain:
    """A body as it comes."""

    whole = True

    def feed(self, data: bytes, room: int) -> bytes:
        return data[:room]


class _Gunzip:
    """A gzip body (RFC 1952: members one after another), never more of it than there is room for."""

    def __init__(self) -> None:
        self._member = zlib.decompressobj(31)
        self._members = 0
        self.whole = True

    def feed(self, data: bytes, room: int) -> bytes:
        found = bytearray()
        while data and len(found) < room:
            try:
                found += self._member.decompress(data, room - len(found))
            except zlib.error:
                if not self._members:
                    raise
                return bytes(found)  # padding behind the last member, which browsers pass over too
            self.whole = self._member.eof
            data = self._member.unconsumed_tail
            if self._member.eof:
                data = self._member.unused_data
                self._member = zlib.decompressobj(31)
                self._members += 1
        return bytes(found)
