"""The manifest of an export: the SHA-256 of every file, for sha256sum and for us."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

MANIFEST = "manifest-sha256.txt"
_LINE = re.compile(r"([0-9a-f]{64})  ([^\\\x00-\x1f\x7f]+)")
_AGAIN = "make the export again: factcheck export"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with an export: where, what was seen, what to do."""

    where: str
    seen: str
    do: str


def manifest(files: Mapping[str, bytes]) -> bytes:
    """One line per file, sorted by name, two spaces between (`sha256sum -c` reads it)."""
    lines = [f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files)]
    return "".join(lines).encode("utf-8")


def against_manifest(folder: Path) -> list[Problem]:
    """Hold the files of a folder against its manifest: changed, missing, extra, or no manifest at all."""
    path = folder / MANIFEST
    if not path.is_file() or path.is_symlink():
        return [Problem(MANIFEST, "no manifest", _AGAIN)]
    problems, named = _read(path.read_bytes())
    return [*problems, *_against_files(folder, named)]


def listed(data: bytes) -> dict[str, str] | None:
    """The files that a manifest names with the SHA-256 of each; None when it is no manifest of ours."""
    problems, named = _read(data)
    return None if problems else named


def _read(data: bytes) -> tuple[list[Problem], dict[str, str]]:
    problems: list[Problem] = []
    named: dict[str, str] = {}
    text = data.decode("utf-8", errors="replace")
    for number, line in enumerate(text.removesuffix("\n").split("\n"), start=1):
        match = _LINE.fullmatch(line)
        if match is None or match[2] in named or not _inside(match[2]):
            problems.append(
                Problem(f"{MANIFEST}:{number}", f"not a line of a manifest: {line[:80]!r}", _AGAIN)
            )
        else:
            named[match[2]] = match[1]
    return problems, named


def _inside(name: str) -> bool:
    return name != MANIFEST and all(part not in {"", ".", ".."} for part in name.split("/"))


def _against_files(folder: Path, named: Mapping[str, str]) -> Iterator[Problem]:
    found = (path for path in folder.rglob("*") if path.is_symlink() or not path.is_dir())
    present = {path.relative_to(folder).as_posix(): path for path in found}
    for name, digest in named.items():
        path = present.get(name)
        if path is None:
            yield Problem(name, "named in the manifest, but missing", _AGAIN)
        elif path.is_symlink() or not path.is_file():
            yield Problem(name, "not a plain file", "replace it by the file itself, or make the export again")
        elif (seen := _digest(path)) != digest:
            yield Problem(name, f"changed: sha256 {seen[:16]}…, not {digest[:16]}…", _AGAIN)
    for name in present.keys() - named.keys() - {MANIFEST}:
        if not _ignored(name):
            yield Problem(name, "not named in the manifest", "remove it from the folder")


def _ignored(name: str) -> bool:
    last = name.rsplit("/", 1)[-1]
    return name.startswith(".") or last.startswith((".", "README"))


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
