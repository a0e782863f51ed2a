"""Check an export with nothing but its own folder: every file against the manifest, every report against the lines."""

from collections.abc import Iterator
from pathlib import Path

from factcheck.errors import BadData, NotFound
from factcheck.export.formats import FORMATS
from factcheck.export.jsonl import parse_jsonl, read_summary
from factcheck.export.manifest import MANIFEST, Problem, against_manifest
from factcheck.export.summary import RENDERER, UNCHANGED, Summary

LINES = FORMATS["jsonl"].file


def verify(folder: Path, *, rendered: bool = False) -> tuple[Problem, ...]:
    """Say what is wrong with an export; empty when nothing is. NotFound when there is no such folder.

    A report that was changed together with the manifest is still found, because it no longer follows from
    claims.jsonl (as long as this version wrote it). Who changes all three is found by the audit, which holds
    the export against the ledger; what it has rendered again, byte for byte, is held against the manifest alone.
    """
    if not folder.is_dir():
        raise NotFound("there is no such folder.", where=str(folder), remedy="name the folder of an export")
    problems = list(against_manifest(folder))
    if not rendered and (folder / MANIFEST).is_file() and (folder / LINES).is_file():
        problems += _against_lines(folder, {each.where for each in problems})
    return tuple(sorted(problems, key=lambda each: (each.where, each.seen)))


def _against_lines(folder: Path, known: set[str]) -> Iterator[Problem]:
    if LINES in known:
        return
    data = (folder / LINES).read_bytes()
    try:
        if _renderer(data) in {RENDERER, UNCHANGED}:
            differing = _differing(folder, read_summary(data))
            yield from (_differs(name) for name in differing if name not in known)
    except BadData as error:
        yield Problem(error.where, error.seen or error.what, error.remedy)
    except (
        LookupError,
        TypeError,
        AttributeError,
        ValueError,
    ) as error:  # words of ours that the lines do not know
        yield Problem(
            LINES, f"it cannot be shown ({str(error)[:80]})", "make the export again: factcheck export"
        )


def _renderer(data: bytes) -> str:
    """Which version wrote the lines; another version's reports cannot be made again here."""
    lines = parse_jsonl(data)
    return str(lines[0].get("renderer", "")) if lines else RENDERER


def _differing(folder: Path, summary: Summary) -> Iterator[str]:
    if summary.renderer != summary.rendered_by:
        return
    for each in FORMATS.values():
        if each.file == LINES or each.made_by or not (folder / each.file).is_file():
            continue
        if each.in_full and not summary.texts:
            continue
        for name, data in each.write(summary).items():
            path = folder / name
            if path.is_file() and path.read_bytes() != data:
                yield name


def _differs(name: str) -> Problem:
    return Problem(name, f"does not say what {LINES} says", "make the export again: factcheck export")
