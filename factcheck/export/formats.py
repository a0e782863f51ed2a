"""The formats of an export: each is a pure function from the summary to the bytes of its files."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from factcheck.errors import Usage
from factcheck.export.annotations import annotations
from factcheck.export.bundle import FOLDER, Material, bundle
from factcheck.export.claimreview import FEED, claimreview
from factcheck.export.html import html
from factcheck.export.jsonl import jsonl
from factcheck.export.manifest import MANIFEST, manifest
from factcheck.export.markdown import markdown
from factcheck.export.minutes import minutes
from factcheck.export.summary import Summary
from factcheck.export.transcript import transcript


@dataclass(frozen=True, slots=True)
class Format:
    """The first of the files a format writes, and how all of them are written.

    `in_full`: it needs the sources themselves. `library`: names what made its bytes besides us ("weasyprint 66.0"), where
    another version of that makes others; such files are held against the manifest and not made again.
    """

    file: str
    write: Callable[[Summary], Mapping[str, bytes]]
    in_full: bool = False
    library: Callable[[], str] | None = None


def one(file: str, write: Callable[[Summary], bytes]) -> Format:
    """A format of one file."""
    return Format(file, lambda summary: {file: write(summary)})


FORMATS: dict[str, Format] = {
    "markdown": one("report.md", markdown),
    "html": one("report.html", html),
    "jsonl": one("claims.jsonl", jsonl),
    "transcript": Format("transcript.html", transcript, in_full=True),
    "summary": Format("summary.html", minutes, in_full=True),
    "claimreview": Format(FEED, claimreview),
    "annotations": one("annotations.jsonld", annotations),
}
DEFAULT_FORMATS = ("markdown", "html", "jsonl")
BUNDLES = {"bundle": False, "bundle-with-evidence": True}
"""The bundles, each with whether it holds the captured pages: other people's works, and personal data."""


def needs_texts(formats: Sequence[str]) -> bool:
    """True when one of the formats shows the sources in full; a bundle holds them anyway."""
    return any(name in BUNDLES or (name in FORMATS and FORMATS[name].in_full) for name in formats)


def render(
    summary: Summary, formats: Sequence[str], material: Callable[[], Material] | None = None
) -> dict[str, bytes]:
    """Every file of an export by its name, manifest included; a final one always holds claims.jsonl.

    `material` gives what a bundle holds besides the reports; it is asked for bundles only. Usage for a format that is
    not known. The same summary and material give the same bytes, always.
    """
    unknown = [name for name in formats if name not in {**FORMATS, **BUNDLES}]
    if unknown or not formats:
        known = ", ".join([*FORMATS, *BUNDLES])
        raise Usage(f"there is no format {', '.join(unknown) or 'named'}.", remedy=f"use one of {known}")
    wanted = {*formats} if summary.draft else {*formats, "jsonl"}
    files: dict[str, bytes] = {}
    for name in (name for name in FORMATS if name in wanted):
        files |= FORMATS[name].write(summary)
    if bundles := wanted & BUNDLES.keys():
        if material is None:
            raise Usage(
                "a bundle is made of more than what is shown here.", remedy="factcheck export --format bundle"
            )
        reports = made_again(summary, besides=files)
        bag = bundle(summary, reports, material(), evidence=any(BUNDLES[name] for name in bundles))
        files |= {f"{FOLDER}/{name}": data for name, data in bag.items()}
    return dict(sorted((files | {MANIFEST: manifest(files)}).items()))


def made_again(summary: Summary, *, besides: Mapping[str, bytes] | None = None) -> dict[str, bytes]:
    """The files of every format that depends on nothing but the summary, with those that were made already."""
    found = dict(besides or {})
    for each in FORMATS.values():
        if each.library is None and each.file not in found and (summary.texts or not each.in_full):
            found |= each.write(summary)
    return found
