"""A document's bytes become text, or one sentence says why they cannot."""

import re

from factcheck.errors import BadData

LARGEST = 8 * 1024 * 1024
"""Bytes (and characters) of the largest document: a hundred hours of speech and more; more is an archive, not a transcript."""

_BINARY = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive (docx, xlsx, epub?)"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"\xff\xfe", "UTF-16 text"),
    (b"\xfe\xff", "UTF-16 text"),
    (b"\x1f\x8b", "a gzip archive"),
)
_AS_TEXT = "save it as UTF-8 text, for example: iconv -f GB18030 -t UTF-8 IN > OUT"


def decode(data: bytes, *, where: str) -> str:
    """The text of a document; a byte order mark, if there is one, stays its first character.

    Raises `BadData` for what is empty, binary, not UTF-8, or above `LARGEST` bytes.
    """
    if len(data) > LARGEST:
        raise too_large(len(data), "bytes", where=where)
    if not data.strip(b" \t\r\n\xef\xbb\xbf"):
        raise BadData(
            "The file has no text.",
            where=where,
            seen=f"{len(data)} bytes",
            remedy="give a file with words in it.",
        )
    for magic, name in _BINARY:
        if data.startswith(magic):
            raise BadData("This is not UTF-8 text.", where=where, seen=name, remedy=f"{_AS_TEXT}.")
    return _checked(_decoded(data, where), where)


def too_large(size: int, unit: str, *, where: str) -> BadData:
    return BadData(
        "The document is larger than one transcript can be.",
        where=where,
        seen=f"{size} {unit}, at most {LARGEST} are read",
        remedy="cut it into parts (split -C 5m FILE) and give them one by one.",
    )


def _decoded(data: bytes, where: str) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        seen = f"byte 0x{data[error.start]:02x} at offset {error.start}"
        raise BadData(
            "This is not UTF-8 text.", where=f"{where}:{line}", seen=seen, remedy=f"{_AS_TEXT}."
        ) from None


def _checked(text: str, where: str) -> str:
    control = re.search("[\x00-\x08\x0e-\x1a\x1c-\x1f]", text)
    if control and ("\x00" in text or _control_share(text) > 0.02):
        line = text.count("\n", 0, control.start()) + 1
        seen = f"the control character U+{ord(control[0]):04X}"
        raise BadData(
            "This is binary, not text.",
            where=f"{where}:{line}",
            seen=seen,
            remedy="give the text of the document.",
        )
    return text


def _control_share(text: str) -> float:
    return len(re.findall("[\x00-\x08\x0e-\x1a\x1c-\x1f]", text)) / len(text)
