"""English words of the calendar: months, weekdays, ordinals, holidays, and the patterns that times are told by."""

import re

from factcheck.text import days
from factcheck.text.days import Yearly

_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_SHORT = {
    "jan": 1,
    "feb": 2,
    "mar": 3,
    "apr": 4,
    "jun": 6,
    "jul": 7,
    "aug": 8,
    "sep": 9,
    "sept": 9,
    "oct": 10,
    "nov": 11,
    "dec": 12,
}
MONTH_NUMBERS = {name: number for number, name in enumerate(_MONTHS, 1)} | _SHORT
_M = f"(?:{'|'.join([*_MONTHS, *sorted(_SHORT, key=len, reverse=True)])})(?![a-z])\\.?"
MONTH_NAME = re.compile(_M)
WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_W = f"(?:{'|'.join(WEEKDAYS)})(?![a-z])"
_ONES = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
ORDINALS = {
    word: number
    for number, word in enumerate(
        [
            "first",
            "second",
            "third",
            "fourth",
            "fifth",
            "sixth",
            "seventh",
            "eighth",
            "ninth",
            "tenth",
            "eleventh",
            "twelfth",
            "thirteenth",
            "fourteenth",
            "fifteenth",
            "sixteenth",
            "seventeenth",
            "eighteenth",
            "nineteenth",
            "twentieth",
        ],
        1,
    )
}
_COUNT = f"\\d{{1,3}}|an?|half an?|{'|'.join(_ONES)}|fifteen|twenty|thirty|forty|fifty"
_UNIT = "day|week|month|quarter|year|decade"
_YEAR_NUMBER = "(?:1[89]|20|21)\\d\\d(?!\\d|,\\d|\\.\\d|%| ?(?:percent|hundred|thousand|million|billion|trillion|people|dollars|euros|users|units|times)(?![a-z]))"
_SPOKEN = (
    "(?:nineteen|twenty) (?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?"
    "|ten|eleven|twelve|[a-z]{3,6}teen|(?:oh|o)[- ](?:one|two|three|four|five|six|seven|eight|nine))"
    f"|two thousand(?: and)?(?: (?:{'|'.join(_ONES)}|[a-z]{{3,5}}teen|twenty(?:[- ][a-z]{{3,5}})?))"
)
YEAR = re.compile(
    f"(?P<four>{_YEAR_NUMBER})(?!s(?![a-z]))|(?P<spoken>{_SPOKEN})(?![a-z])|(?P<before_last>the year before last)|(?P<way>last|this|next|the) year(?![a-z]|[- ](?:old|over|on|to date))"
)
OF = re.compile(",? ?(?:of |in )?")
IN_YEAR = re.compile(
    f"(?:the )?(?P<half>first|second) half|h(?P<h>[12])(?![a-z\\d])|(?:the )?(?P<quarter>first|second|third|fourth) quarter|q(?P<q>[1-4])(?![a-z\\d])"
    f"|(?P<size>early|mid|late)[- ](?P<sized>{_M})|(?:the )?(?P<word_day>{'|'.join(ORDINALS)}) of (?P<word_month>{_M})"
    f"|(?P<day_first>\\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<month_second>{_M})|(?P<month_first>{_M}) (?P<day_second>\\d{{1,2}})(?:st|nd|rd|th)?(?!\\d|%|:| ?(?:percent|people|million))"
    f"|(?P<month>{_M})|(?P<holiday>christmas(?: (?:eve|day))?|thanksgiving|black friday|new year's (?:day|eve)|(?:lunar|chinese) new year|spring festival|halloween|valentine's day|independence day)(?![a-z])"
)
AMBIGUOUS = frozenset(
    [
        "march",
        "may",
        "august",
        "april",
        "june",
        "mar",
        "jan",
        "jun",
        "dec",
        "sep",
        "oct",
        "nov",
        "apr",
        "aug",
        "jul",
        "feb",
    ]
)
LEAD = re.compile(
    "(?:^|[^a-z])(?:in|on|by|since|before|after|until|till|during|through|throughout|from|to|of|for|between|around|circa|early|mid|late|last|this|next|back in|and|year|the|year of)[ -]$"
)
SPAN = re.compile("(?:19|20)\\d\\d ?[-–—] ?(?:19|20)\\d\\d(?!\\d)")
SECOND = re.compile("(?:19|20)\\d\\d ?[-–—] ?$")
HOLIDAYS: dict[str, Yearly] = {
    "christmas": days.day(12, 25),
    "christmas day": days.day(12, 25),
    "christmas eve": days.day(12, 24),
    "thanksgiving": days.thanksgiving(),
    "black friday": days.thanksgiving(1),
    "new year's day": days.day(1, 1),
    "new year's eve": days.day(12, 31),
    "lunar new year": days.lunar_holiday(),
    "chinese new year": days.lunar_holiday(),
    "spring festival": days.lunar_holiday(),
    "halloween": days.day(10, 31),
    "valentine's day": days.day(2, 14),
    "independence day": days.day(7, 4),
}
SIZES = {"early": (1, 4), "mid": (5, 8), "late": (9, 12)}
THIRDS = {"early": 1, "mid": 2, "late": 3, "beginning": 1, "start": 1, "middle": 2, "end": 3}
ENDS = {"beginning": (1, 3), "start": (1, 3), "middle": (5, 8), "end": (10, 12)}
SIZED_YEAR = re.compile("(?P<size>early|mid|late)[- ](?:in )?")
END_OF = re.compile(
    "(?:the )?(?P<end>beginning|start|middle|end) of (?:(?P<month>(?:last|this|next|the) month)|(?P<year>year)(?![a-z]))?|(?P<year_end>year[- ]end)(?![a-z])"
)
DAYS = {
    "the day before yesterday": -2,
    "the day after tomorrow": 2,
    "yesterday": -1,
    "last night": -1,
    "today": 0,
    "tonight": 0,
    "this morning": 0,
    "this afternoon": 0,
    "this evening": 0,
    "tomorrow": 1,
}
DAY = re.compile(
    f"(?:{'|'.join(sorted(DAYS, key=len, reverse=True))})(?![a-z-])(?: (?:morning|afternoon|evening|night))?"
)
WAYS = {"the": 0, "last": -1, "this": 0, "next": 1, "past": -1, "previous": -1, "coming": 1}
NEAR = re.compile(
    f"(?:the )?(?P<way>last|this|next|previous|coming) (?P<what>week|month|quarter|weekend|(?P<weekday>{_W}))(?![a-z])|(?P<only>{_W})"
)
A_NAME = re.compile("s |'s (?:is|was|has|are|restaurants?|chain)(?![a-z])")
LAST_NAMED = re.compile(
    f"(?P<way>last|this|next) (?=(?:{_M}|christmas|thanksgiving|black friday|halloween|new year's|lunar new year|chinese new year|spring festival))"
)
AGO = re.compile(
    f"(?P<count>{_COUNT}) (?P<unit>{_UNIT})s? (?P<way>ago|from now|earlier(?= today)|hence)(?![a-z])"
)
WINDOW = re.compile(
    f"(?:the )?(?P<way>past|last|next|coming|previous) (?:(?P<count>{_COUNT}) (?P<unit>{_UNIT})s?|(?P<one>decade|twelve months|12 months))(?![a-z])|(?:the|this) (?:past|last) (?P<single>week|month|quarter|year)(?![a-z]| of)"
)
PART_SO_FAR = re.compile(
    "(?:(?P<so_far>earlier|so far|later) (?P<unit>this (?:year|month|week|quarter))|(?P<to_date>year|month|quarter)[- ]to[- ]date|this (?P<after>year|month|week|quarter) so far)(?![a-z])"
)
DECADE = re.compile(
    "(?:the )?(?:(?P<four>(?:1[89]|20)\\d0)'?s(?![a-z])|(?P<two>'?[2-9]0)'?s(?![a-z])|(?P<word>twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties)(?![a-z]))"
)
DECADES = {
    word: 1920 + 10 * i
    for i, word in enumerate(
        ["twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties"]
    )
}
DATE = re.compile(
    "(?P<year>(?:1[89]|20|21)\\d\\d)(?P<mark>[-/.])(?P<month>\\d{1,2})(?P=mark)(?P<day>\\d{1,2})(?!\\d)"
)
VAGUE = re.compile(
    "(?:recently|lately|(?:in )?(?P<recent>recent (?:years|months|weeks|days|times))|(?:a few|several|some|many|a couple of) (?:days|weeks|months|years|decades) ago|some time ago|not (?:so )?long ago|the other day|a while ago|(?<!\\d )(?:years|months|weeks|decades) ago|(?:the )?(?:past|last|next|coming) few (?:days|weeks|months|years|decades))(?![a-z])"
)
FRAME = re.compile("(?P<word>since|by|before|after|until) ")
BETWEEN = re.compile("between ")
JOINT = re.compile(" (?:to|through|until|and) |(?: ?[-–—] ?)")
EVERY = ("every ", "each ", "usa ", "most ")
ANCHOR = re.compile(
    f"(?<![a-z0-9$€£.,'])(?:(?:{_M}|{_W}|{_SPOKEN}|{_COUNT}) ?|since |by |before |after |until |between |the |last |this |next |past |early|mid|late|earlier|later|so far|year|month|quarter|q[1-4]|h[12]|beginning|start|middle|end of"
    "|today|tonight|yesterday|tomorrow|recent|lately|several|some |many |a few|a couple|not |christmas|thanksgiving|black friday|new year|lunar|chinese new|spring f|halloween|valentine|independence|first|second|third|fourth|'?\\d|(?:twen|thir|for|fif|six|seven|eigh|nine)ties|previous|coming|weeks|months|years|decades)"
)
