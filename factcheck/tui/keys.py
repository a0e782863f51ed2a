"""Keys as an input method or a terminal sends them, and as the desk names them."""

import unicodedata

from textual import events
from textual.screen import Screen

from factcheck.actions import ACTIONS, Keys

_NAMES = {
    "space": "Space",
    "backspace": "Backspace",
    "delete": "Delete",
    "enter": "Enter",
    "ctrl+j": "Enter",
    "escape": "Esc",
    "tab": "Tab",
    "up": "Up",
    "down": "Down",
    "left": "Left",
    "right": "Right",
    "home": "Home",
    "end": "End",
    "pageup": "PgUp",
    "pagedown": "PgDn",
}
_MARKS = {"、": "/", "】": "]", "\u3000": " "}
"""What an input method sends for the keys / ] and Space."""
_SHORT = {"Backspace": "Bksp", "ctrl+p": "^P"}


def folded(event: events.Key) -> str:
    """The key's name; a full-width digit, letter or mark counts as the plain one."""
    character = _MARKS.get(event.character or "", event.character or "")
    if event.key in _NAMES:
        return _NAMES[event.key]
    if len(character) == 1 and character.isprintable():
        plain = unicodedata.normalize("NFKC", character)
        return "Space" if plain == " " else plain if len(plain) == 1 else event.key
    return event.key


def pass_on(screen: Screen[object], event: events.Key) -> None:
    """Give a key that was typed ahead to the screen it was meant for; it waits there until the screen is laid."""
    screen.post_message(events.Key(event.key, event.character))


def short(key: str) -> str:
    """The key as the hints write it."""
    return _SHORT.get(key, key)


def words_of(keys: Keys) -> dict[str, str]:
    """Every key by its place in a label: {key_undo} is the key that undoes."""
    return {f"key_{each.id}": short(keys.of(each.id)) for each in ACTIONS}
