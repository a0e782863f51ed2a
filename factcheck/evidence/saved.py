"""A page that somebody saved: out of a WARC, a WACZ or an MHTML file, the one page that answers an address."""

import email
from collections.abc import Iterable
from dataclasses import dataclass, field
from email.message import Message
from urllib.parse import urldefrag, urljoin, urlsplit

from factcheck.errors import BadData
from factcheck.evidence.about import whole
from factcheck.evidence.archives import Answer, Archive
from factcheck.evidence.sniff import HTML, MHTML, WACZ, WARC, WARC_GZIPPED, bare

HOLDS_PAGES = (WARC, WARC_GZIPPED, WACZ, MHTML)
"""Media types of files that a page is taken out of."""
_REDIRECTS = {301, 302, 303, 307, 308}
_MOST_HOPS = 10
_NAME_IT = "name the address of the page that you mean: --from URL"


@dataclass(frozen=True, slots=True)
class Inside:
    """A page as the file keeps it: its address, its date as written there, what the server said, the decoded body."""

    url: str
    date: str
    status: int
    media_type: str
    data: bytes = field(repr=False)


def page_inside(data: bytes, media_type: str, *, address: str = "", where: str) -> Inside:
    """The page that answers `address`; without one, the page the file names first, or its first page of HTML.

    Redirects are followed inside the file; of several answers the latest is taken. BadData, with the addresses that
    are there, when none fits; `media_type` is one of HOLDS_PAGES.
    """
    if media_type == MHTML:
        return _from_mail(data, address, where)
    archive = Archive(data, packed=media_type == WACZ, where=where)
    answers = archive.answers()
    found = _chosen(answers, (address,) if address else archive.pages)
    if found is None and not address:
        found = next((each for each in answers if _is_page(each)), next(iter(answers), None))
    if found is None:
        raise _nothing(address, (each.url for each in answers), where)
    return Inside(found.url, found.date, found.status, found.media_type, archive.body(found))


def _is_page(answer: Answer) -> bool:
    return answer.status == 200 and bare(answer.media_type) in HTML


def _chosen(answers: list[Answer], addresses: Iterable[str]) -> Answer | None:
    """The latest answer to the first of these addresses that has one, after its redirects."""
    for address in addresses:
        found = _latest(answers, address)
        for _ in range(_MOST_HOPS):
            if found is None or found.status not in _REDIRECTS or not found.location:
                break
            found = _latest(answers, urljoin(found.url, found.location)) or found
        if found:
            return found
    return None


def _latest(answers: list[Answer], address: str) -> Answer | None:
    """To this very address; else to one that differs in nothing but http, https or a slash at its end."""
    for like in (_exact, _nearly):
        if found := [each for each in answers if like(each.url) == like(address)]:
            return max(found, key=lambda each: (each.status == 200, each.date))
    return None


def _exact(address: str) -> str:
    return urldefrag(address).url


def _nearly(address: str) -> tuple[str, str, str]:
    try:
        parts = urlsplit(address)
    except ValueError:
        return (address, "", "")
    return (parts.netloc.lower(), parts.path.rstrip("/"), parts.query)


def _from_mail(data: bytes, address: str, where: str) -> Inside:
    """The root of an MHTML file (RFC 2557); browsers name the page in Snapshot-Content-Location."""
    try:
        letter = email.message_from_bytes(data)
        parts = [part for part in letter.walk() if part.get_content_type() in HTML]
    except (ValueError, LookupError, RecursionError) as error:
        seen = str(error)[:160]
        raise BadData("This MHTML file is broken.", where=where, seen=seen, remedy=_NAME_IT) from error
    told = str(letter.get("Snapshot-Content-Location") or "")
    wanted = address or told
    named = [part for part in parts if _exact(_place(part)) == _exact(wanted)]
    root = next(iter(named), None if address and _exact(address) != _exact(told) else next(iter(parts), None))
    if root is None:
        raise _nothing(address, map(_place, parts), where)
    body = root.get_payload(decode=True)
    kind = "".join(filter(str.isprintable, str(root.get("Content-Type", ""))))[:200]
    content = body if isinstance(body, bytes) else b""
    return Inside(whole(_place(root) or told, ""), str(letter.get("Date") or "")[:100], 200, kind, content)


def _place(part: Message) -> str:
    return str(part.get("Content-Location") or "").strip()


def _nothing(address: str, there: Iterable[str], where: str) -> BadData:
    names = list(dict.fromkeys(filter(None, there)))
    seen = ", ".join(names[:5]) + (f" and {len(names) - 5} more" if len(names) > 5 else "")
    what = f"{address} is not in this file." if address else "There is no page in this file."
    return BadData(what, where=where, seen=seen[:800] or "no answer at all", remedy=_NAME_IT)
