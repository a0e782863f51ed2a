"""One file out of many and back: a zip that is the same every time, and one from strangers that is read with suspicion."""

import io
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, Final

from factcheck.errors import BadData
from factcheck.files import cannot_write

MOST_BYTES: Final = 2 << 30
MOST_RATIO: Final = 200
_SMALL = 1 << 20
_BLOCK = 1 << 20
_EPOCH = (1980, 1, 1, 0, 0, 0)
_LOCAL = struct.Struct("<4s22xHH")
_KNOWN = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
# What zipfile and zlib raise over a broken zip; BadZipFile, LargeZipFile and zlib.error have no common parent but Exception.
_UNREADABLE = (
    zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, struct.error,
    EOFError, OverflowError, ValueError, RuntimeError,
)  # fmt: skip
_AGAIN = "unpack it with a tool of yours if you trust it, and audit the folder"


def zipped(files: Mapping[str, bytes]) -> bytes:
    """A zip of these files: sorted, with one fixed date, stored as they are, since compressors differ by version."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.create_system, entry.external_attr = 3, 0o100644 << 16
            archive.writestr(entry, files[name])
    return whole.getvalue()


def unzipped(path: Path, folder: Path, *, most: int = MOST_BYTES) -> None:
    """Unpack a zip of strangers into an empty folder, file by file. BadData for anything that a bundle never holds.

    At most `most` bytes are written, whatever the zip says of its sizes.
    """
    try:
        with path.open("rb") as file, zipfile.ZipFile(file) as archive:
            entries = [each for each in archive.infolist() if not _is_folder(each)]
            _check(entries, file)
            left = most
            for entry in entries:
                left -= _unpack(archive, entry, folder / entry.filename, left)
    except _UNREADABLE as error:
        raise _bad("this is no zip that can be read.", path.name, str(error)[:120]) from error
    except OSError as error:
        raise cannot_write(folder, error) from error


def _check(entries: Sequence[zipfile.ZipInfo], file: IO[bytes]) -> None:
    for entry in entries:
        _check_name(entry)
        _check_kind(entry)
    _check_alike([entry.filename for entry in entries])
    _check_apart(sorted(entries, key=lambda each: each.header_offset), file)


def _is_folder(entry: zipfile.ZipInfo) -> bool:
    return entry.is_dir() and not entry.file_size


def _check_name(entry: zipfile.ZipInfo) -> None:
    name = entry.orig_filename
    if name.startswith("/") or "\\" in name or ":" in name.split("/")[0]:
        raise _bad("the zip names a file by an absolute path or a drive.", name)
    if any(part in {"", ".", ".."} for part in name.split("/")):
        raise _bad("the zip names a file that would lie outside its folder.", name)
    if not name.isprintable():
        raise _bad("the zip names a file with characters that cannot be shown.", ascii(name)[:200])


def _check_kind(entry: zipfile.ZipInfo) -> None:
    kind = entry.external_attr >> 28
    if kind not in {0, 0o10}:
        raise _bad("the zip holds a link or a device.", entry.filename)
    if entry.flag_bits & 0x41:
        raise _bad("the zip holds an encrypted file.", entry.filename)
    if entry.compress_type not in _KNOWN:
        raise _bad("the zip is compressed in a way that is not read here.", entry.filename)
    if entry.file_size > max(_SMALL, MOST_RATIO * entry.compress_size):
        raise _bad(
            "a file of the zip would grow beyond all measure.", entry.filename, f"{entry.file_size} bytes"
        )


def _check_alike(names: Sequence[str]) -> None:
    """No name twice, none that a system takes for another, and none that is a folder for another."""
    known: set[str] = set()
    folders: set[str] = set()
    for name in names:
        folded = unicodedata.normalize("NFC", name).casefold()
        parents = {folded[:n] for n, letter in enumerate(folded) if letter == "/"}
        if folded in known | folders or parents & known:
            raise _bad("the zip names two files alike.", name)
        known.add(folded)
        folders |= parents


def _check_apart(entries: Sequence[zipfile.ZipInfo], file: IO[bytes]) -> None:
    """Each entry has bytes of its own: overlapping ones are how a small zip becomes endless."""
    end = 0
    for entry in entries:
        if entry.header_offset < end:
            raise _bad("files of the zip overlap.", entry.filename)
        file.seek(entry.header_offset)
        mark, name, extra = _LOCAL.unpack(file.read(_LOCAL.size).ljust(_LOCAL.size, b"\0"))
        if mark != b"PK\x03\x04":
            raise _bad("the zip names a file that is not in it.", entry.filename)
        end = entry.header_offset + _LOCAL.size + name + extra + entry.compress_size


def _unpack(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, path: Path, left: int) -> int:
    """Write one file, counting what really comes out. Returns how many bytes that was."""
    size = 0
    path.parent.mkdir(parents=True, exist_ok=True)
    with archive.open(entry) as source, path.open("xb") as target:
        for block in _blocks(source):
            size += len(block)
            if size > left:
                raise _bad("the zip holds more than is read here.", entry.filename, f"more than {left} bytes")
            target.write(block)
    return size


def _blocks(source: IO[bytes]) -> Iterator[bytes]:
    while block := source.read(_BLOCK):
        yield block


def _bad(what: str, where: str, seen: str = "") -> BadData:
    return BadData(what, where=where, seen=seen, remedy=_AGAIN)
