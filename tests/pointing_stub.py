"""A proposer without a network: it points at the first words of the first sentences, and invents one quote."""

import json


class Pointing:
    """Answers every question alike, and well enough for a case in which every kind of event happens."""

    model, host, replayed = "stub", "127.0.0.1:9", False

    def ask(self, asked):
        listed = json.loads(asked[1]["content"])["sentences"]
        items = [item(each["n"], each["text"]) for each in listed]
        return completion([*items, item(1, "nobody said this")])


def item(number, quote, **other):
    """An item as it is asked for."""
    return {
        "sentences": [number],
        "quote": quote,
        "type": "event",
        "statement": quote,
        "why": "said so",
    } | other


def completion(items):
    """The body of an answer that holds these items."""
    content = json.dumps({"claims": items}, ensure_ascii=False)
    return json.dumps(
        {"choices": [{"message": {"role": "assistant", "content": content}}], "usage": {"cost": 0.5}}
    )
