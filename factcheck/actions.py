"""What a person can do at the desk: one registry of keys and commands that screens, help and palette are made from."""

from dataclasses import dataclass
from functools import cache

from factcheck.labels import label


@dataclass(frozen=True, slots=True)
class Action:
    """One act: its key, the command that does the same, the verb of the door ("" when nothing is recorded).

    `screen` is where the key works; `group` is where it stands in the help: triage, judge, evidence,
    look, move or desk.
    """

    id: str
    key: str
    command: str
    verb: str
    screen: str
    group: str

    def label(self, lang: str) -> str:
        """What it does, in a word or two."""
        return label(f"action.{self.id}", lang)


ACTIONS: tuple[Action, ...] = (
    Action("accept", "Space", "accept", "accept", "review", "triage"),
    Action("dismiss", "Backspace", "dismiss", "dismiss", "review", "triage"),
    Action("merge", "m", "merge", "merge", "review", "triage"),
    Action("split", "s", "split", "split", "review", "triage"),
    Action("reword", "w", "reword", "reword", "review", "triage"),
    Action("retype", "t", "retype", "retype", "review", "triage"),
    Action("add", "v", "add", "add", "review", "triage"),
    Action("mark", "x", "", "", "review", "triage"),
    Action("decide", "1-9", "decide", "decide", "review", "judge"),
    Action("rate", "f", "rate", "rate", "review", "judge"),
    Action("later", "0", "later", "later", "review", "judge"),
    Action("confirm", "C", "confirm", "confirm", "review", "judge"),
    Action("dispute", "D", "dispute", "dispute", "review", "judge"),
    Action("settle", "S", "settle", "settle", "review", "judge"),
    Action("reopen", "R", "reopen", "reopen", "review", "judge"),
    Action("undo", "u", "undo", "undo", "review", "judge"),
    Action("redo", "U", "redo", "redo", "review", "judge"),
    Action("evidence", "e", "attach", "attach", "review", "evidence"),
    Action("withdraw", "E", "withdraw", "withdraw", "review", "evidence"),
    Action("grade", "T", "grade", "grade", "review", "evidence"),
    Action("origins", "O", "join", "join", "review", "evidence"),
    Action("reanchor", "A", "reanchor", "reanchor", "review", "evidence"),
    Action("recheck", "K", "recheck", "recheck", "review", "evidence"),
    Action("corroborate", "B", "corroborate", "corroborate", "review", "evidence"),
    Action("open", "o", "open", "", "review", "evidence"),
    Action("copy", "y", "show", "", "review", "evidence"),
    Action("comment", "c", "note", "note", "review", "evidence"),
    Action("relations", "r", "show", "", "review", "look"),
    Action("relate", "l", "relate", "relate", "review", "look"),
    Action("calculate", "=", "calculate", "calculate", "review", "look"),
    Action("why", "i", "show", "", "review", "look"),
    Action("readings", "g", "read", "read", "review", "look"),
    Action("extract", "G", "ingest", "reextract", "review", "look"),
    Action("coverage", "V", "coverage", "", "review", "look"),
    Action("audit", "a", "audit", "audit", "review", "look"),
    Action("export", "X", "export", "export", "review", "look"),
    Action("next", "n", "next", "", "review", "move"),
    Action("previous", "p", "", "", "review", "move"),
    Action("down", "j", "", "", "review", "move"),
    Action("up", "k", "", "", "review", "move"),
    Action("page_down", "PgDn", "", "", "review", "move"),
    Action("page_up", "PgUp", "", "", "review", "move"),
    Action("first", "Home", "", "", "review", "move"),
    Action("last", "End", "", "", "review", "move"),
    Action("pane", "Tab", "", "", "review", "move"),
    Action("mention", "]", "", "", "review", "move"),
    Action("jump", ":", "show", "", "review", "move"),
    Action("filter", "/", "list", "", "review", "desk"),
    Action("zoom", "z", "", "", "review", "desk"),
    Action("theme", "Z", "", "", "review", "desk"),
    Action("person", "W", "whoami", "", "review", "desk"),
    Action("help", "?", "help", "", "review", "desk"),
    Action("palette", "ctrl+p", "", "", "review", "desk"),
    Action("quit", "q", "", "", "review", "desk"),
)

_ALSO = {"Down": "down", "Up": "up", "Delete": "dismiss", "ctrl+h": "dismiss", "ctrl+q": "quit"}


@cache
def action(id: str) -> Action:
    """The action of this id. KeyError when there is none."""
    return {each.id: each for each in ACTIONS}[id]


@cache
def by_key() -> dict[str, str]:
    """Which action each key starts: the named one, and those that an input method or a terminal sends instead."""
    return {each.key: each.id for each in ACTIONS} | _ALSO
