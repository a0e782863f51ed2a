"""A case under a load of millions: a real ledger with real sources, and the rows of the index that claims would have."""

import hashlib
import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

from factcheck.case import Case
from factcheck.case.desk import Draft
from factcheck.events import bodies
from factcheck.index import claim_row
from factcheck.index.rows import dump, text_row
from factcheck.model import (
    SAYINGS,
    Checkable,
    Claim,
    ClaimState,
    ClaimType,
    Evidence,
    Mention,
    Reading,
    Stance,
    Verdict,
)

PER_SOURCE = 5_000
PER_READING = 20
"""Claims for one reading, proposed or accepted."""
PEOPLE = tuple(f"reviewer-{n}" for n in range(1, 51))
LEAD = "lead-1"
MEMORY = -1 << 20
"""Kilobytes of pages that SQLite may hold while the rows are written: a gigabyte."""
HASHED = 128 << 20
"""Bytes of search words that are gathered before they are written."""
RARE = "锆石"
"""Words that one claim in a hundred thousand has."""
COMMON = "模型"
"""Words that one claim in six has."""

_FAMILY = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
_GIVEN = "伟芳娜敏静强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰"
_FIRMS = (
    "OpenAI",
    "TikTok",
    "字节跳动",
    "抖音",
    "百度",
    "Google",
    "阿里巴巴",
    "腾讯",
    "VideoPoet",
    "英伟达",
    "华为",
)
_FIELDS = (
    "视频生成",
    "语言模型",
    "芯片设计",
    "云计算",
    "搜索广告",
    "自动驾驶",
    "电商直播",
    "机器翻译",
    "数据中心",
)
_SAYINGS = (
    "{who}从{firm}转投 {other}，负责{field}的第{n}个项目。",
    "{firm} 在{year}年投入{n}亿元用于{field}，比上年多{share}%。",
    "{who}说，{other} 的{field}模型有 {n} 亿参数，训练花了{share}天。",
    "{firm} said it would cut {share} percent of its {field} staff by {year}, about {n} people.",
    "{who}辞去 {firm} 的职务，{year}年{share}月起由{other} 的人接任，涉及{n}人。",
    "预计{year}年{field}市场会达到{n}亿美元，{firm} 占{share}%。",
)
_GONE = (ClaimState.DISMISSED, ClaimState.MERGED, ClaimState.SUPERSEDED)
_DONE = (*_GONE, *ClaimState, ClaimState.CONFIRMED, ClaimState.PUBLISHED, ClaimState.JUDGED)
_OPEN = {ClaimState.SUGGESTED, ClaimState.ACCEPTED, *_GONE}
_RATINGS = ("supported", "mostly_supported", "misleading", "mostly_refuted", "refuted", "not_checkable")

Row = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """One source: its words, and the rows of its claims, evidence and readings."""

    number: int
    words: str
    subjects: list[Row]
    claims: list[Row]
    texts: list[Row]


