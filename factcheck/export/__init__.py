"""What we publish: a verified summary that says what was checked, by whom, and what was not."""

from factcheck.export.formats import DEFAULT_FORMATS, FORMATS, Format, render
from factcheck.export.jsonl import parse_jsonl, read_summary, to_jsonl
from factcheck.export.manifest import MANIFEST, Problem, listed
from factcheck.export.scope import Scope, gates
from factcheck.export.summarise import summarise
from factcheck.export.summary import RENDERER, Summary
from factcheck.export.verifying import verify

__all__ = [
    "DEFAULT_FORMATS",
    "FORMATS",
    "MANIFEST",
    "RENDERER",
    "Format",
    "Problem",
    "Scope",
    "Summary",
    "gates",
    "listed",
    "parse_jsonl",
    "read_summary",
    "render",
    "summarise",
    "to_jsonl",
    "verify",
]
