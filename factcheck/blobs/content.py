"""The name of a blob is the SHA-256 of its content: what follows from that wherever the bytes lie."""

import re
from hashlib import sha256

from factcheck.errors import BadData, NotFound, Refused, Unavailable

_NAME = re.compile(r"[0-9a-f]{64}")


def named(data: bytes, most: int) -> str:
    """The name of these bytes. Refused when they are more than `most`."""
    if len(data) > most:
        seen = f"{len(data)} bytes, at most {most} are kept"
        raise Refused(
            "this is too large to be kept as one blob.", seen=seen, remedy="give the part of it that matters"
        )
    return sha256(data).hexdigest()


def key_of(name: str) -> str:
    """sha256/ab/<64 hex>; BadData for whatever is not a SHA-256 in lowercase: it could lead anywhere."""
    if not _NAME.fullmatch(name):
        raise BadData(
            "this is not the name of a blob.",
            where=repr(name[:80]),
            seen="something else than 64 lowercase hexadecimal digits",
            remedy="run factcheck audit; this program did not write it",
        )
    return f"sha256/{name[:2]}/{name}"


def absent(place: str) -> NotFound:
    return NotFound(
        "there is no such blob.", where=place, remedy="put it back from a copy: the name is its SHA-256"
    )


def changed(place: str, seen: str) -> BadData:
    return BadData(
        "these are not the bytes that belong here.",
        where=place,
        seen=seen,
        remedy="move them away and put the right ones back from a copy: the name is their SHA-256",
    )


def oversized(place: str, size: int, most: int) -> BadData:
    return changed(place, f"{size} bytes, at most {most} are read")


def unkept(place: str, seen: str) -> Unavailable:
    return Unavailable(
        "what was read back is not what was written; nothing was recorded.",
        where=place,
        seen=seen,
        remedy="check the store, then repeat the command",
    )
