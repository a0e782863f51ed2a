"""Hold JSON-LD against an extract of schema.org: every property belongs to its class and holds what it may hold."""

import tomllib
from datetime import datetime
from pathlib import Path

TABLE = tomllib.loads((Path(__file__).parent / "schema-org.toml").read_text("utf-8"))


def above(kind):
    """A class with all that it is a kind of."""
    found = [kind]
    while found[-1] in TABLE["parents"]:
        found.append(TABLE["parents"][found[-1]])
    return found


def is_a(value, wanted):
    """True for a value of that class or data type of schema.org."""
    match value:
        case dict():
            return wanted in above(value.get("@type", ""))
        case bool():
            return wanted == "Boolean"
        case int() | float():
            return wanted == "Number"
    if wanted in {"Date", "DateTime"}:
        return _is_moment(value)
    return wanted == "Text" or (wanted == "URL" and value.startswith(("http://", "https://")))


def _is_moment(text):
    try:
        return bool(datetime.fromisoformat(text))
    except ValueError:
        return False


def faults(value):
    """Every property of a node, and of the nodes in it, that does not belong there or holds something else."""
    if isinstance(value, list):
        return [fault for each in value for fault in faults(each)]
    if not isinstance(value, dict):
        return []
    kind, found = value.get("@type", ""), []
    if kind not in TABLE["parents"]:
        found.append(f"no class {kind}")
    for name, held in value.items():
        if name.startswith("@"):
            continue
        known = TABLE["properties"].get(name)
        if known is None or not {*known["of"]} & {*above(kind)}:
            found.append(f"{kind} has no {name}")
        else:
            values = held if isinstance(held, list) else [held]
            wrong = [each for each in values if not any(is_a(each, wanted) for wanted in known["holds"])]
            found += [f"{kind}.{name} holds {each!r:.60}" for each in wrong]
        found += faults(held)
    return found
