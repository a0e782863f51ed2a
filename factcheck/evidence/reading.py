"""What filed bytes say: the page itself, or the one page that a web archive or a mail-like file was saved for."""

from dataclasses import replace

from factcheck.evidence.derive import Page, derive
from factcheck.evidence.saved import HOLDS_PAGES, page_inside


def read_filed(data: bytes, name: str, *, address: str = "") -> tuple[Page, str]:
    """What is read in a file, and the address of the record it was taken out of ("" when the file is the page).

    `sniffed` stays that of the file. BadData when an archive has no such page.
    """
    page = derive(data, "", name, address=address)
    if page.sniffed not in HOLDS_PAGES:
        return page, ""
    inside = page_inside(data, page.sniffed, address=address, where=name)
    found = derive(inside.data, inside.media_type, inside.url, address=inside.url)
    return replace(found, sniffed=page.sniffed), inside.url