def load_of(folder: Path, size: int) -> None:
    """Make a case of so many claims; its index has read the whole ledger, and holds the claims besides."""
    shutil.rmtree(folder, ignore_errors=True)
    case = Case.create(folder, LEAD, name=f"{size} claims")
    for name, role in ((LEAD, "lead"), *((each, "reviewer") for each in PEOPLE)):
        case.add_member(name, role)
    last = -(-size // PER_SOURCE)
    with get_context("spawn").Pool(2) as pool:
        _write(case, pool.imap(_block, ((n, size) for n in range(1, last + 1))))
    case.close()


def _write(case: Case, blocks: Iterator[Block]) -> None:
    database = case._index._database
    database.execute("INSERT INTO claim_text (claim_text, rank) VALUES ('hashsize', ?)", (HASHED,))
    for pragma in (f"cache_size = {MEMORY}", "synchronous = OFF", "journal_mode = OFF"):
        database.execute(f"PRAGMA {pragma}")
    while some := list(islice(blocks, 20)):
        drafts = [_ingested(case, block) for block in some]
        case._commit(lambda drafts=drafts: drafts, by=LEAD)
        database.execute("BEGIN")
        for block in some:
            _insert(database, "subject (letter, number, value, base)", block.subjects)
            _insert(database, "claim", block.claims)
            _insert(database, "claim_text (rowid, words, found)", block.texts)
        database.execute("COMMIT")
    database.execute("INSERT INTO claim_text (claim_text, rank) VALUES ('hashsize', ?)", (1 << 20,))
    database.execute("PRAGMA journal_mode = TRUNCATE")


def _insert(database: object, table: str, rows: list[Row]) -> None:
    holes = ", ".join("?" * len(rows[0]))
    database.executemany(f"INSERT INTO {table} VALUES ({holes})", rows)


def _ingested(case: Case, block: Block) -> Draft:
    data, path = block.words.encode(), f"claims/load-S{block.number}.txt"
    (case.folder / path).write_bytes(data)
    body = bodies.SourceIngested(
        title=f"第{block.number}场",
        path=path,
        sha256=hashlib.sha256(data).hexdigest(),
        characters=len(block.words),
    )
    return Draft("source.ingested", f"S{block.number}", body)


# -- one source ---------------------------------------------------------------------------------------


def _block(asked: tuple[int, int]) -> Block:
    """Everything of the n-th source, the same in every run."""
    source, size = asked
    dice = random.Random(source)
    subjects: list[Row] = []
    claims: list[Row] = []
    texts: list[Row] = []
    said: list[str] = []
    start = 0
    for number in range((source - 1) * PER_SOURCE + 1, min(source * PER_SOURCE, size) + 1):
        words = _sentence(dice, number)
        mention = Mention(f"S{source}", start, start + len(words) - 1, words[:-1])
        base = _suggested(dice, number, mention)
        claim = _reviewed(dice, base)
        stored = dump("C", base)
        subjects.append(("C", number, stored if claim is base else dump("C", claim), stored))
        subjects += [("E", number, dump("E", each), None) for each in claim.evidence]
        if number % PER_READING == 0:
            subjects.append(_reading(dice, number // PER_READING, mention))
        claims.append(claim_row(claim))
        texts.append(text_row(claim))
        said.append(f"{words}\n")
        start += len(words) + 1
    return Block(source, "".join(said), subjects, claims, texts)


def _sentence(dice: random.Random, number: int) -> str:
    field = RARE if number % 100_000 == 77 else dice.choice(_FIELDS)
    return dice.choice(_SAYINGS).format(
        who=dice.choice(_FAMILY) + dice.choice(_GIVEN) + dice.choice(_GIVEN),
        firm=dice.choice(_FIRMS),
        other=dice.choice(_FIRMS),
        field=field,
        year=dice.randrange(2015, 2030),
        share=dice.randrange(1, 99),
        n=number,
    )


def _suggested(dice: random.Random, number: int, mention: Mention) -> Claim:
    kind, priority = dice.choice(_TYPES), int(1000 * dice.triangular(0, 1, 0.3))
    group = f"S{mention.source}.g{number % 1000}" if number % 10 == 0 else ""
    return Claim(f"C{number}", mention.quote, kind, Checkable.YES, priority, (mention,), group=group)


_TYPES = tuple(ClaimType)


def _reviewed(dice: random.Random, base: Claim) -> Claim:
    """How far its review has come: people begin with what is most worth checking."""
    assigned = dice.choice(PEOPLE) if dice.random() < 0.03 else ""
    if dice.random() > (base.priority - 400) / 450:
        state = ClaimState.ACCEPTED if dice.random() < 0.04 else ClaimState.SUGGESTED
        plain = state is ClaimState.SUGGESTED and not assigned
        return base if plain else replace(base, state=state, assigned=assigned)
    state = dice.choice(_DONE)
    if state in _OPEN:
        return replace(base, state=state, assigned=assigned, people=(dice.choice(PEOPLE),))
    return _judged(dice, base, state)


def _judged(dice: random.Random, base: Claim, state: ClaimState) -> Claim:
    first, second = dice.sample(PEOPLE, 2)
    piece = Evidence(
        f"E{base.number}",
        base.id,
        dice.choice(tuple(Stance)),
        url=f"https://example.org/{base.number}",
        quote=base.statement,
    )
    verdict = Verdict(
        f"{base.number:032x}", dice.choice(_RATINGS), f"见第{base.number}页。", (piece.id,), first,
        "2024-03-01T09:00:00.000Z", base.number, base.statement,
        basis=dice.choice(("", "stated", "not_stated")) if base.type in SAYINGS else "",
    )  # fmt: skip
    alone = state is ClaimState.JUDGED
    return replace(
        base,
        state=state,
        evidence=(piece,),
        verdicts=(verdict,),
        verdict=verdict,
        confirmed_by="" if alone or state is ClaimState.DISPUTED else second,
        disputed_by=second if state is ClaimState.DISPUTED else "",
        people=(first,) if alone else (first, second),
    )


def _reading(dice: random.Random, number: int, mention: Mention) -> Row:
    place = (mention.start, mention.start + 2)
    state = dice.choice(("proposed", "accepted"))
    found = Reading(f"R{number}", mention.source, mention.quote[:2], "蒋璐", (place,), 800, state=state)
    stored = dump("R", found)
    return ("R", number, stored, stored)
