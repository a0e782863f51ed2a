"""What was written and not yet recorded: kept beside the index, so that leaving or crashing loses no sentence."""

import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path


class Drafts:
    """Answers by the name of their box. What cannot be written to disk is kept in memory."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / ".factcheck" / "drafts.json"
        self._kept: dict[str, dict[str, str]] = self._load()

    def __getitem__(self, name: str) -> dict[str, str]:
        return self._kept.get(name, {})

    def keep(self, name: str, answers: Mapping[str, str]) -> None:
        """Remember what was filled in."""
        if name and answers and self._kept.get(name) != answers:
            self._kept.pop(name, None)
            self._kept[name] = dict(answers)
            self._save()

    def latest(self, prefix: str) -> str:
        """The name of what was written last under a name that begins so; "" when nothing was."""
        return next((name for name in reversed(self._kept) if name.startswith(prefix)), "")

    def drop(self, name: str) -> None:
        """Forget it: it was recorded."""
        if self._kept.pop(name, None) is not None:
            self._save()

    def _load(self) -> dict[str, dict[str, str]]:
        with suppress(OSError, ValueError):
            found = json.loads(self._path.read_text("utf-8"))
            if isinstance(found, dict):
                return {
                    str(name): {str(k): str(v) for k, v in kept.items()}
                    for name, kept in found.items()
                    if isinstance(kept, dict)
                }
        return {}

    def _save(self) -> None:
        with suppress(OSError):
            fresh = self._path.with_name(".drafts.new")
            fresh.write_text(json.dumps(self._kept, ensure_ascii=False), "utf-8")
            fresh.replace(self._path)
