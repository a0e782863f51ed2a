"""Asking the web for a page, from public addresses only, within a time and a size; failing is an answer too."""

import ssl
from collections.abc import Collection, Iterator
from contextlib import closing, suppress
from dataclasses import replace
from functools import cache
from re import compile as pattern
from urllib.parse import urlsplit

import httpx

from factcheck.events import timestamp
from factcheck.evidence import guard, targets
from factcheck.evidence.addresses import is_odd_number, pair
from factcheck.evidence.answers import Exchange, Fetched, Reply
from factcheck.evidence.body import read_body
from factcheck.evidence.failures import failure
from factcheck.evidence.lookalike import lookalike
from factcheck.evidence.retries import LATER
from factcheck.evidence.robots import NAME
from factcheck.evidence.targets import LONGEST, NoTarget, Target
from factcheck.evidence.tls import tls
from factcheck.evidence.walk import Now, Resolve, Ways, journey, lookup, utc_now
from factcheck.evidence.watch import Watch

_PORTS = {"http": 80, "https": 443}
_HOST = pattern(r"[a-z0-9._-]+|[0-9a-f.]*:[0-9a-f:.]*(?:%.*)?")
_REDIRECTS = {301, 302, 303, 307, 308}
ON_THE_WAY = 200_000
"""Bytes that are kept of an answer that sends on or asks for patience: there may be a dozen of them."""
LARGEST_HEAD = 32_000
"""Bytes of all headers together; archives' tools read no record with more."""
_ARENA_MAX = -8
"""M_ARENA_MAX of glibc's malloc.h, mallopt(3)."""
_HEADERS = {
    "User-Agent": f"{NAME} (captures a page as evidence)",
    "Accept": "text/html,application/xhtml+xml,text/plain;q=0.9,*/*;q=0.8",
    "Accept-Encoding": "gzip",
    "Connection": "close",
}


def fetch(
    url: str,
    *,
    allow: Collection[str] = (),
    deadline: float = 30.0,
    limit: int = 20_000_000,
    resolve: Resolve | None = None,
    watch: Watch | None = None,
    pauses: tuple[float, ...] = (0.25, 1.0),
    robots: bool = True,
    trust: ssl.SSLContext | None = None,
    now: Now = utc_now,
) -> Fetched:
    """Get a page. `deadline` is seconds for everything together, `limit` the bytes after decoding.

    Raises Usage for what is no web address and Refused when the address is not public and its HOST:PORT is not
    in `allow`; what a redirect names is an outcome instead. `resolve(host, port)` gives the addresses of a name.
    A `watch` brings its own deadline, can be cancelled from another thread (Cancelled is raised here) and hears of
    progress. `pauses` are the seconds before each further try, `robots` whether the host is asked for its rules.
    """
    allowed = frozenset(each.strip().lower() for each in allow)
    _share_memory()
    try:
        target = _target(url.strip(), allowed)
        ways = Ways(
            aim=lambda onward, base: _target(_joined(onward, base), allowed),
            visit=_Visitor(trust or _trust(), now).visit,
            allow=allowed,
            resolve=resolve or lookup,
            now=now,
            limit=limit,
            pauses=pauses,
        )
        with watch or Watch(deadline) as running:
            return journey(url.strip(), target, ways, running, ask_robots=robots)
    except NoTarget as no:
        raise no.error from None


@cache
def _share_memory() -> None:
    """Have all threads take memory from one place: each trip is one, and glibc keeps for itself what a thread has freed."""
    import ctypes

    with suppress(OSError, AttributeError, TypeError):  # another C library
        ctypes.CDLL(None).mallopt(_ARENA_MAX, 1)


def _joined(onward: str, base: Target | None) -> str:
    try:
        return str(httpx.URL(base.address).join(onward)) if base else onward
    except (httpx.InvalidURL, ValueError) as error:
        raise targets.no_address() from error


def _target(url: str, allow: frozenset[str]) -> Target:
    """The address as it will be asked; NoTarget when it will not. Credentials never get into a message."""
    try:
        seen = urlsplit(url).hostname or ""
        if is_odd_number(seen):
            raise targets.odd_number(seen)
        asked = httpx.URL(url)
        host = asked.raw_host.decode("ascii").rstrip(".")
    except (httpx.InvalidURL, ValueError) as error:
        raise targets.no_address() from error
    if asked.scheme not in _PORTS:
        raise targets.no_web(asked.scheme)
    if not _HOST.fullmatch(host):
        raise targets.no_address()
    if len(str(asked)) > LONGEST:
        raise targets.too_long()
    port = _PORTS[asked.scheme] if asked.port is None else asked.port
    _refuse(asked, host, port, allow)
    return Target(
        address=str(asked),
        scheme=asked.scheme,
        host=host,
        port=port,
        path=asked.raw_path.decode("ascii", "replace"),
        lookalike="" if ":" in host else lookalike(seen, host),
    )


