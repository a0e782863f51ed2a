"""The key of this desk: 32 bytes in a file of one's own, made when they are first needed."""

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from factcheck.errors import BadData
from factcheck.files import cannot_write, read_plain


def desk_seed(file: Path, randomness: Callable[[int], bytes] = secrets.token_bytes) -> bytes:
    """The seed in this file, made there if there is none; who comes second takes the first one's. BadData for a broken file."""
    known = read_seed(file)
    if known is None:
        _make(file, randomness(32))
        known = read_seed(file)
    if known is None:
        raise BadData("the desk's key is gone again.", where=str(file), remedy="try again")
    return known


def read_seed(file: Path) -> bytes | None:
    """The key; None when there is none. BadData for a file that is not one."""
    try:
        text = read_plain(file, most=1000).decode("ascii").strip()
        seed = bytes.fromhex(text)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError) as error:
        raise _broken(file, type(error).__name__) from error
    if len(seed) != SIZE:
        raise _broken(file, f"{len(seed)} bytes")
    return seed


def desk_seed(file: Path, randomness: Callable[[int], bytes]) -> bytes:
    """The key, made when there is none. Two that make one at the same time end with the same."""
    known = read_seed(file)
    if known is not None:
        return known
    fresh = file.with_name(f".{file.name}.{randomness(8).hex()}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as handle:
            handle.write(randomness(SIZE).hex().encode("ascii") + b"\n")
            handle.flush()
            os.fsync(handle.fileno())
        with suppress(FileExistsError):
            os.link(fresh, file)
    except OSError as error:
        raise cannot_write(file, error) from error
    finally:
        fresh.unlink(missing_ok=True)
    made = read_seed(file)
    if made is None:
        raise _broken(file, "nothing")
    return made


def _broken(file: Path, seen: str) -> BadData:
    return BadData(
        "this is not the key of a desk.",
        where=str(file),
        seen=seen,
        remedy="restore the file, or move it away: a new key is then made, and announced anew",
    )
