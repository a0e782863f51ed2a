"""Times told in Chinese: 去年9月底, 2023Q4, 上周五, 近三年, 2019年以来, 国庆, 九十年代; vague ones too."""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from factcheck.text import days, moments
from factcheck.text.days import Period, Yearly
from factcheck.text.moments import Moment
from factcheck.text.numerals import numeral

_DIGIT = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_N = "[一二两三四五六七八九十]{1,3}|\\d{1,3}"
_ANCHOR = re.compile(
    "(?<!\\d)[\\d零〇一二两三四五六七八九十半][\\d零〇一二两三四五六七八九十多几]{0,5}(?:年|月|日|号|[/.-]\\d|个|天|周|星期|礼拜|季度|[qh]\\d|世纪|月|半年|-(?:19|20)\\d\\d年)"
    "|第[一二三四1-4]季度|[qh][1-4](?![a-z\\d])|[去今明昨前后本上下这当近]|大[前后]|最近|过去|未来|今后|接下来|自|从|年[初中底末]|月[初底]|周|星期|礼拜|日前"
    "|不久前|多年前|春节|除夕|国庆|元旦|双十一|双11|五一|六一|十一(?:假期|黄金周|长假|期间)|大年|圣诞|端午|中秋|情人节|早些时候"
)
_YEAR = re.compile(
    "(?P<four>(?:1[89]|20|21)\\d\\d)(?P<mark>年|(?=[qh][1-4])|(?=[-–—~～至到](?:19|20)\\d\\d年))|(?P<spelled>[一二][零〇一二三四五六七八九]{3})年"
    "|(?P<two>\\d\\d)年(?!代|[前后来间多内里以])|(?P<relative>大前年|前年|去年|上年(?!度)|今年|本年|明年|后年|大后年)"
)
_RELATIVE = {
    "大前年": -3,
    "前年": -2,
    "去年": -1,
    "上年": -1,
    "今年": 0,
    "本年": 0,
    "明年": 1,
    "后年": 2,
    "大后年": 3,
}
_QH = re.compile("[qh][1-4]")
_SURE_TWO = re.compile(
    "(?:0\\d|[5-9]\\d)年|\\d\\d年(?:年?[底初末]|\\d{1,2}月|[上下]半年|第?[一二三四1-4]季度|春节)"
)
_BEFORE_TWO = ("", *"，。；、,. \n在从到自至于是和与（(“")
_HALVES = {"上": 1, "下": 2}
_NOT_AFTER = "(?![中步级次创始衷心层部线盘世])"
_IN_YEAR = re.compile(
    f"(?P<half>[上下])半年|第?(?P<quarter>[一二三四1-4])个?季度|q(?P<q>[1-4])(?![a-z\\d])|h(?P<h>[12])(?![a-z\\d])"
    f"|年(?P<part>[初中底末])(?![间等])|(?P<ends>[初底末]){_NOT_AFTER}"
    f"|(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月(?!饼)份?(?:(?P<third>[上中下])旬|(?P<edge>[初底末]){_NOT_AFTER}|(?P<day>{_N})[日号](?![线楼院]))?"
    "|(?P<holiday>春节|除夕|国庆节?|元旦|双十一|双11|五一|六一|十一(?=假期|黄金周|长假|期间)|圣诞节?|情人节|端午节?|中秋节?|大年三十|大年初一)(?!档|儿童节)"
)
_PARTS = {"初": (1, 3), "中": (5, 8), "底": (10, 12), "末": (10, 12)}
_THIRDS = {"上": 1, "中": 2, "下": 3, "初": 1, "底": 3, "末": 3}
_HOLIDAYS: dict[str, Yearly] = {
    "春节": days.lunar_holiday(),
    "大年初一": days.lunar_holiday(),
    "除夕": days.lunar_holiday(1),
    "大年三十": days.lunar_holiday(1),
    "国庆": days.day(10, 1),
    "元旦": days.day(1, 1),
    "双十一": days.day(11, 11),
    "双11": days.day(11, 11),
    "五一": days.day(5, 1),
    "十一": days.day(10, 1),
    "六一": days.day(6, 1),
    "圣诞": days.day(12, 25),
    "情人节": days.day(2, 14),
}
_SHIFTS = {
    "上上": -2,
    "上一": -1,
    "上": -1,
    "这": 0,
    "这一": 0,
    "本": 0,
    "当": 0,
    "下": 1,
    "下一": 1,
    "下下": 2,
}
_MONTH = re.compile(
    f"(?P<shift>上上|上|这|本|下下|下)(?:一)?(?:个月|月(?!球|饼))(?:(?P<third>[上中下])旬|(?P<edge>[初底末]){_NOT_AFTER}|(?P<day>{_N})[日号])?|月(?P<only>[初底]){_NOT_AFTER}"
)
_QUARTER = re.compile("(?P<shift>上上|上|这|本|下)(?:一)?个?季度")
_WEEK = re.compile(
    "(?P<shift>上上|上|这|本|下下|下)(?:一)?个?(?:(?:周|星期|礼拜)(?:(?P<day>[一二三四五六日天])|(?P<end>末))?)"
    "|(?P<bare>周|星期|礼拜)(?:(?P<only>[一二三四五六日天])(?![^\\W\\d_]?期|见|[个种条些样般])|(?P<weekend>末))"
)
_WEEKDAYS = "一二三四五六日"
_DAYS = {
    "大前天": -3,
    "前天": -2,
    "昨": -1,
    "今": 0,
    "明": 1,
    "后天": 2,
    "大后天": 3,
}
_DAY = re.compile(
    "(?P<far>大前天|前天|大后天|后天(?!培养|性|形成|努力|因素|环境|习得|教育|养成|失明|的?(?:培养|努力)))"
    "|(?P<near>[昨今明])(?:天(?!系)|日(?!头条|之星)|晚|早|晨|夜)(?:上|凌晨|早上|上午|中午|下午|晚上|夜里|晚)?"
)
_AGO = re.compile(
    f"(?:(?P<count>{_N})(?P<unit>天|日|周|个?星期|个?礼拜|个?月|个?季度|年)|(?P<half>半)年)(?:之|以)?(?P<way>前|后)(?!者|来|面|期|景|续|悔)"
)
_WINDOW = re.compile(
    f"(?P<way>最近|近|过去|未来|今后|接下来)的?(?:(?:这|一)(?={_N}))?(?:(?P<count>{_N})(?P<unit>天|日|周|个?星期|个?礼拜|个?月|个?季度|年)(?![前后内])|(?P<half>半)年)"
)
_UNITS = {
    "天": "day",
    "日": "day",
    "周": "week",
    "星期": "week",
    "礼拜": "week",
    "月": "month",
    "季度": "quarter",
    "年": "year",
}
_DECADE = re.compile(
    "(?:(?P<century>上个?世纪|(?:20|二十)世纪|本世纪|(?:21|二十一)世纪))?(?P<tens>[一二三四五六七八九]十|[1-9]0)年代"
)
_DATE = re.compile(
    "(?P<year>(?:1[89]|20|21)\\d\\d)(?P<mark>[-/.])(?P<month>\\d{1,2})(?P=mark)(?P<day>\\d{1,2})(?!\\d)"
)
_VAGUE = re.compile(
    "最近(?!的?(?:距离|一家|一个))|近期|近来|近日|近年来?|近些年|近几年|最近几年|前(?:些|几)[天年日](?!夜)|前几[天年个]月?|前不久|不久前|[几多数][天年]前|(?:[一二三四五六七八九]?十|\\d+)[几多余]个?[天年月]前|(?:过去|未来|今后|接下来)的?[几多数]个?[天年月周]|前段时间|前一段时间|这[几些][天年]|日前|早些时候|(?:一个)?半个?月[前后]"
)
_SINCE = re.compile("以来|至今")
_FROM_THEN = re.compile("起|开始")
_BEFORE = re.compile("(?:以|之)前|前(?![后面者往提景期途])")
_AFTER = re.compile("(?:以|之)后|后(?![来面者期续的半])")
_JOINT = re.compile(" ?(?:至|到|—+|–|-|~|～) ?")


