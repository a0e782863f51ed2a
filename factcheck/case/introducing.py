"""What the desk says of itself where it publishes: who answers for it, the lead's foreword, and how its reports look."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from factcheck.case.desk import Desk, Draft
from factcheck.case.papers import Paper, read_paper
from factcheck.errors import Refused, Usage
from factcheck.events import Event, publishing
from factcheck.model import Publisher
from factcheck.state import template_value

_PAPER = Paper(
    "this is no template.",
    "this template cannot be read.",
    "correct it; factcheck help templates shows the form",
)


class Introducing(Desk):
    """Publisher, foreword and template: each an event, so that every export can be made again."""

    def name_publisher(
        self, publisher: Publisher, *, by: str | None = None, at: int | None = None
    ) -> tuple[Event, ...]:
        """Say who answers for the exports to come. Usage for an address that is none, or for more than one line."""
        person = self._person(by, "export")
        body = _publisher(publisher)

        def build() -> list[Draft]:
            if body.model_dump() == asdict(self.info.publisher):
                raise Refused("the case says this already.", where="publisher")
            return [Draft("publisher.named", "case", body)]

        return self._commit(build, by=person, act="export", on=("case",), at=at)

    def write_foreword(self, text: str, *, by: str | None = None, at: int | None = None) -> tuple[Event, ...]:
        """Put a foreword before the exports to come, in the name of whoever writes it; "" takes it away."""
        person = self._person(by, "export")
        body = publishing.ForewordWritten(text="\n".join(text.splitlines()).strip())

        def build() -> list[Draft]:
            if body.text == self.info.foreword.text:
                raise Refused("this is the foreword already.", where="foreword")
            return [Draft("foreword.written", "case", body)]

        return self._commit(build, by=person, act="export", on=("case",), at=at)

    def adopt_template(
        self, file: Path | str | None, *, by: str | None = None, at: int | None = None
    ) -> tuple[Event, ...]:
        """Make the reports look as this TOML file says; None goes back to the shipped look.

        BadData with file and line for a template that cannot be used; Refused for one that is in force already.
        """
        person = self._person(by, "export")
        body = read_template(Path(file)) if file is not None else publishing.TemplateAdopted(id="", version=0)

        def build() -> list[Draft]:
            now, new = self.info.template, template_value(body)
            if new == now:
                raise Refused("this template is in force already.", where=new.name or "factcheck")
            if new.id and new.name == now.name:
                raise Refused(
                    f"{new.name} looks otherwise here.", where=str(file), remedy="raise its version"
                )
            return [Draft("template.adopted", "case", body)]

        return self._commit(build, by=person, act="export", on=("case",), at=at)


def read_template(path: Path) -> publishing.TemplateAdopted:
    """Read a template from TOML (`factcheck help templates` shows the form). BadData with file and line."""
    return read_paper(path, _PAPER, _named)


def _named(table: dict[str, Any]) -> publishing.TemplateAdopted:
    """A template of a file has a name; only the shipped look has none."""
    return publishing.TemplateAdopted.model_validate({"id": "?", "version": 0} | table)


def _publisher(publisher: Publisher) -> publishing.PublisherNamed:
    said = {name: " ".join(text.split()) for name, text in asdict(publisher).items()}
    try:
        return publishing.PublisherNamed.model_validate(said)
    except ValidationError as error:
        place = str(error.errors(include_url=False)[0]["loc"][0])
        what = (
            f"{place} is an http or https address of at most 400 plain characters."
            if place in {"url", "address"}
            else f"{place} is one line of at most 400 characters."
        )
        raise Usage(
            what, seen=repr(said[place][:80]), remedy="say it shorter, or give it another form"
        ) from error
