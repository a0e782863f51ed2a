"""A machine's summary is told from the talk by its heading, however it is written."""

import pytest

from factcheck.text import extract

TALK = "公司去年营收增长了两成。"


@pytest.mark.parametrize(
    "title",
    ["【AI 总结】", "AI总结", "智能纪要", "摘要", "全文摘要", "会议总结：", "Summary", "Automatic summary"],
)
@pytest.mark.parametrize("turn", ["会议实录", "主持人：大家好。"])
def test_what_stands_under_such_a_heading_is_a_summary(title, turn):
    text = f"{title}\n\n{TALK}\n\n{turn}\n\n主持人：我们开始。\n\n王芳：{TALK}\n\n主持人：好的。\n"
    found = extract(text)
    roles = {
        region.role
        for region in found.regions
        for claim in found.claims
        if region.start <= claim.start < region.end
    }
    first = found.claims[0]
    assert [region.role for region in found.regions if region.start <= first.start < region.end] == [
        "summary"
    ]
    assert roles == {"summary", "transcript"}
