"""Where an export is put outside its case: it is always written, and whatever else was there under its names stays, beside it."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

from factcheck.errors import FactcheckError, Refused
from factcheck.files import cannot_write, keep_folder, read_plain

MANIFEST = "manifest-sha256.txt"
_PROBE = ".factcheck-probe"


def outside(place: Path, case: Path) -> Path:
    """The place that was named, its folder made if need be and found to be writable. Refused inside the case."""
    if place.resolve().is_relative_to(case.resolve()):
        raise Refused(
            "an export goes to a folder outside the case.", where=str(place), remedy="--to another folder"
        )
    folder = place.parent if is_zip(place) else place
    keep_folder(folder, {_PROBE: b""})
    (folder / _PROBE).unlink(missing_ok=True)
    return place


def is_zip(place: Path) -> bool:
    """True for a place that is to be one file."""
    return place.suffix.lower() == ".zip" and not place.is_dir()


def put(place: Path, files: Mapping[str, bytes], export: str = "") -> str:
    """Write an export, as one file where the place is a .zip. Returns where other files that lay there are now, or "".

    Those are files under the same names with other bytes, and all that the manifest of an earlier export names. Where it
    copies a recorded `export`, what fails says that this is recorded, and where it lies.
    """
    aside = ""
    try:
        if is_zip(place):
            from factcheck.export import zipped

            data = zipped(files)
            aside = _clear_file(place, data)
            keep_folder(place.parent, {place.name: data})
        else:
            aside = _clear(place, files)
            keep_folder(place, dict(files))
    except FactcheckError as error:
        if not export:
            raise
        raise _not_whole(export, error, aside) from error
    return aside


def _not_whole(export: str, error: FactcheckError, aside: str) -> FactcheckError:
    what = f"{export} is recorded and lies in exports/{export}; its copy is not whole."
    if aside:
        what = f"{export} is recorded and lies in exports/{export}; its copy is not whole; what lay there is now in {aside}."
    remedy = (
        "make room there, or name another place with --to, and repeat the command; nothing is recorded twice"
    )
    return type(error)(what, where=error.where, seen=error.seen or error.what.rstrip("."), remedy=remedy)


def _clear_file(place: Path, data: bytes) -> str:
    """The same for one file that is no zip of the same export."""
    try:
        was = read_plain(place) if place.exists() else data
        aside = "" if was == data else str(_aside(place, was))
        if aside:
            place.rename(aside)
    except OSError as error:
        raise cannot_write(place, error) from error
    return aside


def _clear(place: Path, files: Mapping[str, bytes]) -> str:
    """Move what is another export's, or nobody's, out of the way: into a folder beside, named by what it holds."""
    found = {
        name: data for name in _theirs(place, files) if (data := _bytes(place / name)) != files.get(name)
    }
    if not found:
        return ""
    digest = hashlib.sha256(b"".join(hashlib.sha256(each or b"").digest() for each in found.values()))
    aside = _aside(place, digest.digest())
    try:
        for name in found:
            (aside / name).parent.mkdir(parents=True, exist_ok=True)
            (place / name).rename(aside / name)
    except OSError as error:
        raise cannot_write(aside, error) from error
    return str(aside)


def _theirs(place: Path, files: Mapping[str, bytes]) -> list[str]:
    from factcheck.export import listed

    manifest = _bytes(place / MANIFEST)
    named = (listed(manifest) or {}) if manifest else {}
    return [
        name for name in sorted({*files, *named}) if (place / name).is_file() or (place / name).is_symlink()
    ]


def _bytes(path: Path) -> bytes | None:
    """The bytes of a plain file; None for all else."""
    try:
        return None if path.is_symlink() else read_plain(path)
    except OSError:
        return None


def _aside(place: Path, of: bytes) -> Path:
    name = f"{place.stem if is_zip(place) else place.name}.replaced-{hashlib.sha256(of).hexdigest()[:8]}"
    return place.with_name(f"{name}.zip" if is_zip(place) else name)
