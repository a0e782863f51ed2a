"""How many keys a verdict takes, counted in a real terminal; full-width characters count like plain ones."""

import pytest
from conftest import make_desk
from driving import Driver, Paste, See, acts


@pytest.mark.parametrize("digits", ["19", "１９"], ids=["plain", "full-width"])
def test_a_new_link_takes_four_keys_and_a_paste_an_opinion_one_and_ready_evidence_two(digits, tmp_path, page):
    case = make_desk(tmp_path / "desk")
    case.attach("C3", "https://example.org/a", quote="张楠去年辞职", stance="supports")
    case.close()
    before = len(acts(case.folder))
    one, nine = digits
    desk = Driver(case.folder, columns=100, rows=32, FACTCHECK_ALLOW_ADDRESSES=page)
    desk.do(See("▸  C5 "))
    link = ("Enter", See("Quote K1"), "Enter", See("attached"), one, "Enter")
    opinion = (nine,)
    ready = (one, "Enter")
    desk.do(
        Paste(f"http://{page}/cost"), *link, See("▸  C2 "), *opinion, See("▸  C3 "), *ready, See("▸  C6 ")
    )
    keys = [len([each for each in steps if isinstance(each, str)]) for steps in (link, opinion, ready)]
    assert keys == [4, 1, 2]
    desk.do("j" if one == "1" else "ｊ", See("▸  C4 "))
    desk.leave()
    assert acts(case.folder, before) == [
        ("capture.made", "K1", "reviewer-1"),
        ("evidence.attached", "C5", "reviewer-1"),
        ("verdict.recorded", "C5", "reviewer-1"),
        ("verdict.recorded", "C2", "reviewer-1"),
        ("verdict.recorded", "C3", "reviewer-1"),
    ]