def _refuse(asked: httpx.URL, host: str, port: int, allow: frozenset[str]) -> None:
    if not 0 < port < 65_536:
        raise targets.no_port()
    if asked.userinfo:
        raise targets.with_secret()
    if is_odd_number(host):
        raise targets.odd_number(host)
    if not guard.is_web_port(port) and pair(host, port) not in allow:
        raise targets.other_port(host, port)


@cache
def _trust() -> ssl.SSLContext:
    return httpx.create_ssl_context(trust_env=False)


class _Visitor:
    """One request at a time to one checked address, and what came of it."""

    def __init__(self, trust: ssl.SSLContext, now: Now) -> None:
        self._trust, self._now = trust, now

    def visit(self, target: Target, address: str, patience: float, limit: int, watch: Watch) -> Reply:
        """The name goes into the Host header and the TLS handshake only; the connection goes to `address`."""
        asked = httpx.URL(target.address)
        times = httpx.Timeout(max(watch.left, 0.001), connect=max(patience, 0.001))
        request = httpx.Request(
            "GET",
            asked.copy_with(host=address),
            headers=_HEADERS | {"Host": asked.netloc.decode("ascii")},
            extensions={"sni_hostname": target.host, "trace": watch.hold, "timeout": times.as_dict()},
        )
        try:
            with (
                httpx.HTTPTransport(verify=self._trust, trust_env=False) as transport,
                closing(transport.handle_request(request)) as response,
            ):
                response.request = request
                reply = self._reply(target, address, response, limit, watch)
        except httpx.HTTPError as error:
            reply = Reply(_failure(error))
        return reply if watch.left else _late(reply)

    def _reply(
        self, target: Target, address: str, response: httpx.Response, limit: int, watch: Watch
    ) -> Reply:
        time, head = timestamp(self._now()), _head(response)
        if len(head) > LARGEST_HEAD:
            return Reply("headers too large", response.status_code)
        secured = tls(response.extensions["network_stream"].get_extra_info("socket"))
        pieces = _Pieces(response)
        total = _length(response)
        coding = response.headers.get("content-encoding", "")
        status = response.status_code
        location = response.headers.get("location", "") if status in _REDIRECTS else ""
        most = min(limit, ON_THE_WAY) if location or status in LATER else limit
        body = read_body(pieces, coding, most, lambda came: watch.told(came, total))
        trouble = pieces.trouble or ("" if most < limit and body.truncated == "length" else body.trouble)
        truncated = "disconnect" if pieces.trouble else body.truncated
        exchange = Exchange(
            url=target.address,
            time=time,
            address=pair(address, target.port),
            status=status,
            request=_request(response),
            head=head,
            body=body.wire,
            chunked="transfer-encoding" in response.headers,
            truncated=truncated,
        )
        return Reply(
            outcome="redirect" if location else trouble or ("ok" if response.is_success else f"http {status}"),
            status=status,
            location=location,
            declared=_shown(response.headers.get("content-type", "")),
            data=b"" if location else body.data,
            wire=len(body.wire),
            truncated=truncated,
            again=_shown(response.headers.get("retry-after", "")),
            date=_shown(response.headers.get("date", "")),
            tls=secured,
            exchange=exchange,
        )


class _Pieces:
    """The pieces of a body, until it ends or breaks off."""

    def __init__(self, response: httpx.Response) -> None:
        self._response, self.trouble = response, ""

    def __iter__(self) -> Iterator[bytes]:
        try:
            yield from self._response.iter_raw()
        except httpx.TimeoutException:
            self.trouble = "timeout"
        except httpx.HTTPError:
            self.trouble = "broken off"


def _late(reply: Reply) -> Reply:
    exchange = replace(reply.exchange, truncated="time") if reply.exchange else None
    return replace(
        reply, outcome="timeout", location="", truncated="time" if exchange else "", exchange=exchange
    )


def _shown(value: str) -> str:
    return "".join(filter(str.isprintable, value))[:200]


def _length(response: httpx.Response) -> int | None:
    said = response.headers.get("content-length", "")
    return int(said[:18]) if said.isascii() and said.isdigit() else None


def _request(response: httpx.Response) -> bytes:
    """The request as it was written on the connection: the Host line first (RFC 9110, section 7.2)."""
    asked = response.request
    fields = sorted(asked.headers.raw, key=lambda entry: entry[0].lower() != b"host")
    return b"GET " + asked.url.raw_path + b" HTTP/1.1\r\n" + _lines(fields)


def _head(response: httpx.Response) -> bytes:
    line = f"{response.http_version} {response.status_code} {response.reason_phrase}\r\n"
    return line.encode("ascii", "replace") + _lines(response.headers.raw)


def _lines(fields: list[tuple[bytes, bytes]]) -> bytes:
    return b"".join(name + b": " + value + b"\r\n" for name, value in fields) + b"\r\n"


def _failure(error: httpx.HTTPError) -> str:
    return failure(
        error, late=isinstance(error, httpx.TimeoutException), unreached=isinstance(error, httpx.ConnectError)
    )
