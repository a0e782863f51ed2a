"""The stages of extraction, each a function between frozen values that a plug-in may stand in for."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields, replace
from functools import partial
from typing import Any, TypeVar

from factcheck import plugins
from factcheck.plugins import Plugin
from factcheck.text.calculations import calculations
from factcheck.text.candidates import candidates
from factcheck.text.clauses import Sentence, sentences
from factcheck.text.contradictions import contradictions
from factcheck.text.groups import groups
from factcheck.text.layout import Layout, layout
from factcheck.text.parts import parts
from factcheck.text.ranking import Ranked, ranked
from factcheck.text.readings import Readings, propose
from factcheck.text.relations import relations
from factcheck.text.results import wrong
from factcheck.text.rules import EXTRACTOR, rules_version
from factcheck.text.statements import statement
from factcheck.text.view import View, view

T = TypeVar("T")
GROUP = "factcheck.stages"
"""The group of entry points; the name of an entry point is that of the stage it stands in for."""


@dataclass(frozen=True, slots=True)
class Stages:
    """What runs, in this order; `plugins` are those that stand in for a stage of ours."""

    layout: Callable[..., Layout] = layout
    view: Callable[..., View] = view
    sentences: Callable[..., Iterable[Sentence]] = sentences
    parts: Callable[..., Any] = parts
    candidates: Callable[..., Any] = candidates
    ranking: Callable[..., Ranked] = ranked
    readings: Callable[..., Readings] = propose
    groups: Callable[..., Sequence[str]] = groups
    contradictions: Callable[..., Any] = contradictions
    statements: Callable[..., str] = statement
    calculations: Callable[..., Any] = calculations
    relations: Callable[..., Any] = relations
    plugins: tuple[Plugin, ...] = ()

    @property
    def extractor(self) -> str:
        """Name and version of what runs: ours, and each plug-in with its stage."""
        return "+".join(
            [EXTRACTOR, *(f"{each.name}={each.distribution}-{each.version}" for each in self.plugins)]
        )

    @property
    def rules(self) -> str:
        """SHA-256 over all that decides beside the packs: equal ones suggest equal claims."""
        return rules_version(tuple((each.name, each.sha256) for each in self.plugins))


SHIPPED = Stages()


def installed_stages() -> Stages:
    """The stages with every installed plug-in in its place; `BadData` for plug-ins that cannot be."""
    found = plugins.installed(GROUP, tuple(each.name for each in fields(Stages) if each.name != "plugins"))
    return replace(
        SHIPPED, **{each.name: partial(_stood_in, each) for each in found}, plugins=found
    )  # fmt: skip


def blamed(found: Sequence[Plugin], work: Callable[[], T]) -> T:
    """What the work returns; where plug-ins had a part in it, what it raises ends in the sentence that names them."""
    return plugins.guarded(" and ".join(map(str, found)), work) if found else work()


def _stood_in(plugin: Plugin, *given: Any, **named: Any) -> Any:
    result = plugins.called(plugin, *given, **named)
    if seen := plugins.guarded(str(plugin), lambda: wrong(plugin.name, result, given)):
        raise plugins.failed(str(plugin), seen)
    return result
