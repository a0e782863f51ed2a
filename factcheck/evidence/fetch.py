"""Asking the web for a page, from public addresses only, within a time and a size; failing is an answer too."""

import re
import socket
import ssl
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import PurePosixPath
from urllib.parse import urlsplit

import httpx

from factcheck.errors import Refused, Usage
from factcheck.evidence.addresses import is_odd_number, is_public, literal, pair
from factcheck.evidence.body import read_body
from factcheck.evidence.page import media_type_of
from factcheck.evidence.watch import Watch

MOST_REDIRECTS = 10
MOST_ADDRESSES = 4
_PORTS = {"http": 80, "https": 443}
_NOT_REACHED = {"connection refused", "unreachable", "timeout"}
_HOST = re.compile(r"[a-z0-9._-]+|[0-9a-f.]*:[0-9a-f:.]*(?:%.*)?")
_REDIRECTS = {301, 302, 303, 307, 308}
_HEADERS = {
    "User-Agent": "factcheck (captures a page as evidence)",
    "Accept": "text/html,application/xhtml+xml,text/plain;q=0.9,*/*;q=0.8",
    "Accept-Encoding": "gzip",
    "Connection": "close",
}

Resolve = Callable[[str, int], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came of asking for an address.

    `outcome` is "ok", "http 404", "timeout", "too large", "connection refused", "no such host", "broken off",
    "tls ..." or another short sentence; `data` is empty unless a whole answer came. `redirects` are the
    addresses we were sent on to, in order. `exceptions` are the allowed HOST:PORT pairs that were really used.
    """

    url: str
    final_url: str
    status: int
    media_type: str
    data: bytes = field(repr=False)
    outcome: str
    exceptions: tuple[str, ...] = ()
    redirects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Answer:
    outcome: str
    status: int = 0
    media_type: str = ""
    location: str = ""
    data: bytes = b""


def fetch(
    url: str,
    *,
    allow: Collection[str] = (),
    deadline: float = 30.0,
    limit: int = 20_000_000,
    resolve: Resolve | None = None,
) -> Fetched:
    """Get a page. `deadline` is seconds for everything together, `limit` the bytes after decoding.

    Raises Usage for what is no web address and Refused when an address, also one that a redirect names,
    is not public and its HOST:PORT is not in `allow`. `resolve(host, port)` gives the addresses of a name.
    """
    target = _target(url)
    with Watch(deadline) as watch:
        return _Trip(
            url.strip(), frozenset(each.strip().lower() for each in allow), limit, resolve, watch
        ).walk(target)


def _target(url: str) -> httpx.URL:
    """The address as it will be asked; Usage or Refused when it will not. Credentials never get into a message."""
    try:
        if is_odd_number(urlsplit(url.strip()).hostname or ""):
            raise _odd(urlsplit(url.strip()).hostname or "")
        target = httpx.URL(url.strip())
        host = _host(target)
    except (httpx.InvalidURL, ValueError) as error:
        raise _no_address("This is not a web address.") from error
    if target.scheme not in _PORTS or not host or not _HOST.fullmatch(host):
        raise _no_address("Only http:// and https:// addresses can be captured.")
    if not 0 < _port(target) < 65_536:
        raise _no_address("A port is a number from 1 to 65535.")
    if target.userinfo:
        raise _no_address("An address with a name or a password in it is not kept.")
    if is_odd_number(host):
        raise _odd(host)
    return target


def _no_address(what: str) -> Usage:
    return Usage(what, remedy="write it as https://example.org/page; for a file give its path")


def _odd(host: str) -> Refused:
    return Refused(
        "an address in numbers that programs read differently is not asked.",
        where=host,
        remedy="write it as four decimal numbers, 203.0.113.7, or use the name of the site",
    )


def _host(target: httpx.URL) -> str:
    return target.raw_host.decode("ascii").rstrip(".")


def _port(target: httpx.URL) -> int:
    return _PORTS[target.scheme] if target.port is None else target.port


def _lookup(host: str, port: int) -> Iterable[str]:
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


@cache
def _trust() -> ssl.SSLContext:
    return httpx.create_ssl_context(trust_env=False)


@dataclass(slots=True)
class _Trip:
    """One walk from an address along its redirects."""

    url: str
    allow: frozenset[str]
    limit: int
    resolve: Resolve | None
    watch: Watch
    exceptions: list[str] = field(default_factory=list)
    redirects: list[str] = field(default_factory=list)

    def walk(self, target: httpx.URL) -> Fetched:
        while True:
            answer = self._ask(target)
            if not answer.location:
                return self._arrived(target, answer)
            if len(self.redirects) == MOST_REDIRECTS:
                return self._arrived(target, _Answer("too many redirects", answer.status))
            try:
                target = _target(str(target.join(answer.location)))
            except (Usage, httpx.InvalidURL, ValueError):
                return self._arrived(target, _Answer("a redirect to no web address", answer.status))
            self.redirects.append(str(target))

    def _arrived(self, target: httpx.URL, answer: _Answer) -> Fetched:
        return Fetched(
            url=self.url,
            final_url=str(target),
            status=answer.status,
            media_type=answer.media_type,
            data=answer.data,
            outcome=answer.outcome,
            exceptions=tuple(self.exceptions),
            redirects=tuple(self.redirects),
        )

    def _ask(self, target: httpx.URL) -> _Answer:
        try:
            addresses = self._addresses(target)
        except TimeoutError:
            return _Answer("timeout")
        except (OSError, UnicodeError, LookupError):
            return _Answer("no such host")
        answer = _Answer("no such host")
        for position, address in enumerate(addresses):
            patience = self.watch.left / (len(addresses) - position)
            answer = self._visit(target, address, patience)
            if answer.outcome not in _NOT_REACHED or not self.watch.left:
                break
        return answer

    def _addresses(self, target: httpx.URL) -> tuple[str, ...]:
        """The addresses of the target, every one of them checked, or Refused."""
        host, port = _host(target), _port(target)
        known = literal(host)
        look = self.resolve or _lookup
        found = (known,) if known else tuple(dict.fromkeys(self.watch.ask(lambda: look(host, port))))
        closed = [each for each in found if not is_public(each)]
        if closed and pair(host, port) not in self.allow:
            raise _not_public(target, closed[0])
        if closed and pair(host, port) not in self.exceptions:
            self.exceptions.append(pair(host, port))
        return found[:MOST_ADDRESSES]

    def _visit(self, target: httpx.URL, address: str, patience: float) -> _Answer:
        """Ask one address that was checked; the name goes into the Host header and the TLS handshake only."""
        times = httpx.Timeout(max(self.watch.left, 0.001), connect=max(patience, 0.001))
        headers = _HEADERS | {"Host": target.netloc.decode("ascii")}
        extensions = {"sni_hostname": _host(target), "trace": self.watch.hold}
        try:
            with (
                httpx.Client(verify=_trust(), trust_env=False, timeout=times) as client,
                client.stream(
                    "GET", target.copy_with(host=address), headers=headers, extensions=extensions
                ) as response,
            ):
                answer = self._answer(target, response)
        except httpx.HTTPError as error:
            answer = _Answer(_failure(error))
        return answer if self.watch.left else _Answer("timeout")

    def _answer(self, target: httpx.URL, response: httpx.Response) -> _Answer:
        status = response.status_code
        location = response.headers.get("location", "") if status in _REDIRECTS else ""
        if location:
            return _Answer("redirect", status, location=location)
        coding = response.headers.get("content-encoding", "")
        data, trouble = read_body(response.iter_raw(), coding, self.limit)
        declared = "".join(filter(str.isprintable, response.headers.get("content-type", "")))[:200]
        media_type = declared or media_type_of(PurePosixPath(target.path), data)
        return _Answer(
            trouble or ("ok" if response.is_success else f"http {status}"), status, media_type, data=data
        )


def _not_public(target: httpx.URL, address: str) -> Refused:
    wanted = pair(_host(target), _port(target))
    return Refused(
        f"{address} is not a public address; pages there are not captured.",
        where=str(target),
        remedy=f"if you mean it: --allow-address {wanted}",
    )


def _failure(error: httpx.HTTPError) -> str:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return f"tls certificate: {cause.verify_message}"[:120]
        if isinstance(cause, ssl.SSLError):
            return "tls failed"
        if isinstance(cause, ConnectionRefusedError):
            return "connection refused"
        cause = cause.__cause__ or cause.__context__
    if isinstance(error, httpx.TimeoutException):
        return "timeout"
    return "unreachable" if isinstance(error, httpx.ConnectError) else "broken off"
