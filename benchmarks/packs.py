"""What names in packs cost: extraction with 10,000 of them beside 100, and what it costs to read them."""

import random
import statistics
import tempfile
import time
from pathlib import Path

from factcheck import text

ROOT = Path(__file__).parent.parent
ROUNDS = 5
SIZES = (100, 1_000, 10_000)
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉萍红鹏宇飞"
PARTS = (
    "bel",
    "cor",
    "dan",
    "fer",
    "gal",
    "hon",
    "jur",
    "kal",
    "lor",
    "mon",
    "nar",
    "pel",
    "quin",
    "ros",
    "sal",
    "tor",
)


def main() -> None:
    print("names alone")
    compare(near="")
    print("names with words that stand near them, all of which the document has")
    compare(near='context = ["模型", "公司"]\n')


def compare(near: str) -> None:
    words = (ROOT / "claims" / "jianying-ai.txt").read_text("utf-8")
    own = text.load_packs(sorted((ROOT / "claims" / "packs").glob("*.toml")))
    first: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        for size in SIZES:
            path = Path(folder) / f"names-{size}.toml"
            path.write_text(pack(size, near), "utf-8")
            packs = (*own, *text.load_packs([path]), *text.shipped_packs())
            costs = {
                "reading the pack": median(lambda path=path: text.load_packs([path])),
                "extraction": median(lambda packs=packs: text.extract(words, packs=packs)),
                "extraction, ten times the text": median(
                    lambda packs=packs: text.extract(words * 10, packs=packs), 1
                ),
            }
            for name, seconds in costs.items():
                first.setdefault(name, seconds)
                print(
                    f"{size:>6} names  {name:<31} {seconds:7.3f} s  {seconds / first[name]:6.1f}x that of {SIZES[0]}"
                )


def pack(size: int, near: str) -> str:
    """A pack of so many names of people and firms, one in three with a heard form, the same every time."""
    chance = random.Random(size)
    names: dict[str, None] = {}
    while len(names) < size:
        names[chinese(chance) if len(names) % 2 else latin(chance)] = None
    entries = []
    for number, name in enumerate(names):
        heard = f'heard = ["{name}x", "{name[:-1]}们"]\n' if number % 3 == 0 else ""
        entries.append(f'[[entity]]\nname = "{name}"\n{heard}{near}')
    return "\n".join(entries)


def chinese(chance: random.Random) -> str:
    return chance.choice(SURNAMES) + "".join(chance.choice(GIVEN) for _ in range(chance.choice((2, 2, 3))))


def latin(chance: random.Random) -> str:
    return "".join(chance.choice(PARTS) for _ in range(chance.choice((2, 3, 4)))).capitalize()


def median(run, rounds: int = ROUNDS) -> float:
    found = []
    for _ in range(rounds):
        begin = time.perf_counter()
        run()
        found.append(time.perf_counter() - begin)
    return statistics.median(found)


if __name__ == "__main__":
    main()
