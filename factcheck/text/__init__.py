"""What was said: from a document's bytes to claims that still know where they came from."""

from factcheck.text.decode import LARGEST, decode
from factcheck.text.extraction import (
    Calculation,
    Extraction,
    KnownReadings,
    ProposedReading,
    ProposedRelation,
    Reason,
    Region,
    Suggestion,
)
from factcheck.text.packs import Entity, Pack, load_packs, shipped_packs
from factcheck.text.pipeline import extract
from factcheck.text.rules import EXTRACTOR, Rule, rules_version
from factcheck.text.spans import Span

__all__ = [
    "EXTRACTOR",
    "LARGEST",
    "Calculation",
    "Entity",
    "Extraction",
    "KnownReadings",
    "Pack",
    "ProposedReading",
    "ProposedRelation",
    "Reason",
    "Region",
    "Rule",
    "Span",
    "Suggestion",
    "decode",
    "extract",
    "load_packs",
    "rules_version",
    "shipped_packs",
]
