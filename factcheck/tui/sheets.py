"""Which sheet an action lays over the desk."""

from collections.abc import Callable
from importlib import import_module

from factcheck.tui.desk import Desk
from factcheck.tui.sheet import Sheet

SHEETS: dict[str, tuple[str, str]] = {
    "relations": ("relations", "RelationsSheet"),
    "why": ("why", "WhySheet"),
    "readings": ("readings", "ReadingsSheet"),
    "coverage": ("covering", "CoverageSheet"),
    "dashboard": ("dashboard", "DashboardSheet"),
    "audit": ("timeline", "AuditSheet"),
    "export": ("publishing", "ExportSheet"),
    "members": ("members", "MembersSheet"),
    "palette": ("helping", "PaletteSheet"),
    "help": ("helping", "HelpSheet"),
}
"""The sheets, each with its module, which is loaded when the sheet is first laid: start-up is where people wait."""
PASSING = frozenset({"palette", "help"})
"""Sheets that nobody works on: no one comes back to them."""


def sheet_of(id: str) -> Callable[[Desk], Sheet]:
    """The sheet that an action lays over the desk."""
    module, name = SHEETS[id]
    made: Callable[[Desk], Sheet] = getattr(import_module(f"factcheck.tui.{module}"), name)
    return made
