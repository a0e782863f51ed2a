"""The way from an address along its redirects to a page, with every connection that was tried on it."""

import socket
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import PurePosixPath

from factcheck.events import timestamp
from factcheck.evidence import guard, targets
from factcheck.evidence.addresses import literal, pair
from factcheck.evidence.answers import UNASKED, Exchange, Fetched, Reply
from factcheck.model import Attempt, Hop, Robots
from factcheck.evidence.clock import clock
from factcheck.evidence.retries import pause_before
from factcheck.evidence.robots import LARGEST, robots
from factcheck.evidence.sniff import sniffed
from factcheck.evidence.targets import NoTarget, Target
from factcheck.evidence.watch import Watch

MOST_REDIRECTS = 10
MOST_ADDRESSES = 4
PATIENCE = 10.0
"""Seconds that one address may take to accept a connection."""
ROBOTS_SECONDS = 5.0
_NOT_REACHED = {"connection refused", "connection reset", "unreachable", "timeout"}

Resolve = Callable[[str, int], Iterable[str]]
Now = Callable[[], datetime]
Aim = Callable[[str, Target | None], Target]
"""An address, and the one it was read on, to a target; NoTarget for what is not asked."""
Visit = Callable[[Target, str, float, int, Watch], Reply]
"""Target, checked address, seconds for connecting, most bytes, watch: one request, one reply."""


def lookup(host: str, port: int) -> Iterable[str]:
    """The addresses of a name, as this machine's resolver gives them."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Ways:
    """What a walk is made with; everything outside the program comes in here."""

    aim: Aim
    visit: Visit
    allow: frozenset[str]
    resolve: Resolve
    now: Now
    limit: int
    pauses: tuple[float, ...]


@dataclass(slots=True)
class Trip:
    """One walk; what it met on the way is what it leaves behind."""

    ways: Ways
    watch: Watch
    exceptions: list[str] = field(default_factory=list)
    redirects: list[str] = field(default_factory=list)
    hops: list[Hop] = field(default_factory=list)
    attempts: list[Attempt] = field(default_factory=list)
    exchanges: list[Exchange] = field(default_factory=list)
    lookalike: str = ""

    def walk(self, target: Target) -> tuple[Target, Reply]:
        """The last target that was asked and its reply; NoTarget when not even the first may be asked."""
        self.lookalike = target.lookalike
        reply = self._ask(target)
        while reply.location:
            if len(self.redirects) == MOST_REDIRECTS:
                return target, replace(reply, outcome="too many redirects")
            try:
                onward = self._onward(target, reply)
                answer = self._ask(onward)
            except NoTarget as error:
                return target, replace(reply, outcome=error.outcome)
            self.redirects.append(onward.address)
            self.lookalike = self.lookalike or onward.lookalike
            target, reply = onward, answer
        return target, reply

    def _onward(self, target: Target, reply: Reply) -> Target:
        try:
            onward = self.ways.aim(reply.location, target)
        except NoTarget as error:
            self.hops.append(Hop(target.address, reply.status, _without_secret(reply.location)))
            raise error from None
        self.hops.append(Hop(target.address, reply.status, onward.address))
        return onward

    def _ask(self, target: Target) -> Reply:
        """The reply of the first of its addresses that answers, after another try or two."""
        for pause in self.ways.pauses:
            reply = self._once(target)
            wait = pause_before(reply, pause, self.watch.left, self.ways.now())
            if wait is None:
                return reply
            self.watch.rest(wait)
        return self._once(target)

    def _once(self, target: Target) -> Reply:
        begun = self.ways.now()
        try:
            addresses = self._addresses(target)
        except TimeoutError:
            return self._tried(target, "", Reply("timeout"), begun)
        except (OSError, UnicodeError, LookupError):
            addresses = ()
        reply = Reply("no such host")
        if not addresses:
            return self._tried(target, "", reply, begun)
        for position, address in enumerate(addresses):
            patience = min(self.watch.left / (len(addresses) - position), PATIENCE)
            reply = self._visit(target, address, patience)
            if reply.outcome not in _NOT_REACHED or reply.status or not self.watch.left:
                break
        return reply

    def _visit(self, target: Target, address: str, patience: float) -> Reply:
        visit, limit, begun = self.ways.visit, self.ways.limit, self.ways.now()
        reply = self.watch.run(lambda: visit(target, address, patience, limit, self.watch))
        return self._tried(target, pair(address, target.port), reply, begun)

    def _tried(self, target: Target, address: str, reply: Reply, begun: datetime) -> Reply:
        outcome = f"http {reply.status}" if reply.status else reply.outcome
        self.attempts.append(Attempt(timestamp(begun), target.address, address, outcome))
        if reply.exchange is not None:
            self.exchanges.append(reply.exchange)
        return reply

    def _addresses(self, target: Target) -> tuple[str, ...]:
        """The addresses of the target, every one of them checked, or NoTarget."""
        known = literal(target.host)
        look = self.ways.resolve
        found = (known,) if known else self.watch.ask(lambda: tuple(look(target.host, target.port)))
        passed = guard.checked(target.host, target.port, found, self.ways.allow)
        if passed.closed and not passed.exception:
            raise targets.not_public(target, passed.closed)
        if passed.exception and passed.exception not in self.exceptions:
            self.exceptions.append(passed.exception)
        return passed.addresses[:MOST_ADDRESSES]


def _without_secret(location: str) -> str:
    """A redirect's aim as it may be kept: printable, not endless, no name and no password."""
    shown = "".join(filter(str.isprintable, location))[:2000]
    return "" if "@" in shown else shown


def journey(url: str, target: Target, ways: Ways, watch: Watch, *, ask_robots: bool) -> Fetched:
    """Walk to the page, ask the host afterwards what its robots.txt says, and tell what came of it."""
    started = ways.now()
    trip = Trip(ways, watch)
    last, reply = trip.walk(target)
    ended = ways.now()
    answered = reply.outcome == "ok" or reply.outcome.startswith("http ")
    rules, more = _robots(last, ways, watch) if ask_robots and answered else (UNASKED, ())
    name = PurePosixPath(last.path.partition("?")[0]).name
    seen = sniffed(reply.data, reply.declared, name) if reply.data else ""
    return Fetched(
        url=target.address if target.lookalike else url,
        final_url=last.address,
        status=reply.status,
        media_type=reply.declared or seen,
        data=reply.data,
        outcome=reply.outcome,
        exceptions=tuple(trip.exceptions),
        redirects=tuple(trip.redirects),
        started=timestamp(started),
        ended=timestamp(ended),
        address=reply.exchange.address if reply.exchange else "",
        tls=reply.tls,
        hops=tuple(trip.hops),
        attempts=tuple(trip.attempts),
        wire=reply.wire,
        decoded=len(reply.data),
        declared=reply.declared,
        sniffed=seen,
        truncated=reply.truncated,
        robots=rules,
        clock=clock(reply.date, reply.exchange.time if reply.exchange else ""),
        lookalike=trip.lookalike,
        exchanges=(*trip.exchanges, *more),
    )


def _robots(page: Target, ways: Ways, watch: Watch) -> tuple[Robots, tuple[Exchange, ...]]:
    """What the host says about programs; it is written down, and a person's single capture does not hang on it."""
    with watch.within(ROBOTS_SECONDS) as short:
        trip = Trip(replace(ways, limit=LARGEST, pauses=()), short)
        try:
            _, reply = trip.walk(ways.aim("/robots.txt", page))
        except NoTarget:
            return UNASKED, ()
    return robots(reply.status, reply.outcome, reply.data, page.path), tuple(trip.exchanges)
