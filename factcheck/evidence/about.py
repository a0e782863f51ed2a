"""What a page says of itself: its title, who wrote it, when, under which address, and what may be done with it."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urldefrag, urljoin

from factcheck.errors import Usage
from factcheck.evidence.addresses import web_address
from factcheck.evidence.dates import as_iso, visible

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

_AUTHORS = ("author", "article:author", "parsely-author", "byl", "dc.creator", "dcterms.creator", "sailthru.author")
_DATES = (
    "article:published_time", "og:published_time", "datepublished", "pubdate", "publishdate", "publish_date",
    "publication_date", "article.published", "parsely-pub-date", "sailthru.date", "weibo: article:create_at",
    "apub:time", "dcterms.issued", "dc.date.issued", "dcterms.created", "dc.date", "dcterms.date", "date",
)  # fmt: skip
_COPYRIGHTS = ("copyright", "dc.rights", "dcterms.rights", "rights")
_COPYRIGHT_LINE = re.compile(r"©|\(c\)\s?\d{4}|版权所有|版權所有|\bcopyright\b|all rights reserved", re.IGNORECASE)
_MOST_SCRIPTS = 50
_MOST_ITEMS = 10_000
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class About:
    """"" for what a page does not say. `published` is an ISO date or time, `canonical` a whole web address."""

    title: str = ""
    author: str = ""
    published: str = ""
    canonical: str = ""
    rights: str = ""


def about(page: "LexborHTMLParser", text: str, address: str) -> About:
    """What the markup of a page says, and where it is silent, its first and last lines; `address`: where it was found."""
    from factcheck.text.formats import html

    said = _metas(page)
    item = _article(page)
    base = urljoin(address, _attribute(page, "base[href]", "href")) if address else ""
    titled = page.css_first("title")
    title = short(titled.text()) if titled is not None else ""
    return About(
        title or short(said.get("og:title", "")) or short(html.title(page)),
        _names(item.get("author")) or _author(page, said),
        as_iso(str(item.get("datePublished") or "")) or _date(page, said) or visible(text),
        _canonical(page, said, base),
        _rights(page, said, text, base),
    )


def short(text: str) -> str:
    """One line of at most 200 characters."""
    return " ".join(text[:4_000].split())[:_LONGEST]


def _metas(page: "LexborHTMLParser") -> dict[str, str]:
    """The first value of each <meta>, under its name, property or itemprop in small letters."""
    said: dict[str, str] = {}
    for meta in page.css("meta[content]"):
        told = meta.attributes
        name = told.get("property") or told.get("name") or told.get("itemprop") or ""
        said.setdefault(name.strip().lower(), (told.get("content") or "").strip())
    return said


def _attribute(page: "LexborHTMLParser", selector: str, name: str) -> str:
    node = page.css_first(selector)
    return "" if node is None else (node.attributes.get(name) or "").strip()


def _article(page: "LexborHTMLParser") -> dict[str, Any]:
    """The first item of JSON-LD that says when it was published or by whom."""
    for script in page.css('script[type="application/ld+json" i]')[:_MOST_SCRIPTS]:
        try:
            items = _items(json.loads(script.text()))
            found = next((item for item in items if item.get("datePublished")), None)
        except (ValueError, RecursionError):
            continue
        if found:
            return found
    return {}


def _items(value: Any) -> Iterator[dict[str, Any]]:
    """The objects of a JSON value, those outside first."""
    waiting = [value]
    for one in waiting:
        inside = one.values() if isinstance(one, dict) else one if isinstance(one, list) else ()
        waiting.extend(list(inside)[: max(_MOST_ITEMS - len(waiting), 0)])
        if isinstance(one, dict):
            yield one


def _names(value: Any) -> str:
    """The names of authors, however JSON-LD wraps them."""
    several = value if isinstance(value, list) else [value]
    names = [each.get("name") if isinstance(each, dict) else each for each in several[:5]]
    return short(", ".join(name.strip() for name in names if isinstance(name, str) and _is_name(name)))


def _is_name(said: str) -> bool:
    return bool(said.strip()) and not said.strip().lower().startswith(("http:", "https:", "@", "//"))


def _author(page: "LexborHTMLParser", said: dict[str, str]) -> str:
    named = next((said[key] for key in _AUTHORS if _is_name(said.get(key, ""))), "")
    node = page.css_first('[itemprop="author"] [itemprop="name"], [itemprop="author"], a[rel="author"]')
    return short(named or ("" if node is None else node.text()))


def _date(page: "LexborHTMLParser", said: dict[str, str]) -> str:
    for name in _DATES:
        if found := as_iso(said.get(name, "")):
            return found
    certain = _attribute(page, 'time[itemprop="datePublished"][datetime], time[pubdate][datetime]', "datetime")
    times = {as_iso(each.attributes.get("datetime") or "") for each in page.css("time[datetime]")[:100]}
    return as_iso(certain) or (times.pop() if len(times) == 1 else "")


def _canonical(page: "LexborHTMLParser", said: dict[str, str], base: str) -> str:
    link = _attribute(page, 'link[rel~="canonical" i][href]', "href")
    return next((found for each in (link, said.get("og:url", "")) if (found := whole(each, base))), "")


def whole(link: str, base: str) -> str:
    """A link as a web address that may be kept, without its fragment; "" for what is none."""
    if not link:
        return ""
    try:
        return web_address(urldefrag(urljoin(base, link)).url)
    except (Usage, ValueError):
        return ""


def _rights(page: "LexborHTMLParser", said: dict[str, str], text: str, base: str) -> str:
    """Licence, copyright, and what robots and miners are told, in one line."""
    licence = _attribute(page, '[rel~="license" i][href]', "href")
    robots = said.get("robots", "").lower()
    told = (
        f"license {whole(licence, base)}" if whole(licence, base) else "",
        next((short(said[key]) for key in _COPYRIGHTS if said.get(key)), "") or _copyright_line(text),
        "robots: noarchive" if "noarchive" in robots else "",
        f"tdm-reservation: {short(said['tdm-reservation'])[:20]}" if said.get("tdm-reservation") else "",
    )
    return "; ".join(filter(None, told))[:400]


def _copyright_line(text: str) -> str:
    """The last line that claims a copyright, where pages put it."""
    lines = text[-4_000:].split("\n")
    return next((short(line)[:160] for line in reversed(lines) if _COPYRIGHT_LINE.search(line)), "")
