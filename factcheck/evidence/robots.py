"""What a robots.txt says of an address, read as RFC 9309 has it: the longest rule that fits wins, and allowing wins a tie."""

from collections.abc import Iterator
from urllib.parse import quote, unquote

from factcheck.model import Robots

NAME = "factcheck"
LARGEST = 500_000
"""Bytes that are read (RFC 9309, section 2.5, asks for at least 500 KiB)."""


def robots(status: int, outcome: str, data: bytes, path: str) -> Robots:
    """What was answered for /robots.txt says of `path`; a missing file forbids nothing, a failing server says nothing."""
    if 400 <= status < 500:
        return Robots("none")
    if outcome not in {"ok", "too large"}:
        return Robots("unknown")
    fitting = [rule for rule in _rules(data.decode("utf-8-sig", "replace")) if _fits(rule[1], path)]
    if not fitting:
        return Robots("allowed")
    verb, pattern = max(fitting, key=lambda rule: (len(rule[1]), rule[0] == "allow"))
    line = "".join(filter(str.isprintable, f"{verb.capitalize()}: {pattern}"))[:200]
    return Robots("allowed" if verb == "allow" else "disallowed", line)


def _rules(text: str) -> list[tuple[str, str]]:
    """The rules of the groups that name this program, else of those for everybody."""
    own: list[tuple[str, str]] = []
    everybody: list[tuple[str, str]] = []
    named = False
    for agents, rule in _lines(text):
        mine = any(agent.startswith(NAME) for agent in agents)
        named = named or mine
        if rule[1] and mine:
            own.append(rule)
        elif rule[1] and "*" in agents:
            everybody.append(rule)
    return own if named else everybody


def _lines(text: str) -> Iterator[tuple[frozenset[str], tuple[str, str]]]:
    """Each rule with the agents of its group; a group's agents stand one under another before its rules."""
    agents: frozenset[str] = frozenset()
    open_group = False
    for line in text.splitlines():
        key, _, value = line.partition("#")[0].partition(":")
        match key.strip().lower():
            case "user-agent":
                named = frozenset({value.strip().lower()})
                agents, open_group = (agents | named if open_group else named), True
                yield agents, ("allow", "")
            case "allow" | "disallow" as verb:
                open_group = False
                yield agents, (verb, value.strip())


def _fits(pattern: str, path: str) -> bool:
    """`*` stands for anything and a last `$` for the end; linear in the path for every pattern."""
    exact = pattern.endswith("$")
    first, *others = _plain(pattern.removesuffix("$")).split("*")
    text = _plain(path)
    if not text.startswith(first):
        return False
    at = len(first)
    for part in others[:-1] if exact else others:
        found = text.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    if not exact:
        return True
    return text.endswith(others[-1]) and len(text) - len(others[-1]) >= at if others else at == len(text)


def _plain(path: str) -> str:
    return quote(unquote(path, errors="replace"), safe="/*?=&;:@!,+~()'$-._")
