"""What a person can do at the desk: one registry of keys and commands that screens, help and palette are made from."""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from factcheck import config
from factcheck.errors import BadData
from factcheck.labels import label


@dataclass(frozen=True, slots=True)
class Action:
    """One act: its key, the command that does the same, the verb of the door ("" when nothing is recorded).

    `screen` is where the key works: review, or one of the sheets; `group` is where it stands in the help: triage,
    judge, evidence, look, share, move or desk.
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


def _review(group: str, *rows: tuple[str, str, str, str]) -> tuple[Action, ...]:
    return tuple(Action(name, key, command, verb, "review", group) for name, key, command, verb in rows)


def _sheet(screen: str, *rows: tuple[str, str, str, str]) -> tuple[Action, ...]:
    return tuple(
        Action(f"{screen}_{name}", key, command, verb, screen, "sheet") for name, key, command, verb in rows
    )


# id, key, command, verb of the door
ACTIONS: tuple[Action, ...] = (
    *_review(
        "triage",
        ("accept", "Space", "accept", "accept"),
        ("dismiss", "Backspace", "dismiss", "dismiss"),
        ("merge", "m", "merge", "merge"),
        ("split", "s", "split", "split"),
        ("reword", "w", "reword", "reword"),
        ("retype", "t", "retype", "retype"),
        ("add", "v", "add", "add"),
        ("mark", "x", "", ""),
    ),
    *_review(
        "judge",
        ("decide", "1-9", "decide", "decide"),
        ("rate", "f", "rate", "rate"),
        ("later", "0", "later", "later"),
        ("confirm", "C", "confirm", "confirm"),
        ("dispute", "D", "dispute", "dispute"),
        ("settle", "S", "settle", "settle"),
        ("reopen", "R", "reopen", "reopen"),
        ("correct", "F", "correct", "correct"),
        ("undo", "u", "undo", "undo"),
        ("redo", "U", "redo", "redo"),
    ),
    *_review(
        "evidence",
        ("evidence", "e", "attach", "attach"),
        ("withdraw", "E", "withdraw", "withdraw"),
        ("grade", "T", "grade", "grade"),
        ("origins", "O", "join", "join"),
        ("reanchor", "A", "reanchor", "reanchor"),
        ("recheck", "K", "recheck", "recheck"),
        ("corroborate", "B", "corroborate", "corroborate"),
        ("withhold", "h", "withhold", "withhold"),
        ("open", "o", "open", ""),
        ("copy", "y", "show", ""),
        ("comment", "c", "note", "note"),
    ),
    *_review(
        "look",
        ("dashboard", "d", "status", ""),
        ("relations", "r", "show", ""),
        ("relate", "l", "relate", "relate"),
        ("calculate", "=", "calculate", "calculate"),
        ("why", "i", "show", ""),
        ("readings", "g", "read", "read"),
        ("extract", "G", "ingest", "reextract"),
        ("coverage", "V", "coverage", ""),
        ("audit", "a", "audit", "audit"),
        ("export", "X", "export", "export"),
    ),
    *_review(
        "share",
        ("assign", "b", "assign", "assign"),
        ("ask", "Q", "ask", "ask"),
        ("answer", "Y", "answer", "answer"),
        ("due", "H", "due", "schedule"),
        ("members", "M", "members", "set_policy"),
        ("ingest", "I", "ingest", "ingest"),
        ("date", "L", "date", "date"),
        ("propose", "P", "propose", "propose"),
        ("sign", "N", "sign", "sign"),
    ),
    *_review(
        "move",
        ("next", "n", "next", ""),
        ("previous", "p", "", ""),
        ("down", "j", "", ""),
        ("up", "k", "", ""),
        ("page_down", "PgDn", "", ""),
        ("page_up", "PgUp", "", ""),
        ("first", "Home", "", ""),
        ("last", "End", "", ""),
        ("pane", "Tab", "", ""),
        ("mention", "]", "", ""),
        ("jump", ":", "show", ""),
    ),
    *_review(
        "desk",
        ("filter", "/", "list", ""),
        ("zoom", "z", "", ""),
        ("theme", "Z", "", ""),
        ("person", "W", "whoami", ""),
        ("help", "?", "help", ""),
        ("palette", "ctrl+p", "", ""),
        ("quit", "q", "", ""),
    ),
    *_sheet("palette", ("do", "Enter", "", "")),
    *_sheet(
        "relations",
        ("go", "Enter", "show", ""),
        ("take", "Space", "relate", "relate"),
        ("drop", "Backspace", "unrelate", "unrelate"),
        ("merge", "m", "merge", "merge"),
        ("calculate", "=", "calculate", ""),
    ),
    *_sheet(
        "readings",
        ("take", "Space", "read", "read"),
        ("drop", "Backspace", "reject", "reject"),
    ),
    *_sheet(
        "coverage",
        ("open", "Enter", "add", ""),
        ("view", "/", "coverage", ""),
        ("source", "Tab", "coverage", ""),
    ),
    *_sheet(
        "dashboard",
        ("open", "Enter", "show", ""),
        ("report", "w", "work", "report_work"),
    ),
    *_sheet(
        "audit",
        ("past", "Enter", "show", ""),
        ("view", "Tab", "trail", ""),
        ("witness", "w", "witness", "witness"),
        ("object", "o", "object", "raise_objection"),
        ("forget", "f", "ledger", "forget_head"),
    ),
    *_sheet(
        "export",
        ("draft", "1", "export", "export"),
        ("final", "2", "export", "export"),
        ("view", "Tab", "export", ""),
        ("foreword", "w", "foreword", "write_foreword"),
        ("publisher", "p", "publisher", "name_publisher"),
        ("template", "t", "template", "adopt_template"),
    ),
    *_sheet(
        "members",
        ("switch", "Enter", "policy", "set_policy"),
        ("add", "+", "members", "add_member"),
        ("revoke", "Backspace", "members", "revoke_member"),
        ("scale", "s", "scale", "adopt_scale"),
        ("adopt", "a", "ledger", "adopt"),
        ("key", "K", "signers", "add_signer"),
        ("desk", "D", "signers", "add_desk"),
    ),
)

FIXED = frozenset({"Enter", "Esc", "Tab", "Up", "Down", "Left", "Right", *"0123456789"})
"""Keys of the golden path: what they do is never changed."""
NAMED = FIXED | {"Space", "Backspace", "Delete", "PgDn", "PgUp", "Home", "End"}
_ALSO = {"Down": "down", "Up": "up", "Delete": "dismiss", "ctrl+h": "dismiss", "ctrl+q": "quit"}
_TOO = {"Delete": "Backspace", "ctrl+h": "Backspace"}
"""What a terminal may send for the same key on a sheet."""
_CHORD = re.compile(r"ctrl\+[a-z]|f[1-9][0-2]?")


@cache
def action(id: str) -> Action:
    """The action of this id. KeyError when there is none."""
    return {each.id: each for each in ACTIONS}[id]


ABOUT_THE_CASE = frozenset(
    {"undo", "redo", "dashboard", "readings", "extract", "coverage", "audit", "export"}
    | {"members", "ingest", "date", "propose", "sign"}
)
"""What can be done where no claim is open, beside moving about."""


def about_a_claim(id: str) -> bool:
    """True for an action that needs an open claim."""
    return action(id).group not in {"move", "desk"} and id not in ABOUT_THE_CASE


class Keys:
    """Which key starts which action: the shipped ones, with what a person has put in their place."""

    def __init__(self, own: Mapping[str, str] | None = None) -> None:
        self.own = dict(own or {})
        self._screens: dict[str, dict[str, str]] = defaultdict(dict)
        for each in ACTIONS:
            self._screens[each.screen][self.of(each.id)] = each.id

    def of(self, id: str) -> str:
        """The key of an action. KeyError when there is none of this id."""
        return self.own.get(id) or action(id).key

    def started(self, key: str, screen: str = "review") -> str:
        """The action that a key starts on a screen; "" when it starts none."""
        keys = self._screens[screen]
        found = keys.get(key) or keys.get(_TOO.get(key, ""), "")
        return found or (_ALSO.get(key, "") if screen == "review" else "")

    def clashes(self) -> list[tuple[str, str, str]]:
        """A key and the two actions of one screen that it would both start."""
        found: list[tuple[str, str, str]] = []
        seen: dict[tuple[str, str], str] = {}
        for each in ACTIONS:
            place = (each.screen, self.of(each.id))
            if place in seen:
                found.append((place[1], seen[place], each.id))
            seen.setdefault(place, each.id)
        return found


def keys_file(environ: Mapping[str, str]) -> Path:
    """Where a person puts other keys: lines such as accept = "a"."""
    return config.user_config_file(environ).with_name("keys.toml")


def keys(environ: Mapping[str, str]) -> Keys:
    """The keys of this person. BadData, with file and line, for what is no action, no key, or starts two actions."""
    file = keys_file(environ)
    own = config.table(file)
    for name, key in own.items():
        wrong = _wrong(name, key)
        if wrong:
            raise _broken(file, name, *wrong)
    found = Keys(own)
    for key, one, two in found.clashes():
        at = two if two in own else one
        raise _broken(file, at, f"{key} would start both {one} and {two}.", "give one of them another key")
    return found


def _wrong(id: str, key: object) -> tuple[str, str] | None:
    """What is the matter with a line, and what to do; None when it may stand."""
    known = next((each for each in ACTIONS if each.id == id), None)
    if known is None:
        return f"there is no action {id!r}.", "factcheck keys lists them"
    if known.key in FIXED or known.key == "1-9":
        return f"the key of {id} is part of the path that always works.", "leave the line out"
    if not isinstance(key, str) or not _is_key(key):
        return f"{key!r} is no key.", "write one character, Space, Backspace, PgDn, ctrl+x or f5"
    return (f"{key} always does the same.", "choose another key") if key in FIXED else None


def _is_key(key: str) -> bool:
    return key in NAMED or (len(key) == 1 and key.isprintable() and key != " ") or bool(_CHORD.fullmatch(key))


def _broken(file: Path, id: str, what: str, remedy: str) -> BadData:
    line = next((n for n, each in enumerate(config.lines(file), 1) if id in each.partition("=")[0]), 1)
    return BadData(what, where=f"{file}:{line}", remedy=remedy)
