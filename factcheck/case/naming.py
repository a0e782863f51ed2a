"""Name packs: those in this folder, and those that other desks have extracted with, which come from the shelf."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from factcheck.case.desk import Desk
from factcheck.errors import FactcheckError, Refused, Unavailable, Usage
from factcheck.events import Event, bodies
from factcheck.ledger.files import PACKS

if TYPE_CHECKING:
    from factcheck import text

RECENT = 100
"""How many extractions tell which packs a new document is to be extracted with: one without a pack ends nothing."""


@dataclass(frozen=True, slots=True)
class Used:
    """A pack that a source was extracted with; those that come with the program are none."""

    name: str
    sha256: str
    source: str

    @property
    def path(self) -> str:
        """Where it belongs, in words: its name comes from whoever wrote the line."""
        return f"{PACKS}/{self.name}.toml" if self.name.isprintable() else ascii(self.name)


class Naming(Desk):
    """packs -> what an extraction knows of names. A file of this folder is never replaced: who edits a pack means it."""

    def packs(self, more: Sequence[Path] = (), *, without: Sequence[str] = ()) -> "tuple[text.Pack, ...]":
        """The case's own packs first, then `more`, then the shipped ones; none of those that `without` names."""
        from factcheck import text

        own = self._own_packs()
        here = {each.resolve() for each in own}
        files = [*own, *(each for each in more if each.resolve() not in here)]
        loaded = text.load_packs(each for each in files if each.stem not in without)
        return (*loaded, *(each for each in text.shipped_packs() if each.name not in without))

    def _own_packs(self) -> list[Path]:
        return sorted((self.folder / PACKS).glob("*.toml"))

    def _chosen(self, source: str, more: Sequence[Path], without: Sequence[str]) -> "tuple[text.Pack, ...]":
        """The packs to extract with: those of this folder, and on a server's case what others lately used as well.

        Refused without a pack that `source` ("": a new document) was extracted with before; of others it is only said.
        """
        lately: dict[str, Used] = {}
        if self.server is not None:
            self.refresh()
            lately = self._in_use(RECENT)
        before = self._used(source)
        wanted = before | lately
        self._refuse_unknown(without, {*self._names(more), *wanted})
        here = self._names(more).union(without)
        for each in wanted.values():
            if each.name not in here:
                self._demand(each, strictly=each.name in before)
        chosen = self.packs(more, without=without)
        if self.server is not None:
            self._refuse_older(chosen, wanted, more)
        return chosen

    def _demand(self, used: Used, *, strictly: bool) -> None:
        """Bring a pack. A new document loses nothing by one that is on no shelf: that it is missing is said."""
        fault = self._brought(used)
        if fault is not None and (strictly or isinstance(fault, Unavailable)):
            raise fault
        self.notices += [str(fault)] if fault is not None else []

    def _brought(self, used: Used) -> FactcheckError | None:
        """Bring a pack from the shelf and say so; what to say when it does not come."""
        from factcheck.text.packs import read_pack

        try:
            came = self._files.bring_pack(used.name, used.sha256, lambda data: read_pack(data, used.path))
        except FactcheckError as error:
            return _lost(used, error)
        if not came:
            return _lost(used)
        self.notices.append(f"{used.path} was brought here: {used.source} was extracted with it.")
        return None

    def _bring_packs(self) -> None:
        """Bring every pack that the suggestions of today stand on; what does not come is said."""
        here = self._names()
        missing = [each for each in self._in_use().values() if each.name not in here]
        self.notices += [str(fault) for each in missing if (fault := self._brought(each))]

    def _take_pack(self, name: str, data: bytes | None) -> None:
        """Keep a pack that another folder of the case extracted with, unless one of its name is here."""
        from factcheck.text.packs import read_pack

        if data is None or name in self._names():
            return
        try:
            self._files.keep_pack(name, data, lambda data: read_pack(data, name))
        except FactcheckError as error:
            self.notices.append(str(error))

    def _refuse_lost(self, source: str, chosen: "Sequence[text.Pack]", without: Sequence[str]) -> None:
        """Refused when somebody has meanwhile extracted the source with a pack that was not at hand here."""
        here = {each.name for each in chosen}.union(without)
        for each in self._used(source).values():
            if each.name not in here:
                raise _lost(each)

    def _refuse_older(
        self, chosen: "Sequence[text.Pack]", wanted: Mapping[str, Used], more: Sequence[Path]
    ) -> None:
        """Refused for a pack here that others have edited since; one that nobody extracted with is an edit of ours."""
        meant = {each.resolve() for each in more}
        for pack in chosen:
            place, newer = Path(pack.file), wanted.get(pack.name)
            if newer is None or newer.sha256 == pack.sha256:
                continue
            if place.parent != self.folder / PACKS or place.resolve() in meant:
                continue
            if 0 < self._index.extracted_with(pack.sha256) < self._index.extracted_with(newer.sha256):
                raise Refused(
                    f"the pack {pack.name!r} here is older than the one that {newer.source} was extracted with.",
                    where=pack.file,
                    seen=f"SHA-256 {pack.sha256[:16]}…, the newer one has {newer.sha256[:16]}…",
                    remedy=f"delete {pack.file} and repeat, then the newer one comes; or keep it: --pack {pack.file}",
                )

    @staticmethod
    def _refuse_unknown(without: Sequence[str], names: set[str]) -> None:
        from factcheck.text.packs import shipped_names

        known = names.union(shipped_names())
        for name in without:
            if name not in known:
                listed = ", ".join(sorted(known))
                raise Usage("there is no pack of this name.", seen=repr(name), remedy=f"one of {listed}")

    def _names(self, more: Sequence[Path] = ()) -> set[str]:
        """The names of the packs at hand beside the shipped ones."""
        return {each.stem for each in (*self._own_packs(), *more)}

    def _used(self, source: str) -> dict[str, Used]:
        """What a source was extracted with the last time, by name."""
        history = self._index.history(source) if source else []
        last = next((each for each in reversed(history) if _extracts(each, source)), None)
        found: dict[str, Used] = {}
        for each in _used(last) if last else ():
            found.setdefault(each.name, each)
        return found

    def _in_use(self, most: int = -1) -> dict[str, Used]:
        """What sources were extracted with the last time, the newest pack of each name; of so many acts at most."""
        found: dict[str, Used] = {}
        seen: set[str] = set()
        for event in self._index.extractions(most):
            if event.subject not in seen:
                seen.add(event.subject)
                for each in _used(event):
                    found.setdefault(each.name, each)
        return found


