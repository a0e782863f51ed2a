"""When a page says it was published, as an ISO date or time; nothing when it does not say so clearly."""

import re
from datetime import datetime

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_TIME = (
    r"(?:[T\s,，]{1,3}(?:at\s)?(?P<hour>\d{1,2})[:：时時点](?P<minute>\d{2})(?:[:：分](?P<second>\d{2})(?:[.,]\d{1,9})?)?"
    r"\s{0,2}(?P<half>[ap]\.?m\b)?\s{0,2}(?P<zone>Z\b|GMT\b|UTC\b|[+-]\d{2}:?\d{2}\b)?)?"
)
_FORMS = tuple(
    re.compile(rf"(?<![\d.])(?:{form}){_TIME}", re.IGNORECASE)
    for form in (
        r"(?P<year>[12]\d{3})\s?年\s?(?P<month>\d{1,2})\s?月\s?(?P<day>\d{1,2})\s?[日号號]",
        r"(?P<year>[12]\d{3})(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})(?!\d)",
        rf"\b{_MONTH}\s(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s(?P<year>[12]\d{{3}})\b",
        rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s-]{_MONTH},?[\s-](?P<year>[12]\d{{3}})\b",
    )
)
_PACKED = re.compile(r"([12]\d{3})(\d{2})(\d{2})")
_PUBLISHED = re.compile(
    r"(?:发布|發布|發佈|发表|發表|刊登)(?:日期|时间|時間)?[于於]?[:：]?\s{0,3}$|(?<!更新)(?<!修改)(?:日期|时间|時間)[:：]\s{0,3}$"
    r"|\b(?:published|posted)(?:\s(?:on|at|date))?:?\s{0,3}$",
    re.IGNORECASE,
)
_NEAR_THE_TOP = 1_000


def as_iso(said: str) -> str:
    """The first date in what a page says about itself, "2024-02-07" or "2024-02-07T10:30:00+08:00"; "" for none."""
    said = said.strip()[:200]
    if packed := _PACKED.fullmatch(said):
        return _iso({"year": packed[1], "month": packed[2], "day": packed[3]})
    found = min(_dates(said), key=lambda each: each[0], default=None)
    return found[2] if found else ""


def visible(text: str) -> str:
    """The date at the top of a text when it is labelled, has its time or a line to itself, and no other date vies with it."""
    top = text[:_NEAR_THE_TOP]
    found = _dates(top)
    labelled = {iso for start, _, iso in found if _is_published(top, start)}
    clear = {iso for start, end, iso in found if "T" in iso or _alone(top, start, end)}
    chosen = labelled or (clear if len({iso[:10] for _, _, iso in found}) == 1 else set())
    return max(chosen, key=len) if len({iso[:10] for iso in chosen}) == 1 else ""


def _dates(text: str) -> list[tuple[int, int, str]]:
    found = ((each.start(), each.end(), _iso(each.groupdict())) for form in _FORMS for each in form.finditer(text))
    return [each for each in found if each[2]]


def _is_published(text: str, start: int) -> bool:
    return bool(_PUBLISHED.search(text[max(start - 24, 0) : start]))


def _alone(text: str, start: int, end: int) -> bool:
    """A line that holds the date and at most a few signs besides."""
    line = text[text.rfind("\n", 0, start) + 1 : start] + text[end:].partition("\n")[0]
    return not any(character.isalnum() for character in line)


def _iso(parts: dict[str, str | None]) -> str:
    """The parts put together; "" for a day that no calendar has."""
    year, day = int(parts["year"] or 0), int(parts["day"] or 0)
    hour = _hour(parts.get("hour"), parts.get("half"))
    try:
        moment = datetime(year, _month(parts["month"] or ""), day, hour or 0, int(parts.get("minute") or 0), int(parts.get("second") or 0))  # noqa: DTZ001, E501
    except ValueError:
        return ""
    if hour is None:
        return moment.date().isoformat()
    seconds = "seconds" if parts.get("second") else "minutes"
    return moment.isoformat(timespec=seconds) + _zone(parts.get("zone") or "")


def _month(said: str) -> int:
    return int(said) if said.isdigit() else _MONTHS.index(said[:3].lower()) + 1


def _hour(said: str | None, half: str | None) -> int | None:
    if said is None:
        return None
    return int(said) % 12 + 12 * (half[0].lower() == "p") if half else int(said)


def _zone(said: str) -> str:
    if said.upper() in {"Z", "GMT", "UTC"}:
        return "+00:00"
    return f"{said[:3]}:{said[-2:]}" if said else ""
