"""What is counted: the units and currencies that may follow a number, and the English noun that does where none is listed."""

import re
from dataclasses import dataclass
from decimal import Decimal

_MONEY = {
    "CNY": "人民币|块钱|元人民币|元|块|rmb|yuan|renminbi|cny",
    "USD": "美元|美金|us dollars?|dollars?|bucks?|usd",
    "EUR": "欧元|euros?|eur",
    "JPY": "日元|日圆|yen|jpy",
    "GBP": "英镑|pounds sterling|pounds?|gbp",
    "HKD": "港元|港币|港幣|hkd",
    "TWD": "新台币|台币|twd",
    "KRW": "韩元|韩币|won|krw",
    "RUB": "卢布|rubles?|roubles?|rub",
    "INR": "卢比|rupees?|inr",
    "CHF": "瑞士法郎|法郎|swiss francs?|francs?|chf",
    "SGD": "新加坡元|新加坡币|sgd",
    "AUD": "澳元|aud",
    "CAD": "加元|cad",
    "THB": "泰铢|baht|thb",
    "BRL": "雷亚尔|reais|brl",
}
_SMALL_MONEY = {"毛钱": "0.1", "毛": "0.1", "角钱": "0.1", "分钱": "0.01"}
_SYMBOLS = {
    "us$": "USD",
    "hk$": "HKD",
    "nt$": "TWD",
    "s$": "SGD",
    "a$": "AUD",
    "c$": "CAD",
    "$": "USD",
    "＄": "USD",
    "€": "EUR",
    "£": "GBP",
    "¥": "CNY",
    "￥": "CNY",
    "₹": "INR",
    "₩": "KRW",
}
_CODES = "usd|eur|gbp|jpy|cny|rmb|hkd|krw|inr|chf|sgd|aud|cad|twd"
MONEY_BEFORE = re.compile(f"(?:{'|'.join(map(re.escape, _SYMBOLS))}|(?<![a-z])(?:{_CODES})) ?$")
MONEY_NEXT = re.compile(f" ?(?:{'|'.join(map(re.escape, _SYMBOLS))}|(?:{_CODES}) ?(?=\\d))")

_PER_CENT = {
    "pp": "个?百分点|percentage points?|pp(?![a-z])",
    "bp": "个?基点|basis points?|bps?(?![a-z])",
    "mille": "‰",
    "tenth": "成(?![为立本长功都员就果绩品交型熟人分])",
    "cent": "[%％]|per ?cent(?![a-z])",
}
_DURATION_ZH = "秒钟|毫秒|微秒|纳秒|分钟|刻钟|小时|钟头|工作日|交易日|星期|礼拜|季度|世纪|个月|周年|年|天|周(?!边|围|期|末)|秒|月(?=$|[，。,. ])"
_MEASURE_ZH = (
    "公里每小时|千米每小时|英里每小时|公里每秒|千米每秒|米每秒|平方公里|平方千米|平方米|平方英尺|立方米|千瓦时|兆瓦时|吉瓦时|亿千瓦时|摄氏度|华氏度|毫安时|"
    "千赫|兆赫|吉赫|公里|千米|厘米|毫米|微米|纳米|分米|英里|海里|英尺|英寸|光年|公斤|千克|毫克|微克|公顷|毫升|公升|千瓦|兆瓦|吉瓦|"
    "千卡|大卡|像素|赫兹|人次|人天|度电|倍速"
)
_NOUN_ZH = "参数|用户|观众|粉丝|居民|员工|学生|游客|旅客|农民|网民|人口|人民|乘客|士兵|志愿者"
_CLASSIFIER_ZH = (
    "[人名位家个台辆架艘部款项条张帧幅次场届轮件份套本篇集句字词票席分球枚座所间户只头粒颗支把批种类层级代页桶瓦伏床例剂桌股单点门片"
    "米克吨斤亩升度岁步栋幢棵盒箱包袋瓶杯碗匹组笔双株]"
)
_WEIGHED = frozenset("米克吨斤升度瓦伏")
_SYMBOL = (
    "km/h|kmh|mph|m/s|[kmgtp]b/s|[kmgt]bps|[kmgt]wh?|[kmgt]hz|[kmgtp]i?b|mah|kwh|fps|ppm|ppb|rpm|dpi|km²|km2|m²|m2|m³|"
    "km|cm|mm|nm|μm|um|kg|mg|μg|ml|ms|ns|db|℃|°c|°f|℉|wh|hz|lbs?|oz|ft|mi|ha|tps|tokens?/s"
)
_EN_LISTED = (
    "square (?:feet|foot|meters?|metres?|miles?|kilometers?|kilometres?|inches)|cubic (?:feet|meters?|metres?)|metric (?:tons|tonnes)|light[ -]years?|"
    "miles per hour|kilometers per hour|kilometres per hour|"
    "miles?|kilomet(?:er|re)s?|met(?:er|re)s?|centimet(?:er|re)s?|millimet(?:er|re)s?|nanomet(?:er|re)s?|feet|foot|inch(?:es)?|yards?|kilograms?|kilos?|grams?|milligrams?|tons?|tonnes?|ounces?|gallons?|lit(?:er|re)s?|"
    "barrels?|acres?|hectares?|degrees?|hours?|minutes?|seconds?|milliseconds?|microseconds?|days?|weeks?|months?|quarters?|years?|decades?|centur(?:y|ies)|times|"
    "people|persons?|employees?|workers?|users?|customers?|patients?|students?|units?|vehicles?|stores?|homes?|households?|shares?|votes?|points?|goals?|seats?|"
    "megawatts?|gigawatts?|kilowatts?|watts?|terabytes?|gigabytes?|megabytes?|petabytes?|parameters?|tokens?|frames?|images?|pictures?|pixels?|calories|cores?|staff|men|women|children|aircraft"
)


