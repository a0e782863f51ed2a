"""Bytes on disk: read only from plain files, written whole and durable or not at all, never through a link."""

import errno
import os
import secrets
import stat
from pathlib import Path

from factcheck.errors import BadData, FactcheckError, NotFound, Refused, Unavailable

# Not every system has these; where one is missing, links and pipes are told by what `stat` says alone.
_NO_WAIT = getattr(os, "O_NONBLOCK", 0)
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)


def read_plain(path: Path, *, most: int = 1 << 40) -> bytes:
    """The bytes of a plain file. OSError for what is none (a pipe would never end) or is longer than `most`."""
    descriptor = os.open(path, os.O_RDONLY | _NO_WAIT)
    with os.fdopen(descriptor, "rb") as file:
        about = os.fstat(descriptor)
        if not stat.S_ISREG(about.st_mode):
            raise OSError(errno.EINVAL, "not a plain file", str(path))
        if about.st_size > most:
            raise OSError(errno.EFBIG, f"{about.st_size} bytes, at most {most} are read", str(path))
        return file.read()


def replace_file(path: Path, data: bytes, *, durable: bool = True) -> None:
    """Put bytes in the place of `path` in one step (OSError). Nothing is ever written through a link."""
    fresh = path.with_name(f".{secrets.token_hex(8)}.new")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NO_LINK, 0o666)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            if durable:
                os.fsync(file.fileno())
        fresh.replace(path)
    except OSError:
        fresh.unlink(missing_ok=True)
        raise


def keep(path: Path, data: bytes) -> None:
    """Write a new file durably. The same bytes again are fine; other bytes of that name are Refused."""
    try:
        own_folder(path.parent)
        if path.is_symlink() or path.exists():
            if not path.is_symlink() and read_plain(path) == data:
                return
            raise Refused("another file lies there.", where=str(path), remedy="rename it and repeat")
        replace_file(path, data)
        sync_folder(path.parent)
    except OSError as error:
        raise cannot_write(path, error) from error


def keep_folder(folder: Path, files: dict[str, bytes]) -> None:
    """Write files into a folder and folders in it, made if need be; what lies there under the same names is replaced."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for below in sorted({each for name in files for each in Path(name).parents} - {Path()}):
            own_folder(folder / below)
            (folder / below).mkdir(exist_ok=True)
        for name, data in files.items():
            replace_file(folder / name, data)
        sync_folder(folder)
    except OSError as error:
        raise cannot_write(folder, error) from error


def own_folder(folder: Path) -> None:
    """Refused when a folder of the case is a link: writing would land somewhere else."""
    if folder.is_symlink():
        raise Refused("this folder is a link.", where=str(folder), remedy="put a real folder in its place")


def sync_folder(folder: Path) -> None:
    """Make a folder's list of names durable."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def cannot_write(path: Path, error: OSError) -> FactcheckError:
    """The sentence for a file that cannot be written, by what the system said."""
    seen = os.strerror(error.errno) if error.errno else str(error)
    if error.errno in {errno.EROFS, errno.EACCES, errno.EPERM}:
        remedy = "copy the case to a folder of yours, or ask for the right to write"
        return Refused("this place cannot be written.", where=str(path), seen=seen, remedy=remedy)
    if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
        remedy = "free some space and repeat the command"
        return Unavailable(
            "the disk is full; nothing was recorded.", where=str(path), seen=seen, remedy=remedy
        )
    if error.errno in {
        errno.ENOTDIR,
        errno.EISDIR,
        errno.EEXIST,
        errno.ENAMETOOLONG,
        errno.ELOOP,
        errno.EINVAL,
    }:
        return Refused(
            "this place cannot be written.", where=str(path), seen=seen, remedy="name another place"
        )
    return Unavailable(
        "writing failed; nothing was recorded.", where=str(path), seen=seen, remedy="try again"
    )


LARGEST_FILE = 256 * 1024 * 1024


def read_document(document: Path) -> bytes:
    """The bytes of a file that somebody names. NotFound or BadData in a sentence."""
    try:
        return read_plain(document, most=LARGEST_FILE)
    except FileNotFoundError as error:
        raise NotFound("there is no such file.", where=str(document), remedy="check the name") from error
    except OSError as error:
        remedy = "give a plain file, or the part of it that matters"
        raise BadData(
            "this file cannot be read.", where=str(document), seen=str(error.strerror), remedy=remedy
        ) from error


def case_folder(start: Path) -> Path:
    """The first folder from `start` upwards that holds claims/ledger.jsonl."""
    start = start.absolute()
    for folder in (start, *start.parents):
        if (folder / "claims" / "ledger.jsonl").is_file():
            return folder
    raise NotFound(
        "no case here or above.", where=str(start), remedy="factcheck init, factcheck demo, or --case DIR"
    )
