"""The text of a document that is no UTF-8 text: made once, kept beside it under its own hash, named in its event."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from factcheck.events import bodies

if TYPE_CHECKING:
    from factcheck.text import Document


def keep_text(
    keep: Callable[[Path, bytes], None], folder: Path, source: str, read: "Document"
) -> bodies.DerivedText | None:
    """Keep (with `keep`) the text that mentions of this source refer to; None where the file itself is that text."""
    if not read.derived:
        return None
    data = read.text.encode("utf-8")
    digest = hashlib.sha256(data).hexdigest()
    path = f"claims/{source}.text-{digest}.txt"
    keep(folder / path, data)
    return bodies.DerivedText(path=path, sha256=digest)