def _extracts(event: Event, source: str) -> bool:
    return event.subject == source and isinstance(event.body, bodies.SourceExtracted)


def _used(event: Event) -> Iterator[Used]:
    """The packs of an extraction without the shipped ones, which come last."""
    from factcheck.text.packs import shipped_names

    if not isinstance(event.body, bodies.SourceExtracted):
        return
    packs = [(each.name, each.sha256) for each in event.body.packs]
    for name in shipped_names():
        last = max((n for n, each in enumerate(packs) if each[0] == name), default=None)
        if last is not None:
            del packs[last]
    yield from (Used(name, sha256, event.subject) for name, sha256 in packs)


def _lost(used: Used, error: FactcheckError | None = None) -> FactcheckError:
    """What to say of a pack that is not here; worth trying again while somebody cannot be asked."""
    reason = error.__cause__ if error and isinstance(error.__cause__, FactcheckError) else error
    why = f"; {reason.what.rstrip('.')} ({reason.where or used.path})" if reason else ""
    words = f"{used.source} was extracted with the pack {used.name!r}, which is not here."
    seen = f"SHA-256 {used.sha256[:16]}…{why}"
    if isinstance(error, Unavailable):
        return Unavailable(words, where=used.path, seen=seen, remedy="repeat the command later")
    put = f"put that pack into claims/packs, or name its file with --pack; --without {used.name!r} goes on without it"
    return Refused(words, where=used.path, seen=seen, remedy=put)
