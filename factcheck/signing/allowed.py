"""Who may sign, in the format of OpenSSH's allowed_signers (ssh-keygen(1), ALLOWED SIGNERS): for ssh-keygen -Y verify."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import quote, unquote

from factcheck.signing.keys import PublicKey
from factcheck.signing.sshsig import NAMESPACE

MOMENT = re.compile(r"([1-9]\d{3})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d{3})?Z", re.ASCII)
STAMP = re.compile(r"([1-9]\d{3})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?)?Z", re.ASCII)
OPTION = re.compile(r'([a-z-]+)="([^"]*)"')
FIELD = re.compile(r'(?:[^\s"]|"[^"]*")+')


@dataclass(frozen=True, slots=True)
class Signer:
    """A name, a key, and the moments (RFC 3339 in UTC, "" is open) from which and until which it counts."""

    name: str
    key: PublicKey
    valid_after: str = ""
    valid_before: str = ""


def principal(name: str) -> str:
    """The name as one word without patterns: all but letters, digits and -_.~ percent-encoded, as jq's @uri does."""
    return quote(name, safe="-_.~")


def to_text(signers: Iterable[Signer]) -> str:
    """One line a key, in the order given."""
    return "".join(f"{_line(each)}\n" for each in signers)


def _line(signer: Signer) -> str:
    dates = (("valid-after", signer.valid_after), ("valid-before", signer.valid_before))
    options = [f'namespaces="{NAMESPACE}"', *(f'{name}="{_stamp(day)}"' for name, day in dates if day)]
    return f"{principal(signer.name)} {','.join(options)} {signer.key.to_line()}"


def _stamp(moment: str) -> str:
    found = MOMENT.fullmatch(moment)
    if found is None:
        raise ValueError(f"{moment[:40]!r} is no moment like 2024-02-26T09:30:00.000Z.")
    return f"{_time(found.groups()):%Y%m%d%H%M%S}Z"


def from_text(text: str) -> list[Signer]:
    """Read lines as `to_text` writes them; blank lines and comments are passed over. ValueError, naming the line."""
    found: list[Signer] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        match = _LINE.fullmatch(line)
        if match is None or match["space"] != NAMESPACE:
            raise ValueError(f"line {number} is not written as factcheck writes it")
        dates = (_moment(match[each]) for each in ("after", "before"))
        found.append(Signer(unquote(match["who"]), PublicKey.from_line(match["key"]), *dates))
    return found


def _moment(stamp: str | None) -> str:
    if not stamp:
        return ""
    found = STAMP.fullmatch(stamp)
    if found is None:
        raise ValueError(f"{stamp[:40]!r} is no moment like 20240226093000Z.")
    return f"{_time(found.groups(default='0')):%Y-%m-%dT%H:%M:%S}.000Z"


def _time(figures: tuple[str, ...]) -> datetime:
    """The time of these figures (ValueError for the thirteenth month)."""
    year, month, day, hour, minute, second = map(int, figures)
    return datetime(year, month, day, hour, minute, second, tzinfo=UTC)