_OPENED = re.compile("自从?|从")


def chinese(text: str) -> Iterator[Moment]:
    """The times told in Chinese in lower-cased text."""
    place = 0
    while anchor := _ANCHOR.search(text, place):
        found = _moment(text, anchor.start())
        place = found.end if found else anchor.start() + 1
        if found:
            yield found


def _moment(text: str, at: int) -> Moment | None:
    """A time with the words 自, 以来, 以前, 以后 around it."""
    opened = _OPENED.match(text, at)
    begin = opened.end() if opened else at
    if begin >= len(text) or (text[begin].isdigit() and text[begin - 1 : begin].isdigit()):
        return None
    point = _point(text, begin)
    if point is None or point.vague:
        return point if not opened else None
    joint = _JOINT.match(text, point.end)
    other = _point(text, joint.end()) if joint and joint.end() < len(text) else None
    if other and not other.vague:
        return moments.joined(point, other, begin)
    return _framed(text, point, at, opened=bool(opened))


def _framed(text: str, point: Moment, at: int, *, opened: bool) -> Moment:
    if said := _SINCE.match(text, point.end):
        return moments.since(point, at, said.end())
    if opened and (said := _FROM_THEN.match(text, point.end)):
        return moments.since(point, at, said.end())
    if not point.absolute and point.in_year is None and text[point.end - 1] not in "底末":
        return point
    if said := _BEFORE.match(text, point.end):
        if text[point.end - 1] in "底末":
            return moments.until(point, point.start, said.end())
        return moments.before(point, point.start, said.end())
    if said := _AFTER.match(text, point.end):
        return moments.after(point, point.start, said.end())
    return point


