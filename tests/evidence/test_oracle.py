"""More than a thousand hostile addresses, a scripted name server, and every real connection refused and written down."""

import contextlib
import socket
from ipaddress import ip_address, ip_network
from itertools import cycle, product

import httpx
import pytest

from factcheck.errors import FactcheckError
from factcheck.evidence.fetch import fetch
from factcheck.evidence.guard import is_public

# IANA IPv4 and IPv6 special-purpose address registries, multicast, and addresses that clouds answer their guests on.
SPECIAL = [
    "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
    "192.0.0.0/24", "192.0.0.0/29", "192.0.0.170/31", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24",
    "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24",
    "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4", "255.255.255.255/32", "168.63.129.16/32",
    "::/128", "::1/128", "::/96", "64:ff9b:1::/48", "100::/64", "100:0:0:1::/64", "2001::/23", "2001::/32",
    "2001:2::/48", "2001:10::/28", "2001:20::/28", "2001:30::/28", "2001:db8::/32", "2002::/16", "3fff::/20",
    "5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8", "fd00:ec2::254/128",
]  # fmt: skip
# Of these blocks every address is used in public (AS112, RFC 7534 and 7535; AMT, RFC 7450): asked or not.
PUBLIC_USE = [ip_network(block) for block in ("192.31.196.0/24", "192.52.193.0/24", "192.175.48.0/24")]


