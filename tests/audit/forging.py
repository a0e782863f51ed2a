"""Acts that the desk would refuse, written into a ledger in perfect form."""

from collections import defaultdict

from factcheck.events import SIGNABLE


def first(events, kind, **body):
    return next(
        n
        for n, event in enumerate(events)
        if event["kind"] == kind and all(event["body"].get(key) == value for key, value in body.items())
    )


def renumbered(events):
    """Count the versions anew, as an attacker would who takes lines out or puts some in."""
    versions = defaultdict(int)
    for event in events:
        for named in (event, *event.get("also", ())):
            versions[named["subject"]] += 1
            named["version"] = versions[named["subject"]]
        if "tree" in event:
            event["tree"]["size"] = events.index(event)
    return events


def forge(events, kind, subject, body, *, by="lead-1", also=(), **more):
    """Append an act that the desk would refuse, in perfect form."""
    last = events[-1]
    event = {
        "spec": 1,
        "id": f"018dd3a0-0000-7000-8000-{len(events):012d}",
        "time": last["time"],
        "by": by,
        "kind": kind,
        "subject": subject,
        "version": 0,
        "body": body,
    }
    if kind.startswith(SIGNABLE):
        event["tree"] = {"size": len(events), "root": "0" * 64}
    if also:
        event["also"] = [{"subject": name, "version": 0} for name in also]
    events.append(event | more)
    return renumbered(events)


def claim_in(events, kind, **body):
    return events[first(events, kind, **body)]["subject"]