def _point(text: str, at: int) -> Moment | None:
    for read in (_window, _ago, _vague, _dated, _decade, _of_year, _month, _quarter, _week, _day, _bare):
        found = read(text, at)
        if found:
            return found
    return None


def _number(word: str) -> int:
    found = numeral(word, 0, len(word))
    return int(found.values[0]) if found and found.end == len(word) else 0


def _is_pair(word: str | None) -> bool:
    """两三年前 names no day."""
    found = numeral(word, 0, len(word)) if word else None
    return found is not None and found.low != found.high


def _window(text: str, at: int) -> Moment | None:
    match = _WINDOW.match(text, at)
    if match is None:
        return None
    sign = 1 if match["way"] in ("未来", "今后", "接下来") else -1
    unit, count = (
        ("half", 1) if match["half"] else (_UNITS[match["unit"].removeprefix("个")], _number(match["count"]))
    )
    if _is_pair(match["count"]):
        return moments.vague(at, match.end())
    return moments.told(at, match.end(), moments.window(unit, sign * count)) if count else None


def _ago(text: str, at: int) -> Moment | None:
    match = _AGO.match(text, at)
    if match is None:
        return None
    sign = -1 if match["way"] == "前" else 1
    unit, count = (
        ("month", 6) if match["half"] else (_UNITS[match["unit"].removeprefix("个")], _number(match["count"]))
    )
    if _is_pair(match["count"]):
        return moments.vague(at, match.end())
    return moments.told(at, match.end(), moments.shifted(unit, sign * count)) if count else None


def _vague(text: str, at: int) -> Moment | None:
    match = _VAGUE.match(text, at)
    return moments.vague(at, match.end()) if match else None


def _dated(text: str, at: int) -> Moment | None:
    match = _DATE.match(text, at)
    return (
        _fixed_day(at, match.end(), *(int(match[key]) for key in ("year", "month", "day"))) if match else None
    )


def _fixed_day(start: int, end: int, year: int, month: int, day: int) -> Moment | None:
    try:
        only = date(year, month, day)
    except ValueError:
        return None
    return moments.fixed(start, end, (only, only))


def _decade(text: str, at: int) -> Moment | None:
    match = _DECADE.match(text, at)
    if match is None:
        return None
    tens = _number(match["tens"])
    first = (2000 if match["century"] in ("本世纪", "21世纪", "二十一世纪") else 1900) + tens
    return moments.fixed(at, match.end(), (date(first, 1, 1), date(first + 9, 12, 31)))


def _of_year(text: str, at: int) -> Moment | None:
    """A year, with the part of it that follows: 去年9月底, 2023Q4."""
    match = _YEAR.match(text, at)
    if match is None or not _is_year(text, at, match):
        return None
    number, absolute = _which_year(match)
    inside = _inside(text, match.end(), explicit=True)
    if inside:
        return moments.of_year(at, inside[1], inside[0], number, absolute=absolute)
    if not match["four"] or match["mark"] or not _QH.match(text, match.end()):
        shift = _RELATIVE.get(match["relative"] or "")
        whole = moments.of_year(at, match.end(), days.year, number, absolute=absolute)
        return _counted_by_moons(whole, shift)
    return None


def _counted_by_moons(whole: Moment, shift: int | None) -> Moment:
    lunar = shift if shift in (0, -1, -2) else None
    return Moment(
        whole.start,
        whole.end,
        whole.rule,
        whole.absolute,
        lunar=lunar,
        in_year=whole.in_year,
        number=whole.number,
    )


