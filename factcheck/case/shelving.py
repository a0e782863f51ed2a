"""The files that an act brings with it, those of an export one by one."""

from collections.abc import Callable, Iterator

from factcheck.errors import BadData
from factcheck.events import Event, bodies
from factcheck.events.keeping import MANIFEST, kept_files


def packs_of(event: Event) -> Iterator[tuple[str, str]]:
    """Name and SHA-256 of every pack that an extraction used, the shipped ones too."""
    if isinstance(event.body, bodies.SourceExtracted):
        yield from ((each.name, each.sha256) for each in event.body.packs)


def files_of(event: Event, read: Callable[[str, str], bytes]) -> Iterator[tuple[str, str]]:
    """Path and SHA-256 of every file that an event names, and of those that the manifest of an export lists.

    `read` gives the bytes at a path. BadData for a manifest that is none.
    """
    from factcheck.export import listed

    for path, sha256 in kept_files(event):
        yield path, sha256
        if event.kind == "summary.exported":
            named = listed(read(path, sha256))
            if named is None:
                raise BadData("this is no manifest of an export.", where=path)
            for name, digest in named.items():
                yield path.replace(MANIFEST, name), digest
