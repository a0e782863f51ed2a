"""A bar for work that takes long: on stderr, only where a person looks at it."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from factcheck.labels import label

if TYPE_CHECKING:
    from rich.progress import TaskID

Told = Callable[[str, int, int], None]


@contextmanager
def bar(language: str, *, plain: bool) -> Iterator[Told]:
    """Something to tell of each step: its name (`progress.NAME` in the labels), how many are done, and of how many."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield _quiet
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True, no_color=plain or None), transient=True) as shown:
        begun: dict[str, TaskID] = {}

        def told(step: str, done: int, total: int) -> None:
            if step not in begun:
                begun[step] = shown.add_task(label(f"progress.{step}", language), total=total)
            shown.update(begun[step], completed=done)

        yield told


def _quiet(step: str, done: int, total: int) -> None:
    """Nobody looks on."""