def ends(block):
    """The first, the last and some address in the middle of a block."""
    network = ip_network(block)
    return {network[0], network[-1], network[network.num_addresses // 2], network[network.num_addresses // 3]}


HOSTILE = sorted(
    {
        each
        for block in SPECIAL
        for each in ends(block)
        if not any(each.version == net.version and each in net for net in PUBLIC_USE)
    },
    key=lambda each: (each.version, int(each)),
)
FOUR = [each for each in HOSTILE if each.version == 4]


def spellings(address):
    """How an IPv4 address may be written so that somebody reads it: numbers, wrapped in IPv6, other digits."""
    number, (a, b, c, d) = int(address), address.packed
    wide = str(address).translate({ord(digit): 0xFF10 + int(digit) for digit in "0123456789"})
    ring = str(address).translate({ord(str(digit)): 0x245F + digit for digit in range(1, 10)})
    return [
        str(address), f"{address}.", str(number), hex(number), f"0{number:o}", f"{a}.{number & 0xFFFFFF}",
        f"{a}.{b}.{c << 8 | d}", f"0x{a:x}.0x{b:x}.0x{c:x}.0x{d:x}", f"0{a:o}.0{b:o}.0{c:o}.0{d:o}",
        f"{a:03}.{b:03}.{c:03}.{d:03}", wide, ring, str(address).replace(".", "。"), f"[::ffff:{address}]",
        f"[::{address}]", f"[64:ff9b::{address}]", f"[2002:{a:02x}{b:02x}:{c:02x}{d:02x}::1]",
        f"[2001:0:{a:02x}{b:02x}:{c:02x}{d:02x}::]", f"[2a00:1450::5efe:{address}]", f"%{ord(str(a)[0]):x}{str(address)[1:]}",
    ]  # fmt: skip


def hosts():
    for address in HOSTILE:
        yield from spellings(address) if address.version == 4 else (f"[{address}]", f"[{address.exploded}]")


class Net:
    """No connection is ever made: who would have been asked is written down. Loopback is not spared."""

    def __init__(self, monkeypatch):
        self.asked = []
        monkeypatch.setattr(socket.socket, "connect", self.connect)
        monkeypatch.setattr(socket, "getaddrinfo", self.getaddrinfo)
        self.names = {}

    def connect(self, address):
        self.asked.append(str(address[0]))
        raise ConnectionRefusedError(111, "refused by the test")

    def getaddrinfo(self, host, port, *args, **options):
        found = self.names.get(host)
        if found is None:
            try:
                found = [socket.inet_ntoa(socket.inet_aton(host))]
            except (OSError, UnicodeError):
                found = [str(ip_address(host))] if ":" in host else []
        if not found:
            raise socket.gaierror(socket.EAI_NONAME, "unknown")
        return [
            (socket.AF_INET6 if ":" in each else socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, int(port)))
            for each in found
        ]

    @property
    def inside(self):
        return [each for each in self.asked if not is_public(each)]


@pytest.fixture
def net(monkeypatch):
    return Net(monkeypatch)


class Names:
    """A name server that gives each of these answers in turn, whoever asks."""

    def __init__(self, *answers):
        self._answers = cycle(answers)

    def __call__(self, host, port):
        return next(self._answers)


def ask(url, **options):
    with contextlib.suppress(FactcheckError):
        return fetch(url, pauses=(0,), **options)
    return None


def test_there_are_more_than_a_thousand_of_them():
    assert len(set(hosts())) > 1000
    assert [str(each) for each in HOSTILE if is_public(str(each))] == []


def test_no_address_that_is_not_public_is_asked_however_it_is_written(net):
    for host, scheme in product(set(hosts()), ("http", "https")):
        ask(f"{scheme}://{host}/latest/meta-data/")

    assert net.inside == []


def test_no_name_that_leads_to_such_an_address_is_asked(net):
    for address in map(str, HOSTILE):
        ask("http://one.example/", resolve=Names([address]))
        ask("https://mixed.example/", resolve=Names(["8.8.8.8", address]))
        ask("http://mixed.example/", resolve=Names([address, "2606:4700::1111"]))

    assert net.asked == []


def test_a_name_that_changes_between_two_questions_is_asked_at_the_address_that_was_checked(net):
    for address in map(str, HOSTILE):
        ask("http://rebound.example/", resolve=Names(["8.8.8.8"], [address], ["8.8.4.4"], [address]))

    assert set(net.asked) == {"8.8.8.8"}


class Answering(Net):
    """A public server that answers 8.8.8.8:80 through a pair of sockets and sends everybody on to `aim`."""

    aim = ""

    def connect(self, address):
        raise AssertionError("create_connection is replaced")

    def dial(self, address, *args, **options):
        self.asked.append(str(address[0]))
        if address[0] != "8.8.8.8":
            raise ConnectionRefusedError(111, "refused by the test")
        here, there = socket.socketpair()
        there.sendall(f"HTTP/1.1 302 Found\r\nLocation: {self.aim}\r\nContent-Length: 0\r\n\r\n".encode())
        there.close()
        return here


class Pair(socket.socket):
    """A socket of a pair has no Nagle to switch off."""

    def setsockopt(self, *arguments):
        """Nothing."""


@pytest.fixture
def sender(monkeypatch):
    net = Answering(monkeypatch)

    def dial(address, *args, **options):
        connection = net.dial(address)
        made = Pair(fileno=connection.detach())
        made.settimeout(30)
        return made

    monkeypatch.setattr(socket, "create_connection", dial)
    return net


def test_no_redirect_to_such_an_address_is_followed(sender):
    outcomes = set()
    for host in sorted(set(hosts())):
        sender.aim = f"http://{host}/latest/meta-data/"
        page = fetch("http://8.8.8.8/", pauses=(), robots=False)
        outcomes.add(" ".join(page.outcome.split()[:4]))

    assert sender.inside == []
    assert len(sender.asked) > 1000
    assert outcomes == {"redirect to a non-public", "redirect to an address", "redirect to no web"}


def test_the_same_net_catches_a_plain_client(net):
    """The control: httpx by itself reaches inside, by number, by name, and by a name that changes."""
    reached = 0
    with httpx.Client(trust_env=False, timeout=30) as client:
        for host in sorted(set(hosts()))[::12]:
            before = len(net.inside)
            with contextlib.suppress(httpx.HTTPError, httpx.InvalidURL, ValueError, OSError):
                client.get(f"http://{host}/")
            reached += len(net.inside) > before

    assert reached > 20


def test_the_same_net_catches_a_plain_client_that_follows_redirects(sender):
    sender.aim = "http://169.254.169.254/latest/meta-data/"
    with contextlib.suppress(httpx.HTTPError):
        httpx.get("http://8.8.8.8/", follow_redirects=True, trust_env=False)

    assert sender.inside == ["169.254.169.254"]
