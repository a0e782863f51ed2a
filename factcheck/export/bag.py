"""A BagIt folder (RFC 8493): payload under data/, two manifests that sha256sum reads, and every way it can be wrong."""

import hashlib
import os
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from factcheck.export.manifest import Problem, manifest
from factcheck.files import read_plain

DECLARATION: Final = "bagit.txt"
INFO: Final = "bag-info.txt"
PAYLOAD: Final = "manifest-sha256.txt"
TAGS: Final = "tagmanifest-sha256.txt"
_DECLARED = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
_LINE = re.compile(r"([0-9a-f]{64})  ([^\\\x00-\x1f\x7f]+)")
_AGAIN = "get the bundle again from where it was published"


def bag(
    payload: Mapping[str, bytes], tags: Mapping[str, bytes], info: Sequence[tuple[str, str]]
) -> dict[str, bytes]:
    """The files of a bag by their paths. `payload` names lie below data/; the same values give the same bytes."""
    data = {f"data/{name}": each for name, each in payload.items()}
    oxum = f"{sum(map(len, data.values()))}.{len(data)}"
    lines = "".join(f"{name}: {value}\n" for name, value in [*info, ("Payload-Oxum", oxum)])
    beside = {DECLARATION: _DECLARED, INFO: lines.encode("utf-8"), PAYLOAD: manifest(data), **tags}
    return dict(sorted({**data, **beside, TAGS: manifest(beside)}.items()))


def read_info(folder: Path) -> dict[str, str]:
    """What bag-info.txt says; empty when it cannot be read."""
    try:
        text = read_plain(folder / INFO).decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return {}
    return {name: value for name, _, value in (line.partition(": ") for line in text.splitlines())}


def bag_problems(folder: Path) -> list[Problem]:
    """Hold a bag against both manifests: nothing missing, changed, extra or named twice, no links, no two names alike."""
    here = dict(_files(folder))
    if here.get(DECLARATION) is None or _bytes(here[DECLARATION]) != _DECLARED:
        return [Problem(DECLARATION, "it does not declare a bag of BagIt 1.0 in UTF-8", _AGAIN)]
    found, named = [], dict[str, str]()
    for name in (PAYLOAD, TAGS):
        problems, lines = _manifest(name, here)
        found += problems
        named |= lines
    found += _against(here, named)
    found += _alike([*here, *named])
    return [*found, *_oxum(folder, here)]


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    """Everything below a folder that is not a folder itself; links are named, never followed."""
    for root, folders, files in os.walk(folder):
        linked = [each for each in folders if (Path(root) / each).is_symlink()]
        for name in sorted([*files, *linked]):
            path = Path(root) / name
            yield path.relative_to(folder).as_posix(), path


def _manifest(name: str, here: Mapping[str, Path]) -> tuple[list[Problem], dict[str, str]]:
    text = (_bytes(here[name]) or b"").decode("utf-8", "replace") if name in here else ""
    if not text:
        return [Problem(name, "there is no such manifest: half a bundle", _AGAIN)], {}
    problems, named = [], dict[str, str]()
    for number, line in enumerate(text.removesuffix("\n").split("\n"), start=1):
        match = _LINE.fullmatch(line)
        if match is None or not _belongs(name, match[2]):
            problems.append(
                Problem(f"{name}:{number}", f"not a line of this manifest: {line[:90]!r}", _AGAIN)
            )
        elif match[2] in named:
            problems.append(Problem(f"{name}:{number}", f"{match[2]} is named twice", _AGAIN))
        else:
            named[match[2]] = match[1]
    return problems, named


def _belongs(manifest_name: str, name: str) -> bool:
    """A payload manifest names what lies below data/, a tag manifest everything else but itself."""
    if any(part in {"", ".", ".."} for part in name.split("/")) or name == TAGS:
        return False
    return name.startswith("data/") == (manifest_name == PAYLOAD)


def _against(here: Mapping[str, Path], named: Mapping[str, str]) -> Iterator[Problem]:
    for name, sha256 in named.items():
        if name not in here:
            yield Problem(name, "a manifest names it, but it is missing", _AGAIN)
        elif here[name].is_symlink() or not here[name].is_file():
            yield Problem(
                name, "a link or no plain file: what is behind it is not part of the bundle", _AGAIN
            )
        elif (seen := _digest(here[name])) != sha256:
            yield Problem(name, f"changed: SHA-256 {seen[:16]}…, the manifest says {sha256[:16]}…", _AGAIN)
    for name in sorted(here.keys() - named.keys() - {TAGS}):
        yield Problem(name, "an extra file: no manifest names it", "remove it from the bundle")


def _alike(names: Iterable[str]) -> Iterator[Problem]:
    """Two names that some systems take for one: there one file would lie in the place of the other."""
    folded = Counter(unicodedata.normalize("NFC", each).casefold() for each in set(names))
    for name in sorted(set(names)):
        if folded[unicodedata.normalize("NFC", name).casefold()] > 1:
            yield Problem(name, "another name differs from it in case or composition only", _AGAIN)


def _oxum(folder: Path, here: Mapping[str, Path]) -> Iterator[Problem]:
    sizes = [path.lstat().st_size for name, path in here.items() if name.startswith("data/")]
    said, found = read_info(folder).get("Payload-Oxum", ""), f"{sum(sizes)}.{len(sizes)}"
    if said != found:
        yield Problem(INFO, f"Payload-Oxum {said or 'is not there'}, the payload is {found}", _AGAIN)


def _bytes(path: Path) -> bytes | None:
    try:
        return None if path.is_symlink() else read_plain(path)
    except OSError:
        return None


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
