"""Where a request would go, taken apart once; and the sentences for what is not asked."""

from dataclasses import dataclass

from factcheck.errors import FactcheckError, Refused, Usage
from factcheck.evidence.addresses import pair

LONGEST = 8000
"""Characters of an address; servers are asked to take as many (RFC 9110, section 4.1)."""


@dataclass(frozen=True, slots=True)
class Target:
    """An address as it is asked: `host` in the form of the name server, `path` with its query."""

    address: str
    scheme: str
    host: str
    port: int
    path: str
    lookalike: str = ""

    @property
    def pair(self) -> str:
        """HOST:PORT, as --allow-address wants it."""
        return pair(self.host, self.port)


class NoTarget(Exception):
    """What is not asked: `error` when a person typed it, `outcome` when a redirect names it. No secrets in either."""

    def __init__(self, error: FactcheckError, outcome: str) -> None:
        super().__init__(outcome)
        self.error, self.outcome = error, outcome


def no_address() -> NoTarget:
    return NoTarget(_usage("This is not a web address."), "redirect to no web address")


def too_long() -> NoTarget:
    said = _usage(f"An address of more than {LONGEST} characters is not asked.")
    return NoTarget(said, "redirect to an address that is too long")


def no_web(scheme: str) -> NoTarget:
    named = f"{scheme}:, which is " if scheme.isascii() and scheme.isalpha() and len(scheme) < 20 else ""
    said = _usage("Only http:// and https:// addresses can be captured.")
    return NoTarget(said, f"redirect to {named}no web address")


def with_secret() -> NoTarget:
    said = _usage("An address with a name or a password in it is not kept.")
    return NoTarget(said, "redirect to an address with a name or a password in it")


def no_port() -> NoTarget:
    return NoTarget(_usage("A port is a number from 1 to 65535."), "redirect to no web address")


def odd_number(host: str) -> NoTarget:
    said = Refused(
        "an address in numbers that programs read differently is not asked.",
        where=host,
        remedy="write it as four decimal numbers, 203.0.113.7, or use the name of the site",
    )
    return NoTarget(said, "redirect to an address in numbers that programs read differently")


def other_port(host: str, port: int) -> NoTarget:
    said = Refused(
        f"port {port} is not one where pages are; it is not asked.",
        where=pair(host, port),
        remedy="leave the port out, or save the page and file it: factcheck capture FILE --from URL",
    )
    return NoTarget(said, f"redirect to port {port}, where no pages are")


def not_public(target: Target, address: str) -> NoTarget:
    said = Refused(
        f"{address} is not a public address; pages there are not captured.",
        where=target.address,
        remedy=f"if you mean it: --allow-address {target.pair}",
    )
    return NoTarget(said, f"redirect to a non-public address {address}")


def _usage(what: str) -> Usage:
    return Usage(what, remedy="write it as https://example.org/page; for a file give its path")
