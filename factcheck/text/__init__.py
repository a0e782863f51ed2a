"""What was said: from a document's bytes to claims that still know where they came from."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from factcheck.text.decode import LARGEST, decode

if TYPE_CHECKING:
    from factcheck.text.checking import Flaw, pack_flaws, rule_flaws
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

_HOME = {
    "Flaw": "checking",
    "pack_flaws": "checking",
    "rule_flaws": "checking",
    "Calculation": "extraction",
    "Extraction": "extraction",
    "KnownReadings": "extraction",
    "ProposedReading": "extraction",
    "ProposedRelation": "extraction",
    "Reason": "extraction",
    "Region": "extraction",
    "Suggestion": "extraction",
    "Document": "formats",
    "maker": "formats",
    "read": "formats",
    "Entity": "packs",
    "Pack": "packs",
    "load_packs": "packs",
    "shipped_packs": "packs",
    "extract": "pipeline",
    "EXTRACTOR": "rules",
    "Rule": "rules",
    "rules_version": "rules",
    "shipped_rules": "rules",
    "Span": "spans",
    "GROUP": "stages",
    "SHIPPED": "stages",
    "Stages": "stages",
    "installed_stages": "stages",
}


def __getattr__(name: str) -> Any:
    """Load a public name when it is first used: a command that only resolves a time cuts no words."""
    if name not in _HOME:
        raise AttributeError(f"module 'factcheck.text' has no attribute {name!r}")
    return getattr(import_module(f"factcheck.text.{_HOME[name]}"), name)
