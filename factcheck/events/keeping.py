"""The files that an event names: what was said, what was suggested, what was looked at."""

from collections.abc import Iterator

from factcheck.events import Event, bodies, capturing, proposing

MANIFEST = "manifest-sha256.txt"


def kept_files(event: Event) -> Iterator[tuple[str, str]]:
    """Path and SHA-256 of every file that an event names, the manifest of an export among them."""
    match event.body:
        case bodies.SourceIngested(path=path, sha256=sha256, derived=derived):
            yield path, sha256
            if derived:
                yield derived.path, derived.sha256
        case capturing.CaptureMade(path=path, sha256=sha256, text=text, fetched=fetched):
            yield from [(path, sha256)] if path else []
            yield from [(text.path, text.sha256)] if text else []
            yield from [(fetched.warc.path, fetched.warc.sha256)] if fetched else []
        case (
            bodies.SourceExtracted(suggestions=path, sha256=sha256)
            | proposing.SourceProposed(suggestions=path, sha256=sha256)
        ):
            yield path, sha256
        case bodies.SummaryExported(manifest=sha256):
            yield f"exports/{event.subject}/{MANIFEST}", sha256
