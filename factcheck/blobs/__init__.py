"""Bytes that many desks share: put once under their own SHA-256, and checked against it whenever they are read."""

import re
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote

from factcheck.blobs.local import LocalBlobs
from factcheck.errors import Refused, Usage

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")
_FILE = re.compile(r"file://(?:localhost)?(/.*)", re.IGNORECASE)
_STEP = r"(?!\.{1,2}(?:/|$))[^/?#\x00-\x1f\x7f]+"
_BUCKET = re.compile(rf"s3://([a-z0-9][a-z0-9.-]{{1,61}}[a-z0-9])(?:/((?:{_STEP}/)*(?:{_STEP})?))?")


class Blobs(Protocol):
    """A place for bytes of any kind. A name is the SHA-256 of the content, 64 lowercase hexadecimal digits.

    A name of another form is BadData; a place that cannot be reached is Unavailable.
    """

    def put(self, data: bytes) -> str:
        """Keep bytes for good and give their SHA-256; done when they were read back.

        Content that is there stays as it is; BadData when it is not what its name says. Refused when it is too large.
        """
        ...

    def get(self, sha256: str) -> bytes:
        """The bytes of that name and no others: NotFound when nothing is there, BadData when it is something else."""
        ...

    def has(self, sha256: str) -> bool:
        """Whether something of that name is there; only `get` tells whether it is right."""
        ...

    def where(self, sha256: str) -> str:
        """The place as a person would look for it: a path, or an s3:// address."""
        ...


def open_blobs(url: str, *, begun: bool = False) -> Blobs:
    """The blobs at a folder, file:///folder or s3://bucket/prefix; Usage for anything else. Nothing is read yet.

    A folder that has to be `begun` (`begin_blobs`) is never made: where it is not mounted, others would not see what is put there.
    """
    if not url.strip() or "\0" in url:
        raise _unknown(repr(url))
    if not _SCHEME.match(url):
        return LocalBlobs(Path(url), begun=begun)
    if folder := _FILE.fullmatch(url):
        return LocalBlobs(Path(unquote(folder[1])), begun=begun)
    if place := _BUCKET.fullmatch(url):
        return _object_blobs(place[1], place[2] or "")
    raise _unknown(
        f"{url.partition(':')[0]}:..." if "@" in url else repr(url)
    )  # a password may stand before the @


def begin_blobs(url: str) -> None:
    """Make the folder that blobs will lie in, once; a bucket is made by who keeps the store."""
    blobs = open_blobs(url)
    if isinstance(blobs, LocalBlobs):
        blobs.begin()


def _unknown(seen: str) -> Usage:
    return Usage(
        "blobs cannot be kept there.", seen=seen, remedy="name a folder, file:///folder or s3://bucket/prefix"
    )


def _object_blobs(bucket: str, prefix: str) -> Blobs:
    try:
        from factcheck.blobs.objects import ObjectBlobs
    except ImportError as error:
        raise Refused(
            "blobs in an object store need obstore, which is not installed.",
            remedy="pip install 'factcheck-desk[server]'",
        ) from error
    return ObjectBlobs(bucket, prefix)
