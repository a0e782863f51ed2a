"""The key of a desk: 32 bytes that only its user may read, made when they are first needed, never inside a case."""

import os
import re
import secrets
from collections.abc import Callable
from pathlib import Path

from factcheck.errors import BadData
from factcheck.files import cannot_write, read_plain, sync_folder


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
    """The seed in this file, 64 hex digits and a newline; None when there is no file. BadData for anything else."""
    remedy = "restore the file from a copy; without one move it away, and the desk makes a new key"
    try:
        text = read_plain(file, most=1000).decode("ascii", "replace")
    except FileNotFoundError:
        return None
    except OSError as error:
        raise BadData(
            "the desk's key cannot be read.", where=str(file), seen=str(error.strerror), remedy=remedy
        ) from error
    if not re.fullmatch(r"[0-9a-f]{64}\n", text):
        raise BadData("this is not a desk's key.", where=str(file), remedy=remedy)
    return bytes.fromhex(text)


def _make(file: Path, seed: bytes) -> None:
    """Put the whole file in its place in one step, unless somebody else's is there."""
    fresh = file.with_name(f".{secrets.token_hex(8)}.new")
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write(fresh, f"{seed.hex()}\n".encode())
        try:
            os.link(fresh, file)
        except FileExistsError:
            return
        finally:
            fresh.unlink()
        sync_folder(file.parent)
    except OSError as error:
        raise cannot_write(file, error) from error


def _write(file: Path, data: bytes) -> None:
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as opened:
        opened.write(data)
        opened.flush()
        os.fsync(opened.fileno())
