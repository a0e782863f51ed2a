"""How a document was read, as its event says it: four words that stand together, and a maker that reads such a format."""

from typing import Annotated

from pydantic import StringConstraints

Format = Annotated[str, StringConstraints(pattern=r"^(text|markdown|srt|vtt|html|docx|pdf|whisper|checks)$")]
Maker = Annotated[str, StringConstraints(pattern=r"^[a-z]+/[0-9]{1,4}( [\x21-\x7e]+){0,4}$", max_length=80)]
_BY_ITSELF = {"html", "docx", "pdf", "whisper", "checks"}
"""Formats with a maker of their own; whatever else is written is read by `text`."""


def half_said(
    form: str | None, encoding: str | None, decided: str | None, maker: str | None, *, derived: bool
) -> str:
    """What is wrong with these words together, or nothing: where half is left out, any text could pass for that of a source."""
    said = [each is not None for each in (form, encoding, decided, maker)]
    if any(said) is not all(said) or (derived and not all(said)):
        return "format, encoding, decided and maker are there together, or none of them and no derived"
    family = form if form in _BY_ITSELF else "text"
    if maker and maker.partition("/")[0] != family:
        return f"the format {form} is read by {family}, not by {maker}"
    return ""
