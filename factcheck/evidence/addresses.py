"""Which addresses may be asked: public ones, and the exact HOST:PORT pairs that somebody allowed by name."""

import re
import unicodedata
from collections.abc import Iterator
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

from factcheck.errors import Usage

LONGEST = 4000

# Blocks that some releases of Python call global, from the IANA special-purpose registries (RFC 6890 and its
# successors), and 6to4, which is given up (RFC 7526); the last one is where a large cloud answers its guests with their own secrets.
_NOT_PUBLIC = tuple(
    ip_network(block)
    for block in ("192.0.0.0/24", "192.88.99.0/24", "2001::/23", "2002::/16", "3fff::/20", "168.63.129.16/32")
)
_UNICAST6 = ip_network("2000::/3")
_NAT64 = ip_network("64:ff9b::/96")
_NUMBER = re.compile(r"0x[0-9a-f]*|[0-9]+")


def is_public(address: str) -> bool:
    """True when every reading of this address lies in the public internet; False for what is no address."""
    try:
        readings = tuple(_readings(ip_address(address)))
    except ValueError:
        return False
    return all(_is_public(each) for each in readings)


def _readings(address: IPv4Address | IPv6Address) -> Iterator[IPv4Address | IPv6Address]:
    """The address, and the IPv4 addresses a gateway would make of it (RFC 4291, 6052, 4380, 5214)."""
    if isinstance(address, IPv4Address):
        yield address
        return
    low = IPv4Address(int(address) & 0xFFFFFFFF)
    if address.ipv4_mapped or address in _NAT64:
        yield low
        return
    yield address
    if address.teredo:
        yield from address.teredo
    if int(address) >> 32 & 0xFDFFFFFF == 0x5EFE:
        yield low


def _is_public(address: IPv4Address | IPv6Address) -> bool:
    if isinstance(address, IPv6Address) and address not in _UNICAST6:
        return False
    special = any(address in block for block in _NOT_PUBLIC if block.version == address.version)
    return address.is_global and not address.is_multicast and not special


def is_odd_number(host: str) -> bool:
    """True for an IPv4 address in a spelling that programs read differently: 2130706433, 0x7f.1, 0177.0.0.1, １２７.1."""
    plain = unicodedata.normalize("NFKC", host).lower().replace("。", ".").rstrip(".")
    if not all(_NUMBER.fullmatch(part) for part in plain.split(".")):
        return False
    return not _is_address(plain) or plain != host.lower().rstrip(".")


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def literal(host: str) -> str:
    """The host itself when it is an address already, else "" (a name that must be looked up)."""
    return host if _is_address(host) else ""


def pair(host: str, port: int) -> str:
    """HOST:PORT as it is written in an address and after --allow-address."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def web_address(text: str) -> str:
    """An http or https address that may be kept and shown. Usage for anything else; secrets are not repeated."""
    address, remedy = text.strip(), "write it as https://example.org/page"
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise Usage("this is not a web address.", remedy=remedy) from error
    if parts.scheme.lower() not in {"http", "https"} or not host or port == 0:
        raise Usage("this is not a web address.", remedy=remedy)
    if parts.username is not None or parts.password is not None:
        raise Usage("an address with a name or a password in it is not kept.", remedy=remedy)
    if any(unicodedata.category(each)[0] in "CZ" for each in address) or len(address) > LONGEST:
        raise Usage("this address holds characters that cannot be seen, or too many.", remedy=remedy)
    return address
