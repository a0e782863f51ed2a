"""The word lists of data/rules/grammar.toml as compiled patterns."""

import re
import tomllib
from importlib import resources
from typing import Any

RULES = resources.files("factcheck").joinpath("data", "rules")


def _patterns(table: dict[str, list[str]]) -> dict[str, re.Pattern[str]]:
    return {
        key: re.compile("|".join(f"(?:{one})" for one in alternatives), re.IGNORECASE)
        for key, alternatives in table.items()
    }


TABLES: dict[str, Any] = tomllib.loads(RULES.joinpath("grammar.toml").read_text(encoding="utf-8"))

LAYOUT = _patterns(TABLES["layout"])
GRAMMAR = {language: _patterns(TABLES[language]) for language in ("zh", "en")}
"""Pattern by language and name: discourse, adverbial, condition, concession, ..."""


def is_word(word: str, language: str, name: str) -> bool:
    """Whether this is one of the words of that list, and nothing more."""
    return bool(GRAMMAR[language][name].fullmatch(word))
