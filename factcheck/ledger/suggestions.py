"""The files that extraction wrote: read as the ledger names them, verified by their hash."""

import hashlib
from collections.abc import Sequence

from factcheck.errors import BadData
from factcheck.events import Event, bodies, proposing, read_suggestions
from factcheck.ledger.files import CaseFiles
from factcheck.state import Suggested


class SuggestionFiles:
    """Reads the suggestions file that an event names (`source.extracted`, `source.proposed`)."""

    def __init__(self, files: CaseFiles) -> None:
        self._files = files

    def __call__(self, event: Event) -> Sequence[Suggested]:
        """Every line of the file. BadData when it is gone or other bytes than the event says."""
        body = event.body
        assert isinstance(body, bodies.SourceExtracted | proposing.SourceProposed)
        path = self._files.folder / body.suggestions
        try:
            data = self._files.read(body.suggestions, body.sha256)
        except OSError as error:
            raise BadData(
                "a suggestions file cannot be read.",
                where=str(path),
                seen=str(error.strerror),
                remedy="restore the file from a copy or from git",
            ) from error
        if hashlib.sha256(data).hexdigest() != body.sha256:
            raise BadData(
                "this suggestions file was changed.",
                where=str(path),
                seen=f"SHA-256 {hashlib.sha256(data).hexdigest()[:16]}…, the ledger says {body.sha256[:16]}…",
                remedy="restore the file from a copy or from git",
            )
        return list(read_suggestions(data, where=str(path)))