def _either(table: dict[str, str]) -> str:
    return "|".join(sorted("|".join(table.values()).split("|"), key=len, reverse=True))


def words(*lines: str) -> frozenset[str]:
    """The words of these lines."""
    return frozenset(word for line in lines for word in line.split())


_LATIN_END = "(?![a-z])"
_FIND = re.compile(
    f" ?(?:{'|'.join(f'(?P<{key}>{words})' for key, words in _PER_CENT.items())})"
    f"| ?(?P<small>{'|'.join(_SMALL_MONEY)})(?!病)"
    f"|[ -]?(?P<money>(?:{_either(_MONEY)}){_LATIN_END})"
    f"| ?(?P<factor>x(?![a-z\\d])|倍|[ -]?fold{_LATIN_END})"
    f"| ?个?(?P<time>{_DURATION_ZH})"
    f"| ?(?P<measure>{_MEASURE_ZH}|{_NOUN_ZH})"
    f"| ?(?P<class>{_CLASSIFIER_ZH})"
    f"| ?(?P<symbol>(?:{_SYMBOL}){_LATIN_END})"
    f"|[ -](?P<listed>(?:{_EN_LISTED}){_LATIN_END})"
)
_HAS_MONEY = {word: code for code, words in _MONEY.items() for word in words.replace("s?", "").split("|")}
_NOUN = re.compile("(?P<gap>[ -])(?P<word>[A-Za-z][a-z]+|[A-Z]+s)(?![\\w])(?: (?P<next>[a-z]+)(?!\\w))?")
_PEOPLE = words(
    "people men women children feet teeth mice staff aircraft sheep police personnel crew media criteria species"
)
_NO_NOUN = words(
    "a about above across after again against ago all almost already also although always an and another any are as at",
    "be because been before below besides between both but by can could did do does during each earlier either else even",
    "ever every few for from had has have he her here his how i if in including into is it its itself just later least",
    "less like may maybe me might minus more most much must my near nearly no nor not now of off often on once only or",
    "other our out over own past per perhaps plus rather said same shall she should since so some soon still such than",
    "that the their them then there these they this those though through till to today together tomorrow too toward",
    "towards under until up upon us very via was we well were what when where whereas whether which while who whose",
    "will with within without would yes yesterday yet you your percent point plus versus vs times overseas sometimes",
    "thus unless afterwards says makes goes comes gets takes means seems protects remains gives keeps lets wants",
    "figure becomes happens includes requires brings helps sells buys puts sits needs january february march april june july",
    "august september october november december",
)
_SINGULAR = {
    "feet": "foot",
    "people": "person",
    "men": "man",
    "women": "woman",
    "children": "child",
    "times": "times",
    "inches": "inch",
    "passes": "pass",
    "centuries": "century",
}


