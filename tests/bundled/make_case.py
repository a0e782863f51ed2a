"""Makes the bundled case with the product itself: fixed clock, fixed ids, the same bytes every time.

    python tests/bundled/make_case.py FOLDER     writes claims/, evidence/ and exports/ into FOLDER

FOLDER must hold claims/jianying-ai.txt and claims/packs/; run it at the repository root to renew the case.
"""

import hashlib
import shutil
import sys
import tomllib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from factcheck.case import Case
from factcheck.case.verdicts import More
from factcheck.export import Scope
from factcheck.model import Claim, Part, PartRole, Publisher

sys.path.insert(0, str(Path(__file__).parent))
import example_keys

HERE = Path(__file__).parent
FIRST, SECOND, LEAD = "reviewer-1", "reviewer-2", "lead-1"
NOT_CAPTURED = {"zh": "研究笔记给出此地址，未存证。", "en": "Research notes give this address; not captured."}
NOTICE = """# An example

This folder belongs to the bundled case of factcheck. It shows how a trail looks; its reviewers are roles, its
verdicts rest on public reports named there, and its links were not captured. The transcript bears no date; the one
given (2024-02-25..2024-03-02) is inferred from the market week and the broadcast it speaks of.
Its signatures are made with keys whose seed is published beside the script that makes this case: they show how a
signed trail looks, and hold for this ledger's origin only.
本目录属于 factcheck 自带的示例案例；会议日期系由内容推断；签名所用的示例密钥是公开的，不证明任何人的身份。
"""


class Ticking:
    """A clock that goes on by forty seconds whenever it is read."""

    def __init__(self, begin: datetime) -> None:
        self._now = begin

    def __call__(self) -> datetime:
        self._now += timedelta(seconds=40)
        return self._now


def counted(seed: str) -> Callable[[int], bytes]:
    """Bytes that look random and are the same every time."""
    number = 0

    def randomness(size: int) -> bytes:
        nonlocal number
        number += 1
        return hashlib.sha256(f"{seed}/{number}".encode()).digest()[:size]

    return randomness


def make(folder: Path) -> Case:
    """Review the transcript in `folder` as reviews.toml says, export it twice, and return the case."""
    with TemporaryDirectory() as keys:
        return reviewed(folder, example_keys.desk_file(Path(keys)))


def reviewed(folder: Path, key: Path) -> Case:
    """The case, whose checkpoints the desk with this key signs."""
    table = tomllib.loads((HERE / "reviews.toml").read_text("utf-8"))
    clear(folder)
    case = Case.create(
        folder,
        LEAD,
        name=table["case"]["name"],
        origin=table["case"]["origin"],
        example=True,
        lang="zh",
        clock=Ticking(datetime.fromisoformat(table["case"]["begin"]).astimezone(UTC)),
        randomness=counted(table["case"]["origin"]),
        sign=example_keys.sign,
        desk_key=key,
    )
    for name in (LEAD, FIRST, SECOND):
        case.add_signer(name, example_keys.public(name).to_line(), by=name)
    case.sign(by=LEAD)
    case.ingest(folder / "claims" / "jianying-ai.txt", title="剪映 AI 会议纪要", by=LEAD)
    case.date("S1", table["case"]["date"], by=LEAD)
    accept_readings(case, [each["heard"] for each in table["reading"]])
    sheet = case.capture(HERE / "working-sheet.md", by=FIRST)
    for review in table["review"]:
        judge(case, review, sheet.id)
    for each in table["dismiss"]:
        case.dismiss(found(case, each["said"]).id, reason=each["reason"], by=FIRST)
    about = table["case"]
    case.name_publisher(Publisher(about["publisher"], corrections=about["corrections"]), by=LEAD)
    case.write_foreword(about["foreword"], by=LEAD)
    case.export(scope=Scope(), lang="zh", by=LEAD)
    case.export(scope=Scope(), lang="en", by=LEAD)
    return case


def clear(folder: Path) -> None:
    """Take an earlier case away; the transcript and the packs stay."""
    for path in (folder / "claims").iterdir():
        if path.is_file() and path.name != "jianying-ai.txt":
            path.unlink()
    for name in ("evidence", "exports", ".factcheck"):
        shutil.rmtree(folder / name, ignore_errors=True)
    for name in ("claims", "evidence", "exports"):
        (folder / name).mkdir(exist_ok=True)
        (folder / name / "README.md").write_text(NOTICE, "utf-8")


def found(case: Case, said: str) -> Claim:
    """The claim that is made with these words; one of our own where extraction missed it."""
    place = case.text("S1").index(said)
    for claim in case.claims():
        if any(each.start < place + len(said) and place < each.end for each in claim.mentions):
            near = [each for each in claim.mentions if said in each.quote or each.quote in said]
            if near or any(each.start <= place + len(said) // 2 < each.end for each in claim.mentions):
                return claim
    return case.add("S1", said, start=place, by=FIRST)


def accept_readings(case: Case, heard: list[str]) -> None:
    """Accept every reading that was proposed for these words."""
    wanted = [each.id for each in case.readings() if each.heard in heard]
    case.read(*wanted, by=FIRST)


def judge(case: Case, review: dict[str, Any], sheet: str) -> None:
    """One claim from suggestion to second signature, or through a dispute to its settlement."""
    claim = found(case, review["said"]).id
    case.accept(claim, by=FIRST) if case.claim(claim).state == "suggested" else None
    others = [found(case, said).id for said in review.get("also", [])]
    if others:
        case.merge(claim, *others, by=FIRST)
    if review.get("type", case.claim(claim).type) != case.claim(claim).type:
        case.retype(claim, review["type"], by=FIRST)
    if review.get("statement", case.claim(claim).statement) != case.claim(claim).statement:
        case.reword(claim, review["statement"], by=FIRST)
    if "contradicts" in review:
        case.relate(claim, found(case, review["contradicts"]).id, "contradicts", why=review["why"], by=FIRST)
    attach(case, claim, review, sheet)
    for each in review.get("calculation", []):
        case.calculate(claim, each["expression"], given=each.get("given", []), by=FIRST)
    parts = tuple(Part(PartRole(role), *found) for role, *found in review.get("parts", []))
    said = {name: review.get(name, "") for name in ("as_of", "omitted", "would_change")}
    more = More(parts, **said)
    case.decide(claim, review["rating"], because=review["because"], more=more, by=FIRST)
    if "dispute" in review:
        case.dispute(claim, because=review["dispute"], by=SECOND)
        case.settle(claim, review["settle"], because=review["settled_because"], by=LEAD)
    else:
        case.confirm(claim, by=SECOND)


def attach(case: Case, claim: str, review: dict[str, Any], sheet: str) -> None:
    """The evidence of one review: bare links, and our own sheet where arithmetic decides."""
    for each in review.get("evidence", []):
        note = f"{each['note']}（{NOT_CAPTURED['zh']}）"
        quote = each.get("quote", "")
        case.attach(claim, each["url"], quote=quote, stance=each["stance"], note=note, by=FIRST)
    if "sheet" in review:
        quote, stance = review["sheet"]
        case.attach(claim, sheet, quote=quote, stance=stance, note="我们自己的演算", by=FIRST)


if __name__ == "__main__":
    made = make(Path(sys.argv[1]) if len(sys.argv) > 1 else Path.cwd())
    sys.stdout.write(f"{made.head}\n")
