"""What we publish: a verified summary that says what was checked, by whom, and what was not."""

from factcheck.export.bundle import Line, Material
from factcheck.export.formats import (
    BUNDLES,
    DEFAULT_FORMATS,
    FORMATS,
    Format,
    foreign,
    holds_captures,
    made_again,
    made_with,
    needs_texts,
    render,
)
from factcheck.export.jsonl import parse_jsonl, read_summary, to_jsonl
from factcheck.export.manifest import MANIFEST, Problem, listed
from factcheck.export.scope import Scope, gates, remarks
from factcheck.export.summarise import summarise
from factcheck.export.summary import RENDERER, UNCHANGED, Summary
from factcheck.export.verifying import verify
from factcheck.export.zipped import unzipped, zipped

__all__ = [
    "BUNDLES",
    "DEFAULT_FORMATS",
    "FORMATS",
    "MANIFEST",
    "RENDERER",
    "UNCHANGED",
    "Format",
    "Line",
    "Material",
    "Problem",
    "Scope",
    "Summary",
    "foreign",
    "gates",
    "holds_captures",
    "listed",
    "made_again",
    "made_with",
    "needs_texts",
    "parse_jsonl",
    "read_summary",
    "remarks",
    "render",
    "summarise",
    "to_jsonl",
    "unzipped",
    "verify",
    "zipped",
]
