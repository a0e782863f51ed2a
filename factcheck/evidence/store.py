"""The shelf of a case: bytes under the name of their own SHA-256, whole or not there at all."""

import os
import stat
import threading
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from re import compile as pattern

from factcheck.errors import BadData, FactcheckError, Unavailable
from factcheck.files import cannot_write

LARGE = 5_000_000
"""Bytes above which a file goes to evidence/large, which git ignores."""

_SUFFIXES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "text/csv": ".csv",
    "text/xml": ".xml",
    "application/xml": ".xml",
    "application/json": ".json",
    "application/pdf": ".pdf",
    "application/zip": ".zip",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/warc": ".warc",
    "application/warc+gzip": ".warc.gz",
    "application/wacz": ".wacz",
    "text/vtt": ".vtt",
    "application/gzip": ".gz",
    "multipart/related": ".mhtml",
    "text/vtt": ".vtt",
    "application/x-subrip": ".srt",
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/gif": ".gif",
    "image/webp": ".webp",
}
_PATH = pattern(r"evidence/(?:large/)?([0-9a-f]{64})(?:\.[a-z0-9]{1,8}){0,2}")
_RESTORE = "restore it from a copy or from git, or capture the same file again; factcheck audit names every such file"


def _lies_here(_path: str, _sha256: str) -> None:
    """Everything lies in the folder of the case."""


class EvidenceStore:
    """`evidence/` of the case in `folder`. Only names that follow from the content are ever written.

    `bring` is asked before a file is read: it fetches one (path, SHA-256) that lies elsewhere only.
    """

    def __init__(self, folder: Path, bring: Callable[[str, str], object] = _lies_here) -> None:
        self._folder, self._bring = folder, bring

    def put(self, data: bytes, media_type: str) -> tuple[str, str]:
        """Keep bytes for good; gives their SHA-256 and their path inside the case.

        Content that is there already is left alone; a file whose bytes no longer fit its name is written
        anew, since the name says what belongs there. Raises what `cannot_write` makes of an OSError.
        """
        digest = sha256(data).hexdigest()
        shelf = "evidence/large" if len(data) > LARGE else "evidence"
        path = f"{shelf}/{digest}{suffix_of(media_type)}"
        target = self._folder / path
        try:
            if not _holds(target, digest):
                self._place(target, data)
            kept = _holds(target, digest)
        except OSError as error:
            raise cannot_write(target, error) from error
        if not kept:
            raise _unlike(target)
        return digest, path

    def _place(self, target: Path, data: bytes) -> None:
        self._make(target.parent)
        fresh = target.with_name(f".{target.name}.{os.getpid()}-{threading.get_ident()}.new")
        try:
            _write(fresh, data)
            fresh.replace(target)
        except OSError:
            with suppress(OSError):
                fresh.unlink()
            raise
        _sync(target.parent)

    def _make(self, shelf: Path) -> None:
        if not shelf.is_dir():
            shelf.mkdir(parents=True, exist_ok=True)
            _sync(shelf.parent)
            _sync(self._folder)

    def read(self, path: str, sha256: str) -> bytes:
        """The bytes of a capture. BadData when they are gone, changed, or when `path` is no name of ours."""
        name = _PATH.fullmatch(path)
        if name is None or name[1] != sha256:
            raise BadData(
                "this is not the name of a capture.",
                where=repr(path),
                seen=f"another name than evidence/{sha256[:64]}",
                remedy="run factcheck audit; the event that says so did not come from this program",
            )
        target = self._folder / path
        self._bring(path, sha256)
        data = _bytes(target)
        if _digest(data) != sha256:
            raise BadData(
                "the capture was changed.",
                where=str(target),
                seen=f"content with SHA-256 {_digest(data)}",
                remedy=_RESTORE,
            )
        return data


def suffix_of(media_type: str) -> str:
    """The file name's ending for a media type, whatever its parameters; .bin for what we do not know."""
    return _SUFFIXES.get(media_type.partition(";")[0].strip().lower(), ".bin")


def _digest(data: bytes) -> str:
    return sha256(data).hexdigest()


def _holds(target: Path, digest: str) -> bool:
    try:
        return _digest(_plain_bytes(target)) == digest
    except FileNotFoundError:
        return False


def _bytes(target: Path) -> bytes:
    try:
        return _plain_bytes(target)
    except FileNotFoundError as error:
        missing = BadData("the capture is gone.", where=str(target), seen="no such file", remedy=_RESTORE)
        raise missing from error
    except OSError as error:
        raise BadData(
            "the capture cannot be read.", where=str(target), seen=str(error.strerror), remedy=_RESTORE
        ) from error


def _plain_bytes(target: Path) -> bytes:
    """The content of a plain file; a link, a pipe or a folder of that name counts as no such file."""
    if not stat.S_ISREG(target.lstat().st_mode):
        raise FileNotFoundError(target)
    return target.read_bytes()


def _write(fresh: Path, data: bytes) -> None:
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o666)
    try:
        view = memoryview(data)
        while view:
            view = view[os.write(descriptor, view) :]
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _unlike(target: Path) -> FactcheckError:
    return Unavailable(
        "what was read back is not what was written; nothing was recorded.",
        where=str(target),
        seen="other bytes",
        remedy="check the disk, then repeat the command",
    )
