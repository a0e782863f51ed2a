"""How well pages of one origin are told, and near-duplicates beside datasketch's MinHash on the same pages.

Needs datasketch, which nothing else here needs: .venv/bin/pip install datasketch
"""

import sys
import time
import unicodedata
from pathlib import Path

from datasketch import MinHash, MinHashLSH

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "match"))
from reprints import pairs, quality

from factcheck.match.nearly import report, sketch
from factcheck.model.origins import NEAR, resemblance, tied

SETS = {
    "tuned on": ("zh-dev", "en-dev"),
    "held out": ("zh-held", "en-held"),
    "all": ("zh-dev", "en-dev", "zh-held", "en-held"),
}
PERMUTATIONS = 128
THRESHOLDS = [number / 100 for number in range(1, 100)]


def minhash(text):
    """datasketch as its documentation uses it, on runs of five characters, which serve both languages."""
    plain = "".join(unicodedata.normalize("NFKC", text).lower().split())
    found = MinHash(num_perm=PERMUTATIONS)
    found.update_batch({plain[n : n + 5].encode() for n in range(len(plain) - 4)})
    return found


def reported(text):
    return minhash("\n".join(report(text).lines))


def lsh(threshold, one, two):
    index = MinHashLSH(threshold=threshold, num_perm=PERMUTATIONS)
    index.insert("one", one)
    return bool(index.query(two))


def best(found, least):
    """The highest recall of any threshold at this precision or more, with its threshold."""
    rated = [(quality([(likeness >= t, near) for likeness, near in found]), t) for t in THRESHOLDS]
    return max((recall, t) for (precision, recall), t in rated if precision >= least)


def near_duplicates(named):
    """Rows of (name, precision, recall, threshold)."""
    of = [pair for pair in named if pair.near is not None]
    precision, recall = quality([(likeness(pair) >= NEAR, pair.near) for pair in of])
    yield "sketch", precision, recall, NEAR
    for name, make in (("datasketch, whole page", minhash), ("datasketch, our report", reported)):
        hashed = [(make(pair.one.text), make(pair.two.text), pair.near) for pair in of]
        found, at = best([(one.jaccard(two), near) for one, two, near in hashed], precision)
        yield f"{name}, Jaccard", precision, found, at
        tried = [
            (quality([(lsh(t, one, two), near) for one, two, near in hashed]), t) for t in THRESHOLDS[4::5]
        ]
        found, at = max(((r, t) for (p, r), t in tried if p >= precision), default=(0.0, 1.0))
        yield f"{name}, LSH", precision, found, at


def likeness(pair):
    return resemblance(sketch(report(pair.one.text)), sketch(report(pair.two.text)))


def took(make, texts):
    begin = time.perf_counter()
    for text in texts:
        make(text)
    return (time.perf_counter() - begin) / len(texts) * 1e3


def main():
    for name, sets in SETS.items():
        named = pairs(*sets)
        said = [(bool(tied(pair.one, pair.two)), pair.origin) for pair in named if pair.origin is not None]
        precision, recall = quality(said)
        print(f"{name}: {len(named)} pairs")
        print(f"  one origin                        precision {precision:.3f}  recall {recall:.3f}")
        for row in near_duplicates(named):
            print("  {:<33} precision {:.3f}  recall {:.3f}  at {:.2f}".format(*row))
    texts = [page.text for pair in pairs() for page in (pair.one, pair.two)]
    own, peer = took(lambda text: sketch(report(text)), texts), took(minhash, texts)
    print(f"a page's sketch {own:.2f} ms, datasketch {peer:.2f} ms ({peer / own:.1f}x)")


if __name__ == "__main__":
    main()
