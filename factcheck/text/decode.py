"""A document's bytes become text, or one sentence says why they cannot; how it was decided is told."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass

from factcheck.errors import BadData
from factcheck.text.charsets import guessed

LARGEST = 8 * 1024 * 1024
"""Bytes (and characters) of the largest text: a hundred hours of speech and more; more is an archive, not a transcript."""

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_BINARY = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive (docx, xlsx, epub?)"),
    (b"\xd0\xcf\x11\xe0", "an old Word file, or an encrypted docx"),
    (b"{\\rtf", "rich text (RTF)"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"ID3", "a sound recording"),
    (b"RIFF", "a sound recording or a picture"),
    (b"OggS", "a sound recording"),
)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_MOSTLY = 0.8
"""Of the characters that are not ASCII, so many must be common ones; text read in a wrong encoding has half of that."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text with its encoding (a name that Python's codecs have) and what told us that it is this one."""

    text: str
    encoding: str
    decided: str


def decode(data: bytes, *, where: str) -> str:
    """The text of a document; see `decoded`."""
    return decoded(data, where=where).text


def decoded(data: bytes, *, where: str, declared: str = "", most: int = LARGEST) -> Decoded:
    """Text in UTF-8, UTF-16, GB18030, Big5, in the encoding that a page declares, or at last in a guessed one.

    A UTF-8 byte order mark stays the first character, since offsets count it; that of UTF-16 does not.
    Raises `BadData` for what is empty, binary, in no encoding we can tell, or above `most` bytes.
    """
    if len(data) > most:
        raise too_large(len(data), "bytes", where=where)
    check_words(data, where=where)
    for magic, name in _BINARY:
        if data.startswith(magic):
            remedy = "save it as a docx, a text PDF, a web page or UTF-8 text."
            raise BadData("This is not text.", where=where, seen=name, remedy=remedy)
    found = next((each for each in readings(data, declared) if each), None)
    if found is None:
        raise _undecodable(data, where)
    return Decoded(checked(found.text, where=where), found.encoding, found.decided)


def check_size(size: int, *, where: str, unit: str = "bytes") -> None:
    """Refuse what is above `LARGEST`."""
    if size > LARGEST:
        raise too_large(size, unit, where=where)


def check_words(data: bytes, *, where: str) -> None:
    """Refuse a file of nothing but blanks."""
    if not data.strip(b" \t\r\n\xef\xbb\xbf"):
        seen = f"{len(data)} bytes"
        raise BadData("The file has no text.", where=where, seen=seen, remedy="give a file with words in it.")


def too_large(size: int, unit: str, *, where: str) -> BadData:
    return BadData(
        "The document is larger than one transcript can be.",
        where=where,
        seen=f"{size} {unit}, at most {LARGEST} are read",
        remedy="cut it into parts (split -C 5m FILE) and give them one by one.",
    )


def readings(data: bytes, declared: str) -> Iterator[Decoded | None]:
    """Each way to read the bytes, the surest first."""
    for mark, name in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            kept = data if name == "utf-8" else data[len(mark) :]
            yield _strict(kept, name, "a byte order mark")
    if declared and declared != "utf-8":
        yield _strict(data, declared, "the page declares it")
    yield _utf_16(data) if b"\0" in data else None
    yield _strict(data, "utf-8", "the bytes are UTF-8 and nothing else")
    if b"\0" not in data and not _damaged(data):
        yield _chinese(data)
        yield _guess(data)


def _strict(data: bytes, encoding: str, decided: str) -> Decoded | None:
    try:
        return Decoded(data.decode(encoding), encoding, decided)
    except (UnicodeDecodeError, LookupError):
        return None


def _utf_16(data: bytes) -> Decoded | None:
    """UTF-16 without a mark: common characters in one order of the bytes, and not in the other."""
    if len(data) % 2 or (data.isascii() and data.count(0) * 3 < len(data)):
        return None  # of ASCII with a zero here and there, two letters would be one Chinese character
    decided = "every other byte is that of a common character"
    readings = [_strict(data, name, decided) for name in ("utf-16-le", "utf-16-be")]
    found = max((each for each in readings if each), key=lambda each: _plain(each.text), default=None)
    return found if found and _plain(found.text) > _MOSTLY else None


def _plain(text: str) -> float:
    """The share of characters that ordinary Chinese or English has."""
    sample = text[:32768]
    return len(re.findall("[\t\n\r\x20-\x7e\u4e00-\u9fff\u3000-\u303f\uff00-\uffef‘-”…—]", sample)) / len(
        sample
    )


def _damaged(data: bytes) -> bool:
    """UTF-8 with a few bytes that are none: guessing another encoding would hide the damage."""
    text = data.decode("utf-8", "replace")
    bad, good = text.count("\ufffd"), sum(character > "\x7f" for character in text)
    return good - bad > 4 * bad


def _chinese(data: bytes) -> Decoded | None:
    """GB18030 or Big5: the one whose characters are common."""
    readings = [
        _strict(data, name, "its characters are common ones") for name in ("gb18030", "big5", "big5hkscs")
    ]
    found = max((each for each in readings if each), key=lambda each: _common(each.text), default=None)
    return found if found and _common(found.text) >= _MOSTLY else None


def _common(text: str) -> float:
    """The share of common characters among those that are not ASCII."""
    foreign = [character for character in text[:32768] if character > "\x7f"]
    return sum(map(_is_common, foreign)) / len(foreign) if foreign else 0.0


def _is_common(character: str) -> bool:
    """Punctuation, or in the first level of GB 2312 or of Big5: the 3,755 and 5,401 characters in daily use."""
    if not "\u4e00" <= character <= "\u9fff":
        return character in "，。、；：？！“”‘’（）《》「」『』【】—…·～％　〈〉" or "０" <= character <= "ｚ"
    return _lead(character, "gb2312") in range(0xB0, 0xD8) or _lead(character, "big5") in range(0xA4, 0xC7)


def _lead(character: str, encoding: str) -> int:
    try:
        return character.encode(encoding)[0]
    except UnicodeEncodeError:
        return 0


def _guess(data: bytes) -> Decoded | None:
    name = guessed(data)
    return _strict(data, name, "a guess by charset-normalizer") if name else None


def _undecodable(data: bytes, where: str) -> BadData:
    error = _first_fault(data)
    line = data[: error.start].decode(error.encoding, "replace").count("\n") + 1
    return BadData(
        "This is text in no encoding that can be told.",
        where=f"{where}:{line}",
        seen=f"byte 0x{data[error.start]:02x} at offset {error.start}",
        remedy="save it as UTF-8 text, for example: iconv -f GB18030 -t UTF-8 IN > OUT.",
    )


def _first_fault(data: bytes) -> UnicodeDecodeError:
    """Where the bytes are not what their mark says; without a mark: not UTF-8."""
    codec = next((name for mark, name in BYTE_ORDER_MARKS if data.startswith(mark)), "utf-8")
    try:
        data.decode(codec)
    except UnicodeDecodeError as error:
        return error
    raise AssertionError(f"these bytes are {codec}")


def checked(text: str, *, where: str, lines: bool = True) -> str:
    """The text again; refused when control characters say that it is none. Not `lines`: its lines are not the file's."""
    control = _CONTROL.search(text)
    if control and ("\x00" in text or len(_CONTROL.findall(text)) / len(text) > 0.02):
        line = f":{text.count(chr(10), 0, control.start()) + 1}" if lines else ""
        raise BadData(
            "This is binary, not text.",
            where=f"{where}{line}",
            seen=f"the control character U+{ord(control[0]):04X}",
            remedy="give the text of the document.",
        )
    return text
