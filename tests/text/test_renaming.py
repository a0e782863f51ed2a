"""Nothing hangs on these names and these figures: with others, said consistently, the same claims come out."""

import pytest

from factcheck.text import extract, load_packs, shipped_packs
from tests.text.conftest import ROOT, bundled, bundled_text

NAMES = {
    "VideoPoet": "SceneBard", "VideoPort": "SceneCard", "蒋璐": "陈洁", "蒋路": "陈杰", "张楠": "李红", "抖音": "快声", "TikTok": "ZipZap",
    "tiktok": "zipzap", "OpenAI": "NovaLab", "Sora": "Mira", "Solo": "Milo", "Sola": "Mila", "GPG4": "LMG7", "GPT-4": "LMT-7",
}  # fmt: skip
FIGURES = {"60 次": "48 次", "30 亿": "20 亿", "14 倍": "9 倍"}


def renamed(text: str) -> str:
    for old, new in (NAMES | FIGURES).items():
        text = text.replace(old, new)
    return text


@pytest.fixture(scope="module")
def other(tmp_path_factory):
    pack = tmp_path_factory.mktemp("packs") / "other.toml"
    pack.write_text(
        renamed((ROOT / "claims/packs/jianying.toml").read_text(encoding="utf-8")), encoding="utf-8"
    )
    return extract(renamed(bundled_text()), packs=(*shipped_packs(), *load_packs([pack])))


def test_the_same_claims_of_the_same_types_priorities_and_groups_come_out(other):
    expected = [(renamed(claim.quote), claim.type, claim.priority, claim.group) for claim in bundled().claims]
    assert expected == [(claim.quote, claim.type, claim.priority, claim.group) for claim in other.claims]


def test_the_same_readings_are_proposed(other):
    expected = [(renamed(reading.heard), renamed(reading.meant)) for reading in bundled().readings]
    assert expected == [(reading.heard, reading.meant) for reading in other.readings]


def test_the_calculation_is_done_again_with_the_other_figures(other):
    work = next(work for work in other.calculations if "÷ 9" in work.expression)
    assert work.expression == "48 次 × 2e9 参数 = 9.6e10; 9.6e10 ÷ 9 = 1.07e10"
    assert (work.result, work.holds) == ("96000000000", "conditional")
    assert work.needs == ("LMT-7推理成本 = 1.07e10 参数: 文中没有给出 / stated nowhere in the text",)


def test_a_premise_that_is_stated_needs_nothing():
    text = "每次检查的成本是100元。60次检查的成本是老设备的3倍。老设备的成本是2000元。"
    (work,) = extract(text).calculations
    assert (work.result, work.holds, work.needs) == ("6000", "yes", ())
