"""Which names of the packs a document has: ten thousand that it does not have cost a look each, and no search of their own."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache

from factcheck.text.packs import Entity, Pack

_TURKISH = str.maketrans("İı", "ii")


class Standing:
    """Which words stand in a text as the stages read it, without case."""

    def __init__(self, text: str) -> None:
        self._text = _folded(text)
        self._pairs = {self._text[at : at + 2] for at in range(len(self._text))}
        self._has = cache(self._look)

    def named(self, packs: Sequence[Pack]) -> tuple[Pack, ...]:
        """The packs with those names only of which a form stands in the text."""
        return tuple(
            replace(pack, entities=tuple(entity for entity in pack.entities if self._names(entity)))
            for pack in packs
        )

    def concerning(self, packs: Sequence[Pack]) -> tuple[Pack, ...]:
        """The packs with those names only that can be meant: a form of theirs stands in the text, or a word beside them.

        Heard forms and aliases that do not stand in the text are left out: nothing can be found by them.
        """
        return tuple(
            replace(
                pack,
                entities=tuple(
                    self._cut(entity)
                    for entity in pack.entities
                    if self._names(entity) or self._any(entity.context)
                ),
            )
            for pack in packs
        )

    def _names(self, entity: Entity) -> bool:
        return self._any((entity.name, *entity.aliases, *entity.heard, *entity.say))

    def _cut(self, entity: Entity) -> Entity:
        heard, aliases = (tuple(filter(self._has, words)) for words in (entity.heard, entity.aliases))
        same = (heard, aliases) == (entity.heard, entity.aliases)
        return entity if same else replace(entity, heard=heard, aliases=aliases)

    def _any(self, words: Iterable[str]) -> bool:
        return any(map(self._has, words))

    def _look(self, word: str) -> bool:
        """Pairs of characters rule most words out without a search."""
        word = _folded(word)
        return (len(word) < 2 or {word[:2], word[-2:]} <= self._pairs) and word in self._text


def _folded(text: str) -> str:
    """Without case, as the matcher compares: it takes the Turkish i with and without its dot for one."""
    return text.translate(_TURKISH).casefold()
