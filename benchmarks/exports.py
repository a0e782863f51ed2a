"""Exports of large cases: ten thousand claims to HTML, Markdown and JSON Lines in one pass, beside a bare jinja2 loop.

    python benchmarks/exports.py [N ...]

Prints, for each number of claims, the median seconds of three runs, how many times as long as a bare loop that writes the same
words with jinja2 and nothing else (no escaping for Markdown, no visible controls), and the peak memory of a process that did it.
"""

import copy
import gc
import statistics
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

from jinja2 import Environment

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests" / "export"))
FORMATS = ("html", "markdown", "jsonl")
BARE = Environment(autoescape=True).from_string(
    """{% for c in claims %}<h3>{{ c.id }} {{ c.statement }}</h3><p>{{ c.ruling.label }}: {{ c.ruling.because }}</p>
{% for s in c.said %}<p>{{ s.quote }}</p>{% for p in s.pieces %}{{ p.text }}{% endfor %}{% endfor %}
{% for e in c.evidence %}<p>{{ e.id }} {{ e.quote }} {{ e.url }} {{ e.note }} {{ e.by }} {{ e.time }}</p>{% endfor %}
{% for t in c.steps %}<p>{{ t.time }} {{ t.by }} {{ t.kind }} {{ t.because }}</p>{% endfor %}{% endfor %}"""
)


def many(number):
    """A summary of so many claims, each with words and objects of its own."""
    from headline import headline

    base = headline().summary(lang="en")
    claims = tuple(
        replace(
            copy.deepcopy(base.claims[n % 4]), id=f"C{n + 1}", statement=f"{base.claims[n % 4].statement} {n}"
        )
        for n in range(number)
    )
    return replace(base, claims=claims)


def seconds(work):
    times = []
    for _ in range(3):
        begin = time.perf_counter()
        work()
        times.append(time.perf_counter() - begin)
    return statistics.median(times)


def one(number):
    """In a process of its own: the seconds, the bare loop's, and the peak of memory before and after."""
    import resource

    from factcheck.export import render

    def peak():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024

    summary = many(number)
    gc.freeze()  # what is only read is not walked again and again, in neither loop
    held = peak()
    ours = seconds(lambda: render(summary, FORMATS))
    after = peak()
    bare = seconds(lambda: BARE.render(claims=summary.claims).encode())
    sys.stdout.write(f"{ours} {bare} {held} {after}\n")


def main(numbers):
    for number in numbers:
        run = subprocess.run(
            [sys.executable, __file__, "--one", str(number)], capture_output=True, text=True, check=True
        )
        ours, bare, held, after = run.stdout.split()
        each = 1000 * float(ours) / number
        print(
            f"{number:>6} claims  {float(ours):6.2f} s  {each:5.2f} ms a claim  "
            f"{float(ours) / float(bare):5.1f}x a bare jinja2 loop  peak {after} MB ({held} MB before)"
        )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        one(int(sys.argv[2]))
    else:
        main([int(each) for each in sys.argv[1:]] or [1_000, 3_000, 10_000])
