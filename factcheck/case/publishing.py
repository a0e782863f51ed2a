"""Publishing: the verified summary of the ledger up to now, with what keeps it from being final; and the audit."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from factcheck.case.desk import Desk, Draft
from factcheck.case.placing import MANIFEST, outside, put
from factcheck.errors import Refused
from factcheck.events import Head, bodies, timestamp
from factcheck.files import keep_folder, own_folder, read_plain
from factcheck.ledger import START, Line
from factcheck.ledger.checkpoint import Checkpoint
from factcheck.model import Export, Objection
from factcheck.state import State
from factcheck.state.merging import folded

if TYPE_CHECKING:
    from factcheck.audit import Report
    from factcheck.export import Material, Scope, Summary

DEFAULT_FORMATS = ("markdown", "html", "jsonl")
_AFTERWARDS = {"summary.exported", "checkpoint.witnessed"}


@dataclass(frozen=True, slots=True)
class Prefix:
    """The part of the ledger that an export describes: everything before the latest exports."""

    state: State
    head: Head
    time: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Published:
    """What an export made: its record, the folder with the files, the receipt, and whether anything was new."""

    export: Export
    folder: Path
    receipt: str
    new: bool


@dataclass(frozen=True, slots=True)
class Changed:
    """A claim whose verdict is another one than in the last export: ids of events, "" for none."""

    claim: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Proof:
    """An export before it is written: what keeps it back, what is only weak, its report, and what is new since the `last`
    final one.
    """

    gates: tuple[Objection, ...]
    remarks: tuple[Objection, ...]
    text: str
    last: str
    changes: tuple[Changed, ...]


class Publishing(Desk):
    """verdicts -> summary -> audit."""

    def receipt(self) -> str:
        """Three lines (origin, size, root) that anybody may keep to prove later what was here."""
        return Checkpoint(self.info.origin, self.head).to_text()

    def gates(self, scope: "Scope | None" = None) -> tuple[Objection, ...]:
        """What keeps a final export of this scope back."""
        from factcheck.export import Scope, gates

        return gates(self._prefix().state, scope or Scope(), self._read_text)

    def preview(
        self, format: str = "markdown", *, scope: "Scope | None" = None, lang: str = "", draft: bool = True
    ) -> str:
        """What an export would say now, as text; nothing is written."""
        from factcheck.export import FORMATS, Scope, render

        summary = self._summary(
            self._prefix(), scope or Scope(), lang or self.lang, draft=draft, formats=(format,)
        )
        return render(summary, [format])[FORMATS[format].file].decode("utf-8")

    def proof(self, *, scope: "Scope | None" = None, lang: str = "") -> Proof:
        """What an export of this scope would say now, what keeps a final one back, and what is new in it.

        Under blind review verdicts that wait for a second person are told by none of the three.
        """
        from factcheck.export import FORMATS, Scope, gates, remarks, render

        where, prefix = scope or Scope(), self._prefix()
        kept = gates(prefix.state, where, self._read_text)
        summary = self._summary(prefix, where, lang or self.lang, draft=bool(kept))
        text = render(summary, ["markdown"])[FORMATS["markdown"].file].decode("utf-8")
        last = next((each for each in reversed(self.exports()) if not each.draft), None)
        before = dict(last.claims) if last else {}
        after = {each.id: each.ruling.id if each.ruling else "" for each in summary.claims}
        changes = (
            Changed(claim, before.get(claim, ""), after.get(claim, ""))
            for claim in sorted(before | after, key=lambda each: int(each[1:]))
        )
        return Proof(
            kept,
            remarks(prefix.state, where, self._read_text),
            text,
            last.id if last else "",
            tuple(each for each in changes if each.before != each.after),
        )

    def export(
        self,
        *formats: str,
        scope: "Scope | None" = None,
        draft: bool = False,
        to: Path | str | None = None,
        lang: str = "",
        by: str | None = None,
        id: str = "",
    ) -> Published:
        """Write the verified summary to exports/Xn (and to `to`, a folder or a .zip file), and record it.

        A final export is Refused while an accepted claim in scope is undecided, disputed or unsigned by
        a second person. Exporting again with nothing new records nothing; `to` is always written.
        """
        from factcheck.export import Scope, gates, render

        person = self._person(by, "decide" if draft else "export")
        where = scope or Scope()
        chosen = tuple(dict.fromkeys(formats)) or DEFAULT_FORMATS
        elsewhere = self._outside(to) if to is not None else None
        made: list[tuple[str, dict[str, bytes], bool]] = []

        def build() -> list[Draft]:
            prefix = self._prefix()
            if not draft:
                self._refuse(gates(prefix.state, where, self._read_text))
            summary = self._summary(prefix, where, lang or self.lang, draft=draft, formats=chosen)
            files = render(summary, chosen, lambda: self._material(prefix))
            body = _body(summary, files, chosen, where)
            twin = self._twin(body)
            number = twin or f"X{self._index.next_number('X')}"
            self._write_export(number, files, known=bool(twin))
            made[:] = [(number, files, not twin)]
            return [] if twin else [Draft("summary.exported", number, body)]

        events = self._commit(build, by=person, act="decide" if draft else "export", id=id)
        number, files, new = made[0] if made else (events[0].subject, {}, False)
        export = self._expect(number, Export, "X")
        self._warn_unsigned(export)
        self._warn_left_out(files)
        if elsewhere is not None and (aside := put(elsewhere, files or self._written(number), number)):
            self.notices.append(f"{elsewhere} held something else under these names; that is now in {aside}.")
        return Published(export, self.folder / "exports" / number, self.receipt(), new)

    def audit(self, *checks: str) -> "Report":
        """Check everything again from the files alone; those of a server's case are brought here first."""
        from factcheck.audit import audit

        asked = self.bring()
        return audit(self.folder, checks=checks, own=self._outlets, rows=self.rows, asked=asked)

    def _outside(self, to: Path | str) -> Path:
        if not str(to).strip():
            raise Refused("an export goes to a folder outside the case.", remedy="--to another folder")
        return outside(Path(to), self.folder)

    def _write_export(self, number: str, files: dict[str, bytes], *, known: bool) -> None:
        """Write exports/Xn; what a crash left there under a number that no event has is put aside."""
        if self._rehearsing:
            return
        own_folder(self.folder / "exports")
        folder = self.folder / "exports" / number
        if not known and (folder.is_symlink() or folder.exists()):
            aside = folder.with_name(f".left-{number}-{timestamp(self._moment).replace(':', '')}")
            folder.rename(aside)
            self.notices.append(f"{folder} held files of no export; they are now in {aside.name}.")
        own_folder(folder)
        keep_folder(folder, files)

    def _twin(self, body: bodies.SummaryExported) -> str:
        """The export that says exactly this already, if there is one."""
        for export in self.exports():
            if (export.manifest, export.draft, export.size) == (body.manifest, body.draft, body.size):
                return export.id
        return ""

    def _written(self, export: str) -> dict[str, bytes]:
        folder = self.folder / "exports" / export
        found = (path for path in sorted(folder.rglob("*")) if path.is_file())
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}

    def _prefix(self) -> Prefix:
        lines = list(self._ledger.read(START))
        while lines and lines[-1].event.act.kind in _AFTERWARDS:
            lines.pop()
        state = folded([line.event for line in lines], self._suggestions)
        return Prefix(state, lines[-1].position.head, lines[-1].event.time, tuple(lines))

    def _material(self, prefix: Prefix) -> "Material":
        """What a bundle of this prefix holds besides the reports."""
        from factcheck.export import Material

        self._bring_all()
        return Material(prefix.lines, self._lying_at, self._note)

    def _warn_unsigned(self, export: Export) -> None:
        """A stranger is told to refuse a checkpoint that no announced desk has signed: better said before it is sent."""
        bundled = any(each.startswith("bundle") for each in export.formats)
        if bundled and self.info.desks and self._note("\n") == "\n":
            self.notices.append(
                "This desk is not announced in the case, so the bundle's checkpoint bears no signature and VERIFY.md "
                "refuses it: factcheck signers desk, then export again."
            )

    def _warn_left_out(self, files: Mapping[str, bytes]) -> None:
        """Captures that the archive should hold and does not: better said than found out by whoever opens it."""
        from factcheck.export import archive

        for each in archive.left_out(files[archive.FILE]) if archive.FILE in files else ():
            self.notices.append(f"{archive.FILE} is without {each.capture}: {each.because}.")

    def _lying_at(self, path: str) -> bytes | None:
        """A file of the case; None for what is not here, which a checker then reports."""
        try:
            return read_plain(self.folder / path)
        except OSError:
            return None

    def _summary(
        self, prefix: Prefix, scope: "Scope", lang: str, *, draft: bool, formats: Sequence[str] = ()
    ) -> "Summary":
        from factcheck.export import needs_texts, summarise

        return summarise(
            prefix.state,
            prefix.head,
            prefix.time,
            scope=scope,
            lang=lang,
            draft=draft,
            texts=self._read_text,
            in_full=needs_texts(formats),
        )


def _body(
    summary: "Summary", files: dict[str, bytes], formats: Sequence[str], scope: "Scope"
) -> bodies.SummaryExported:
    from factcheck.export import made_with

    return bodies.SummaryExported(
        formats=tuple(formats),
        draft=summary.draft,
        size=summary.size,
        root=summary.root,
        manifest=hashlib.sha256(files[MANIFEST]).hexdigest(),
        renderer=summary.renderer,
        lang=summary.lang,
        scope=scope.to_list(),
        claims=tuple(
            bodies.ExportedClaim(claim=entry.id, verdict=entry.ruling.id if entry.ruling else "")
            for entry in summary.claims
        ),
        made_with=made_with(formats) or None,
    )
