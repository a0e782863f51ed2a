"""What was written and not yet recorded: kept for the person who wrote it, so that leaving or crashing loses no sentence."""

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path


class Drafts:
    """Answers by the name of their box; `save` writes them down. What cannot be written to disk is kept in memory.

    `place` is the file of whoever sits here now: somebody else who sits down has drafts of their own.
    """

    def __init__(self, place: Callable[[], Path]) -> None:
        self._place = place
        self._of: dict[Path, dict[str, dict[str, str]]] = {}
        self._unsaved: set[Path] = set()

    def __getitem__(self, name: str) -> dict[str, str]:
        return self._kept().get(name, {})

    @property
    def unsaved(self) -> bool:
        """True while something is remembered here only."""
        return bool(self._unsaved)

    def keep(self, name: str, answers: Mapping[str, str]) -> None:
        """Remember what was filled in."""
        kept = self._kept()
        if name and answers and kept.get(name) != answers:
            kept.pop(name, None)
            kept[name] = dict(answers)
            self._unsaved.add(self._place())

    def latest(self, prefix: str) -> str:
        """The name of what was written last under a name that begins so; "" when nothing was."""
        return next((name for name in reversed(self._kept()) if name.startswith(prefix)), "")

    def drop(self, name: str) -> None:
        """Forget it: it was recorded."""
        if self._kept().pop(name, None) is not None:
            self._unsaved.add(self._place())
            self.save()

    def _kept(self) -> dict[str, dict[str, str]]:
        place = self._place()
        if place not in self._of:
            self._of[place] = _load(place)
        return self._of[place]

    def save(self) -> None:
        """Write down what is not written down yet."""
        while self._unsaved:
            place = self._unsaved.pop()
            with suppress(OSError):
                place.parent.mkdir(parents=True, exist_ok=True)
                fresh = place.with_suffix(".new")
                fresh.write_text(json.dumps(self._of[place], ensure_ascii=False), "utf-8")
                fresh.replace(place)


def _load(place: Path) -> dict[str, dict[str, str]]:
    with suppress(OSError, ValueError):
        found = json.loads(place.read_text("utf-8"))
        if isinstance(found, dict):
            return {
                str(name): {str(k): str(v) for k, v in kept.items()}
                for name, kept in found.items()
                if isinstance(kept, dict)
            }
    return {}
