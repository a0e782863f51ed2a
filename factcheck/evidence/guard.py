"""The gate before every connection: an address is asked when two lists call it public, or when somebody allowed it by name."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from factcheck.evidence import addresses
from factcheck.evidence.addresses import pair

if TYPE_CHECKING:
    from ssrfguard import AddressTable

# Ports a browser does not ask either (WHATWG Fetch, section 2.10 "port blocking"); of those below 1024 only two are the web's.
_BLOCKED = frozenset(
    {1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6679, 6697, 10080, *range(6665, 6670)}
)
_LOW = frozenset({80, 443})


@dataclass(frozen=True, slots=True)
class Passed:
    """What may be asked of the addresses of a name, the first that is not public, and the exception that was made."""

    addresses: tuple[str, ...] = ()
    closed: str = ""
    exception: str = ""


def is_public(address: str) -> bool:
    """True when our own list and that of ssrfguard both call an address public; False for what is no address."""
    return addresses.is_public(address) and not _table().classify(address).blocked


def is_web_port(port: int) -> bool:
    """True for a port where pages are; mail, shells and the like are never asked."""
    return port in _LOW if port < 1024 else port not in _BLOCKED


def checked(host: str, port: int, found: Iterable[str], allow: Collection[str]) -> Passed:
    """The addresses of a name: all of them, or none when one is not public and HOST:PORT is not in `allow`."""
    known = tuple(dict.fromkeys(found))
    closed = next((each for each in known if not is_public(each)), "")
    if not closed:
        return Passed(known)
    return Passed(known, closed, pair(host, port)) if pair(host, port) in allow else Passed(closed=closed)


@cache
def _table() -> "AddressTable":
    from ssrfguard import DEFAULT_DENIED

    return DEFAULT_DENIED
