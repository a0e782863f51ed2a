"""The formats of an export: each is a pure function from the summary to the bytes of its files."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from factcheck.errors import Usage
from factcheck.export import archive, docx, pdf
from factcheck.export.annotations import annotations
from factcheck.export.bundle import FOLDER, Material, bundle
from factcheck.export.claimreview import FEED, claimreview
from factcheck.export.html import html
from factcheck.export.jsonl import jsonl
from factcheck.export.manifest import MANIFEST, manifest
from factcheck.export.markdown import markdown
from factcheck.export.minutes import minutes
from factcheck.export.summary import Summary
from factcheck.export.table import table
from factcheck.export.transcript import transcript
from factcheck.plugins import Plugin, called, failed, further


@dataclass(frozen=True, slots=True)
class Format:
    """The first of the files a format writes, and how all of them are written.

    `in_full`: it needs the sources themselves. `made_by`: names what made its bytes besides us ("weasyprint 66.0"), where
    another version of that makes others; such a file is held against the manifest and not made again.
    """

    file: str
    write: Callable[[Summary], Mapping[str, bytes]]
    in_full: bool = False
    made_by: Callable[[], str] | None = None


def one(file: str, write: Callable[[Summary], bytes], *, made_by: Callable[[], str] | None = None) -> Format:
    """A format of one file."""
    return Format(file, lambda summary: {file: write(summary)}, made_by=made_by)


FORMATS: dict[str, Format] = {
    "markdown": one("report.md", markdown),
    "html": one("report.html", html),
    "jsonl": one("claims.jsonl", jsonl),
    "transcript": Format("transcript.html", transcript, in_full=True),
    "summary": Format("summary.html", minutes, in_full=True),
    "claimreview": Format(FEED, claimreview),
    "annotations": one("annotations.jsonld", annotations),
    "csv": Format("claims.csv", table),
    "pdf": one("report.pdf", pdf.pdf, made_by=pdf.maker),
    "docx": one("report.docx", docx.docx, made_by=docx.maker),
}
DEFAULT_FORMATS = ("markdown", "html", "jsonl")
ARCHIVE = "wacz"
"""The captured pages themselves: other people's works, and personal data. Made of the case's files, so only when asked for."""
BUNDLES = {"bundle": False, "bundle-with-evidence": True}
"""The bundles, each with whether it holds the captured pages."""
KNOWN = (*FORMATS, ARCHIVE, *BUNDLES)


EXPORTERS = "factcheck.exporters"
"""The group of entry points of other people's formats: name = a function from the summary to the bytes of report.<name>."""
_OTHERS = re.compile(r"[a-z][a-z0-9]{1,19}")


def _by_plugin(name: str) -> Format:
    """A format of somebody else's distribution, loaded when it writes; its bytes are not made again by an audit."""

    def found() -> Plugin:
        plugin = further(EXPORTERS, name)
        if plugin is None:
            raise _unknown([name])
        return plugin

    def write(summary: Summary) -> dict[str, bytes]:
        plugin = found()
        made = called(plugin, summary)
        if not isinstance(made, bytes):
            raise failed(str(plugin), f"it returned {type(made).__name__}, not bytes")
        return {f"report.{name}": made}

    return Format(f"report.{name}", write, made_by=lambda: f"{(it := found())} sha256 {it.sha256}")


def known(formats: Iterable[str]) -> dict[str, Format]:
    """Our formats, and of these names those that may be somebody else's."""
    taken = {*KNOWN, *(each.file.rpartition(".")[2] for each in FORMATS.values())}
    others = [name for name in formats if name not in taken and _OTHERS.fullmatch(name)]
    return FORMATS | {name: _by_plugin(name) for name in others}


def needs_texts(formats: Sequence[str]) -> bool:
    """True when one of the formats shows the sources in full; a bundle holds them anyway."""
    return any(name in BUNDLES or (name in FORMATS and FORMATS[name].in_full) for name in formats)


def holds_captures(formats: Sequence[str]) -> bool:
    """True when one of the formats holds the captured pages themselves."""
    return any(name == ARCHIVE or BUNDLES.get(name, False) for name in formats)


def foreign(formats: Iterable[str]) -> dict[str, str]:
    """The files, each with its format, whose bytes are also a library's: another version of it makes others."""
    found = known(names := tuple(formats))
    return {found[name].file: name for name in names if name in found and found[name].made_by}


def made_with(formats: Sequence[str]) -> tuple[str, ...]:
    """What made such files here: "pdf weasyprint 66.0"."""
    found = ((name, each.made_by) for name, each in known(formats).items() if name in formats)
    return tuple(f"{name} {made_by()}" for name, made_by in found if made_by)


def render(
    summary: Summary,
    formats: Sequence[str],
    material: Callable[[], Material] | None = None,
    *,
    held: Mapping[str, bytes] | None = None,
) -> dict[str, bytes]:
    """Every file of an export by its name, manifest included; a final one always holds claims.jsonl.

    `material` gives what a bundle or an archive holds besides the reports; it is asked for them only. `held` are files
    that were made before and are taken as they are. Usage for a format that is not known. The same summary and material
    give the same bytes, always; those of `foreign` formats, as long as the library is the same.
    """
    here = known(formats)
    strange = [name for name in formats if name not in here and name not in KNOWN]
    if strange or not formats:
        raise _unknown(strange)
    wanted = {*formats} if summary.draft else {*formats, "jsonl"}
    files = dict(held or {})
    for each in (each for name, each in here.items() if name in wanted and each.file not in files):
        files |= each.write(summary)
    bundles = wanted & BUNDLES.keys()
    if ARCHIVE in wanted or bundles:
        files |= _of_files(summary, files, wanted, _given(material, bundled=bool(bundles)))
    return dict(sorted((files | {MANIFEST: manifest(files)}).items()))


def _unknown(names: Sequence[str]) -> Usage:
    known_names = ", ".join(KNOWN)
    return Usage(f"there is no format {', '.join(names) or 'named'}.", remedy=f"use one of {known_names}")


def _given(material: Callable[[], Material] | None, *, bundled: bool) -> Material:
    if material is not None:
        return material()
    if bundled:
        raise Usage(
            "a bundle is made of more than what is shown here.", remedy="factcheck export --format bundle"
        )
    raise Usage(
        "an archive of captures is made of more than what is shown here.",
        remedy="factcheck export --format wacz",
    )


def _of_files(
    summary: Summary, made: Mapping[str, bytes], wanted: set[str], material: Material
) -> dict[str, bytes]:
    """The archive of the captures, and the bundle, which takes it in only together with the evidence."""
    captures = {archive.FILE: archive.archive(summary, material)} if ARCHIVE in wanted else {}
    bundles = wanted & BUNDLES.keys()
    if not bundles:
        return captures
    evidence = any(BUNDLES[name] for name in bundles)
    others = {each.file for name, each in known(wanted).items() if name not in FORMATS}
    ours = {name: data for name, data in made.items() if name not in others}
    reports = made_again(summary, besides={**ours, **(captures if evidence else {})})
    bag = bundle(summary, reports, material, evidence=evidence)
    return captures | {f"{FOLDER}/{name}": data for name, data in bag.items()}


def made_again(summary: Summary, *, besides: Mapping[str, bytes] | None = None) -> dict[str, bytes]:
    """The files of every format that depends on nothing but the summary, with those that were made already."""
    found = dict(besides or {})
    for each in FORMATS.values():
        if each.made_by is None and each.file not in found and (summary.texts or not each.in_full):
            found |= each.write(summary)
    return found
