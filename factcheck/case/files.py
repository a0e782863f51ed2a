"""Keeping bytes: a file is whole and durable, or not there at all."""

import os
from pathlib import Path

from factcheck.errors import Refused
from factcheck.ledger.file import cannot_write


def keep(path: Path, data: bytes) -> None:
    """Write a file durably under a temporary name, then give it its own. The same bytes again are fine."""
    if path.exists():
        if path.read_bytes() == data:
            return
        raise Refused("another file lies there.", where=str(path), remedy="rename it and repeat")
    fresh = path.with_name(f".{path.name[:80]}.new")
    try:
        with fresh.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        fresh.unlink(missing_ok=True)
        raise cannot_write(path, error) from error


def sync_folder(folder: Path) -> None:
    """Make a folder's list of names durable."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def keep_folder(folder: Path, files: dict[str, bytes]) -> None:
    """Write files into a folder, made if need be; what lies there under the same names is replaced."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in files.items():
            target = folder / name
            if target.exists() and target.read_bytes() == data:
                continue
            fresh = folder / f".{name}.new"
            with fresh.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(target)
        sync_folder(folder)
    except OSError as error:
        raise cannot_write(folder, error) from error
