"""The bundled transcript and its pack, read once."""

from functools import cache
from pathlib import Path

import pytest

from factcheck.text import Extraction, Pack, decode, extract, load_packs, shipped_packs

ROOT = Path(__file__).parents[2]
FIXTURES = Path(__file__).parent / "fixtures"


@cache
def bundled_text() -> str:
    path = ROOT / "claims" / "jianying-ai.txt"
    return decode(path.read_bytes(), where=path.name)


@cache
def bundled_packs() -> tuple[Pack, ...]:
    return (*shipped_packs(), *load_packs([ROOT / "claims" / "packs" / "jianying.toml"]))


@cache
def bundled() -> Extraction:
    return extract(bundled_text(), packs=bundled_packs())


@cache
def fixture(name: str) -> tuple[str, Extraction]:
    text = decode((FIXTURES / name).read_bytes(), where=name)
    return text, extract(text, packs=shipped_packs())


@pytest.fixture
def source() -> str:
    return bundled_text()


@pytest.fixture
def found() -> Extraction:
    return bundled()
