"""What an audit found, on paper: one sheet for a person, and the claims that were drawn for a check by hand."""

from collections.abc import Iterator

import factcheck
from factcheck.audit import CHECKS, CheckResult, Report, Sample
from factcheck.export import RENDERER
from factcheck.labels import label
from factcheck.visible import visible

COLUMNS = 80
_CHECK, _STATUS, _COUNT = 14, 14, 8
_STATUSES = {
    "ok": "sheet.ok",
    "findings": "sheet.status_findings",
    "unverifiable": "sheet.status_unverifiable",
    "skipped": "sheet.skipped",
}


def sheet(report: Report, lang: str) -> list[str]:
    """The printed sheet, at most 80 cells wide; the same report gives the same sheet, for it looks at no clock."""
    return [
        label("sheet.title", lang),
        *_case(report, lang),
        *_headed(label("sheet.checks", lang), _checks(report, lang)),
        *_headed(label("sheet.findings", lang), _findings(report, lang)),
        *_headed(label("sheet.unverifiable", lang), _unverifiable(report, lang)),
        *_headed(label("sheet.never", lang), _wrapped(label("sheet.never_text", lang))),
    ]


def drawn(sample: Sample, lang: str) -> list[str]:
    """The claims of a draw, each with where it was said, what was found and in which files."""
    numbers = {"number": len(sample.claims), "of": sample.of}
    lines = [*_wrapped(label("sheet.sample", lang, **numbers)), *_wrapped(label("sheet.lot", lang), 2)]
    lines += [*_wrapped(f"seed {sample.seed}", 2), *_wrapped(f"root {sample.root}", 2)]
    for claim in sample.claims:
        lines += ["", *_wrapped(f"{claim.claim}  {claim.statement}", 4, first=0)]
        because = f": {claim.because}" if claim.because else ""
        lines += _wrapped(f"{label('sheet.verdict', lang)} {claim.verdict} ({claim.by}){because}", 4)
        for said in claim.mentions:
            place = f"{said.file or said.source} [{said.start}:{said.end}]"
            lines += _wrapped(f"{label('sheet.said', lang)} {place}", 4, first=2)
            lines += _wrapped(f"「{said.quote}」", 4)
        for found in claim.evidence:
            where = found.file or label("sheet.not_captured", lang)
            lines += _wrapped(f"{found.id} {label(f'stance.{found.stance}', lang)} {found.url}", 4, first=2)
            lines += _wrapped(where, 4)
            lines += _wrapped(f"「{found.quote}」", 4) if found.quote else []
    return lines


def _headed(title: str, lines: Iterator[str]) -> Iterator[str]:
    yield from ("", title, "-" * COLUMNS)
    yield from lines


def _case(report: Report, lang: str) -> Iterator[str]:
    about, head = report.about, report.head
    tool = label("sheet.tool", lang, version=factcheck.__version__, renderer=RENDERER)
    for name, value in (
        ("case", about.name),
        ("origin", about.origin),
        ("head", label("sheet.lines", lang, number=head.size)),
        ("root", head.root),
        ("newest", about.newest),
        ("by", tool),
    ):
        yield from _wrapped(_padded(label(f"sheet.{name}", lang), _CHECK) + (value or "?"), _CHECK, first=0)
    chosen = {check.name for check in report.checks}
    if left := [name for name in CHECKS if name not in chosen]:
        yield from _wrapped(label("sheet.left", lang, checks=", ".join(left)))


def _checks(report: Report, lang: str) -> Iterator[str]:
    for check in report.checks:
        status = _padded(label(_STATUSES[check.status], lang), _STATUS)
        start = _padded(check.name, _CHECK) + status + _padded(f"{check.checked}", _COUNT)
        yield from _wrapped(start + label(f"check.{check.name}", lang), _CHECK + _STATUS + _COUNT, first=0)


def _findings(report: Report, lang: str) -> Iterator[str]:
    if report.ok:
        yield from _wrapped(label("sheet.none", lang))
    for finding in report.findings:
        yield from _wrapped(f"{finding.check}: {finding.where}", 4, first=0)
        yield from _wrapped(finding.seen, 4)
        yield from _wrapped(f"→ {finding.do}", 4)


def _unverifiable(report: Report, lang: str) -> Iterator[str]:
    told = [check for check in report.checks if check.status in {"unverifiable", "skipped"} or check.note]
    if not told:
        yield from _wrapped(label("sheet.nothing", lang))
    for check in told:
        yield from _wrapped(f"{check.name}: {_why(check, lang)}", 4, first=0)


def _why(check: CheckResult, lang: str) -> str:
    return check.note or label("sheet.no_matter", lang)


def _wrapped(text: str, indent: int = 0, *, first: int | None = None) -> Iterator[str]:
    """Lines of at most 80 cells; those behind the first are indented, and so is the first, if not told otherwise."""
    from factcheck.tui.kinsoku import breaks

    text, start = visible(text), indent if first is None else first
    (_, end), *_ = breaks(text, COLUMNS - start)
    yield " " * start + text[:end]
    rest = text[end:].lstrip(" ")
    for a, b in breaks(rest, COLUMNS - indent) if rest else ():
        yield " " * indent + rest[a:b]


def _padded(text: str, columns: int) -> str:
    from factcheck.tui.kinsoku import width

    return text + " " * max(columns - width(text), 1)
