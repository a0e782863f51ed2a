"""What was said: from a document's bytes to claims that still know where they came from."""

from factcheck.text.checking import Flaw, pack_flaws, rule_flaws
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
from factcheck.text.formats import Document, maker, read
from factcheck.text.packs import Entity, Pack, load_packs, shipped_packs
from factcheck.text.pipeline import extract
from factcheck.text.rules import EXTRACTOR, Rule, rules_version, shipped_rules
from factcheck.text.spans import Span
from factcheck.text.stages import GROUP, SHIPPED, Stages, installed_stages

__all__ = [
    "EXTRACTOR",
    "GROUP",
    "LARGEST",
    "SHIPPED",
    "Calculation",
    "Document",
    "Entity",
    "Extraction",
    "Flaw",
    "KnownReadings",
    "Pack",
    "ProposedReading",
    "ProposedRelation",
    "Reason",
    "Region",
    "Rule",
    "Span",
    "Stages",
    "Suggestion",
    "decode",
    "extract",
    "installed_stages",
    "load_packs",
    "maker",
    "pack_flaws",
    "read",
    "rule_flaws",
    "rules_version",
    "shipped_packs",
    "shipped_rules",
]
