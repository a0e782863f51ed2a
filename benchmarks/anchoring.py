"""How long it takes to place a quotation and to rank the sentences of a page, beside bare rapidfuzz on the same text."""

import random
import statistics
import time
from collections.abc import Callable

from rapidfuzz import fuzz, process

from factcheck.match.anchor import anchor
from factcheck.match.passages import passages
from factcheck.match.sentences import rank_sentences

SIZES = (10_000, 100_000, 1_000_000, 5_000_000)
KINDS = {"exact": 0, "a slip": 1, "3 slips": 3, "8 slips": 8, "absent": -1}
CLAIMS = {
    "en": "Orlin Harbour's revenue rose to 3 billion crowns in 2024",
    "zh": "奥林港务2024年营收达到30亿克朗，同比增长12%",
}


def page(lang: str, size: int) -> str:
    """Sentences of invented words, some of them common and most of them rare, as in a text."""
    chance = random.Random(size)
    words = [
        "".join(chance.choices("etaoinshrdlucmfwypvbgkjqxz", k=chance.randint(2, 9)))
        if lang == "en"
        else chr(0x4E00 + n)
        for n in range(20_000 if lang == "en" else 5_000)
    ]
    shares = [1 / (rank + 3) for rank in range(len(words))]
    pieces, length = [], 0
    while length < size:
        chosen = chance.choices(words, shares, k=chance.randint(8, 40))
        sentence = " ".join(chosen).capitalize() + ". " if lang == "en" else "".join(chosen) + "。"
        pieces.append(sentence + ("\n" if chance.random() < 0.2 else ""))
        length += len(pieces[-1])
    return "".join(pieces)[:size]


def slips(quote: str, many: int, seed: int) -> str:
    """A quotation with that many characters wrong."""
    chance, letters = random.Random(seed), list(quote)
    for at in chance.sample(range(len(letters)), many):
        letters[at] = "q" if quote.isascii() else "龘"
    return "".join(letters)


def medians(rounds: int, **tasks: Callable[[], object]) -> dict[str, float]:
    """The median time of each task; they take turns, so that what disturbs the machine disturbs all."""
    times = {name: [] for name in tasks}
    for _ in range(rounds):
        for name, task in tasks.items():
            begin = time.perf_counter()
            task()
            times[name].append(time.perf_counter() - begin)
    return {name: statistics.median(found) * 1e3 for name, found in times.items()}


def placed(text: str, sought: str, *, exact: bool) -> dict[str, float]:
    rounds = 5 if len(text) >= 10**6 else 21

    def bare() -> object:
        return text.find(sought) if exact else fuzz.partial_ratio_alignment(sought, text, score_cutoff=75)

    return medians(rounds, ours=lambda: anchor(text, sought), bare=bare)


def placing() -> None:
    print("placing a quotation: ms, and the ratio to partial_ratio_alignment (exact: to str.find)")
    for lang, size, length in ((a, b, c) for a in CLAIMS for b in SIZES for c in (40, 120)):
        text = page(lang, size)
        start = text.index(" " if lang == "en" else "。", size * 7 // 10) + 1
        quote = text[start : start + length].strip()
        for kind, many in KINDS.items():
            took = placed(text, quote[::-1] if many < 0 else slips(quote, many, size), exact=not many)
            times = f"{took['ours']:9.3f} {took['bare']:9.3f} {took['ours'] / took['bare']:6.2f}"
            print(f"{lang} {size:>9,} {length:>4} {kind:<8} {times}")


def ranked(text: str, words: str, sentences: list[str]) -> str:
    took = medians(
        5,
        ours=lambda: rank_sentences(text, words),
        ratio=lambda: process.cdist([words], sentences),
        partial=lambda: process.cdist([words], sentences, scorer=fuzz.partial_ratio),
        token_set=lambda: process.cdist([words], sentences, scorer=fuzz.token_set_ratio),
    )
    ours = took.pop("ours")
    return f"{ours:.1f}; " + ", ".join(f"{name} {ms:.1f} ({ours / ms:.2f})" for name, ms in took.items())


def ranking() -> None:
    print("ranking a page of 1 MB: ms, and the ratio to cdist of the claim over its sentences, by scorer")
    for lang, claim in CLAIMS.items():
        text = page(lang, 1_000_000)
        sentences = [text[start:end] for start, end in passages(text)]
        for words in (claim, sentences[len(sentences) // 2][:60]):
            print(f"{lang} {len(sentences)} sentences: {ranked(text, words, sentences)}")


if __name__ == "__main__":
    placing()
    ranking()
