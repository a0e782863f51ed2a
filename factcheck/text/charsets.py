"""What a label such as charset=gb2312 means to a browser, and the last guess when nothing names an encoding."""

import codecs
import re

# What a label means to a browser (WHATWG Encoding, section 4.2), in the names of Python's codecs.
MEANS = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "big5": "big5hkscs",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "utf-16": "utf-8",
    "utf-16-le": "utf-8",
    "utf-16-be": "utf-8",
}
_CODECS = {
    "utf-8", "gb18030", "big5hkscs", "cp932", "euc_jp", "iso2022_jp", "cp949", "koi8-r", "koi8-u",
    *(f"cp125{n}" for n in range(9)), *(f"iso8859-{n}" for n in range(2, 17)), "cp874", "cp866", "tis-620",
}  # fmt: skip
_GUESSES = ["gb18030", "big5", "cp932", "euc_jp", "cp949", "cp1252", "cp1251", "utf_16_le", "utf_16_be"]
LABEL = r"""charset\s*=\s*["']?\s*([\w.:-]{1,40})"""
_META = re.compile(rb"<meta[^>]{0,400}?" + LABEL.encode(), re.IGNORECASE)
_XML = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})""", re.IGNORECASE)


def codec(label: str) -> str:
    """Python's codec for a label of the web; "" for unknown ones and for codecs that are no charset."""
    try:
        name = codecs.lookup(label).name
    except LookupError:
        return ""
    name = MEANS.get(name, name)
    return name if name in _CODECS else ""


def declared_by_page(data: bytes) -> str:
    """The codec that a page of HTML names for itself, or ""."""
    own = _META.search(data[:4096]) or _XML.match(data[:4096])
    return codec(own[1].decode("ascii", "replace")) if own else ""


def guessed(data: bytes) -> str:
    """What charset-normalizer takes the bytes for, or ""."""
    from charset_normalizer import from_bytes

    best = from_bytes(data[:65536], cp_isolation=_GUESSES).best()
    return "" if best is None else MEANS.get(best.encoding, best.encoding)
