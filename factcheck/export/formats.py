"""The formats of an export: each is one pure function from the summary to the bytes of one file."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from factcheck.errors import Usage
from factcheck.export.annotations import annotations
from factcheck.export.bundle import FOLDER, Material, bundle
from factcheck.export.html import html
from factcheck.export.jsonl import jsonl
from factcheck.export.manifest import MANIFEST, manifest
from factcheck.export.markdown import markdown
from factcheck.export.summary import Summary


@dataclass(frozen=True, slots=True)
class Format:
    """The file a format writes, and how."""

    file: str
    write: Callable[[Summary], bytes]


FORMATS: dict[str, Format] = {
    "markdown": Format("report.md", markdown),
    "html": Format("report.html", html),
    "jsonl": Format("claims.jsonl", jsonl),
    "annotations": Format("annotations.jsonld", annotations),
}
DEFAULT_FORMATS = ("markdown", "html", "jsonl")
BUNDLES = {"bundle": False, "bundle-with-evidence": True}
"""The bundles, each with whether it holds the captured pages: other people's works, and personal data."""


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
    files = {each.file: each.write(summary) for name, each in FORMATS.items() if name in wanted}
    if bundles := wanted & BUNDLES.keys():
        if material is None:
            raise Usage(
                "a bundle is made of more than what is shown here.", remedy="factcheck export --format bundle"
            )
        reports = {each.file: files.get(each.file) or each.write(summary) for each in FORMATS.values()}
        bag = bundle(summary, reports, material(), evidence=any(BUNDLES[name] for name in bundles))
        files |= {f"{FOLDER}/{name}": data for name, data in bag.items()}
    return dict(sorted((files | {MANIFEST: manifest(files)}).items()))
