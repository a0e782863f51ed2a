"""Documents that are as bad as a desk may meet, of any size; `python -m tests.text.hostile NAME SIZE` extracts one and says what it took."""

import json
import resource
import sys

from factcheck.text import extract, load_packs, shipped_packs
from tests.text.conftest import ROOT, bundled_text
from tests.text.rebreaking import whole


def _bare(text: str) -> str:
    """Without punctuation; blanks stay."""
    return "".join(character for character in text if character.isalnum() or character == " ")


UNITS = {
    "one line of Chinese": lambda: bundled_text().replace("\n", ""),
    "one line of English": lambda: " ".join(whole("en").split()) + " ",
    "Chinese without punctuation": lambda: _bare(bundled_text()).replace(" ", ""),
    "English without punctuation": lambda: _bare(whole("en").replace("\n", " ")),
    "digits": lambda: "1234567890",
    "digits in groups": lambda: "123 45,678 0 ",
    "a figure a line": lambda: "12345\n",
    "emoji": lambda: "😀🎉👩‍👩‍👧",
    "right to left and back": lambda: "مرحبا بالعالم 12% שלום abc \u200f\u202exyz\u202c 中文 ",
    "the same line": lambda: "公司去年的收入增长了12%，达到30亿元。\n",
    "the same English line": lambda: "Revenue grew 12 percent to $30 million last year.\n",
    "one word": lambda: "公司",
    "one English word": lambda: "company ",
    "one misheard name": lambda: "Solo和",
    "brackets that only open": lambda: "（",
    "brackets of all kinds": lambda: "（「[《('\"“",
    "notes that never close": lambda: "（应为张楠 ",
    "speakers": lambda: "张三：你好\n",
    "items": lambda: "- 收入3%\n",
    "contradictions": lambda: "张楠辞去甲公司的CEO。张楠出任甲公司的CEO。",
    "calculations": lambda: "30亿参数乘以60次等于14倍以上。",
    "ranges without end": lambda: "1到",
    "one letter and its marks": lambda: "a\u0301\u0302\u200b",
    "addresses": lambda: "https://a.b/c?d=e&f=",
}


def document(name: str, size: int) -> str:
    """So many characters of one kind."""
    unit = UNITS[name]()
    return (unit * (size // len(unit) + 1))[:size]


def taken(name: str, size: int) -> dict[str, int]:
    """Extracts one with the packs of the bundled case: characters, claims, those in no region, megabytes at most."""
    text = document(name, size)
    packs = (*load_packs(sorted((ROOT / "claims" / "packs").glob("*.toml"))), *shipped_packs())
    found = extract(text, packs=packs)
    covered = bytearray(len(text))
    for region in found.regions:
        covered[region.start : region.end] = b"\1" * (region.end - region.start)
    lost = sum(not there and not text[at].isspace() for at, there in enumerate(covered))
    wrong = sum(text[claim.start : claim.end] != claim.quote for claim in found.claims)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    megabytes = most // (1024 * 1024 if sys.platform == "darwin" else 1024)
    return {
        "characters": found.characters,
        "claims": len(found.claims),
        "lost": lost,
        "wrong": wrong,
        "megabytes": megabytes,
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(taken(sys.argv[1], int(sys.argv[2]))) + "\n")