def _is_year(text: str, at: int, match: re.Match[str]) -> bool:
    """Whether two digits before 年 are a year and not a number of years."""
    if match["relative"] == "后年" or not match["two"]:
        return True
    return bool(_SURE_TWO.match(text, at)) or (
        int(match["two"]) >= 10 and text[at - 1 : at] in _BEFORE_TWO and int(match["two"]) > 14
    )


def _which_year(match: re.Match[str]) -> tuple[Callable[[date], int], bool]:
    if match["relative"]:
        shift = _RELATIVE[match["relative"]]
        return lambda now: now.year + shift, False
    if match["two"]:
        short = int(match["two"])
        number = short + (2000 if short < 50 else 1900)
    else:
        number = int(match["four"] or "".join(str(_DIGIT[char]) for char in match["spelled"]))
    return lambda _now: number, True


def _inside(text: str, at: int, *, explicit: bool) -> tuple[Yearly, int] | None:
    """A part of a year that starts here; `explicit` where the year was said just before."""
    match = _IN_YEAR.match(text, at)
    if match is None or (match["ends"] and not explicit):
        return None
    what = _yearly(match)
    return (what, match.end()) if what else None


def _yearly(match: re.Match[str]) -> Yearly | None:
    if which := match["half"] or match["h"]:
        return days.half(_HALVES.get(which) or int(which))
    if which := match["quarter"] or match["q"]:
        return days.quarter(_number(which))
    if which := match["part"] or match["ends"]:
        return days.stretch(*_PARTS[which])
    if match["holiday"]:
        return _HOLIDAYS.get(match["holiday"]) or _HOLIDAYS.get(match["holiday"].removesuffix("节"))
    month = _number(match["month"])
    if third := match["third"] or match["edge"]:
        return days.third_of_month(month, _THIRDS[third])
    return days.day(month, _number(match["day"])) if match["day"] else days.month(month)


def _bare(text: str, at: int) -> Moment | None:
    """A part of a year without the year: the latest that began; of 年初 and 年底 those of this year."""
    if text[at] == "年" and text[at - 1 : at].isalnum() and text[at - 1 : at] not in "到在从至":
        return None
    inside = _inside(text, at, explicit=False)
    if inside is None or text[at - 1 : at] in ("个", "半", "零", "十", "百"):
        return None
    what, end = inside
    if text[at] == "年":
        return moments.told(at, end, lambda now: what(now.year))
    return moments.recurring(at, end, what)


def _month(text: str, at: int) -> Moment | None:
    match = _MONTH.match(text, at)
    if match is None:
        return None
    shift = _SHIFTS.get(match["shift"] or "", 0)
    third = _THIRDS.get(match["third"] or match["edge"] or match["only"] or "", 0)
    if match["day"]:
        which = _number(match["day"])
        return moments.told(at, match.end(), lambda now: _on(days.month_of(now, shift), which))
    if third:
        return moments.told(at, match.end(), lambda now: days.third_of(days.month_of(now, shift), third))
    return moments.told(at, match.end(), lambda now: days.month_of(now, shift))


def _on(month: Period, which: int) -> Period:
    only = month[0].replace(day=which)
    return only, only


def _quarter(text: str, at: int) -> Moment | None:
    match = _QUARTER.match(text, at)
    if match is None:
        return None
    shift = _SHIFTS[match["shift"]]
    return moments.told(at, match.end(), lambda now: days.quarter_of(now, shift))


def _week(text: str, at: int) -> Moment | None:
    match = _WEEK.match(text, at)
    if match is None or (match["bare"] and text[at - 1 : at] in ("每", "个", "一", "两", "几")):
        return None
    if match["weekend"] or match["end"]:
        shift = _SHIFTS[match["shift"]] if match["shift"] else 0
        return moments.told(at, match.end(), lambda now: days.weekend(now, shift))
    if match["shift"] and not match["day"]:
        shift = _SHIFTS[match["shift"]]
        return moments.told(at, match.end(), lambda now: days.week(now, shift))
    which = _WEEKDAYS.index((match["day"] or match["only"]).replace("天", "日"))
    apart = _SHIFTS[match["shift"]] if match["shift"] else None
    return moments.told(at, match.end(), lambda now: days.weekday(now, which, apart))


def _day(text: str, at: int) -> Moment | None:
    match = _DAY.match(text, at)
    if match is None or (match["far"] == "后天" and "先天" in text):
        return None
    shift = _DAYS[match["far"] or match["near"]]
    return moments.told(at, match.end(), lambda now: (now + timedelta(days=shift),) * 2)