@dataclass(frozen=True, slots=True)
class Unit:
    """`name` as it is written or its code (USD, %, pp, bp, times); values are multiplied by `factor`.

    kind is money, percent, ratio, duration or amount; `listed` is false for an English noun nobody listed; `measure`
    is true for what is measured rather than counted.
    """

    end: int
    name: str
    kind: str
    factor: Decimal = Decimal(1)
    listed: bool = True
    measure: bool = False


def unit(lowered: str, written: str, at: int, end: int) -> Unit | None:
    """The unit that begins at `at`, a blank or hyphen before it included; `written` is the text before lowering."""
    match = _FIND.match(lowered, at, end)
    if match is None:
        return _noun(written, at, end)
    word, group = match[match.lastgroup or 0], match.lastgroup
    if group in _PER_CENT_UNITS:
        name, factor = _PER_CENT_UNITS[group]
        return Unit(match.end(), name, "percent", factor)
    if group == "small":
        return Unit(match.end(), "CNY", "money", Decimal(_SMALL_MONEY[word]))
    if group == "money":
        return Unit(match.end(), money(word), "money")
    if group == "factor":
        return Unit(match.end(), "倍" if word == "倍" else "times", "ratio")
    if group == "time":
        return Unit(match.end(), word.removeprefix("个"), "duration")
    shown = written[match.start(group) : match.end(group)] if group else word
    if word == "times":
        return Unit(match.end(), "times", "ratio")
    kind = "duration" if group == "listed" and _DURATION.fullmatch(word) else "amount"
    measure = group in ("measure", "symbol") or shown in _WEIGHED
    return Unit(match.end(), shown, kind, measure=measure)


_DURATION = re.compile(
    "(?:milli|micro)?seconds?|(?:minute|hour|day|week|month|quarter|year|decade)s?|centur(?:y|ies)"
)


_PER_CENT_UNITS = {
    "pp": ("pp", Decimal(1)),
    "bp": ("bp", Decimal(1)),
    "mille": ("%", Decimal("0.1")),
    "tenth": ("%", Decimal(10)),
    "cent": ("%", Decimal(1)),
}


def money(word: str) -> str:
    """The ISO code of a currency's name, symbol or code."""
    word = word.strip()
    if word in _SYMBOLS:
        return _SYMBOLS[word]
    return _HAS_MONEY.get(word) or _HAS_MONEY[word.removesuffix("s")]


def _noun(written: str, at: int, end: int) -> Unit | None:
    """The next word if it looks like a plural, or the one after an adjective; after a hyphen whatever stands there."""
    match = _NOUN.match(written, at, end)
    if match is None or match["word"].lower() in _NO_NOUN:
        return None
    word = match["word"]
    if match["gap"] == "-":
        return Unit(match.end("word"), word, "amount") if word.islower() else None
    if _is_plural(word):
        return Unit(match.end("word"), word, "amount", listed=False)
    after = match["next"]
    if after and word.islower() and not word.endswith(("ed", "ing", "ly")) and _is_plural(after):
        return Unit(match.end(), after, "amount", listed=False)
    return None


def _is_plural(word: str) -> bool:
    if word in _PEOPLE:
        return True
    regular = word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3
    return regular and word.lower() not in _NO_NOUN and (word.islower() or word[:-1].isupper())


def singular(name: str) -> str:
    """The name under which units are compared: pages and page, people and person are one."""
    if name in _SINGULAR:
        return _SINGULAR[name]
    plural = name.isascii() and len(name) > 3 and name.endswith("s") and not name.endswith("ss")
    return name[:-1] if plural else name
