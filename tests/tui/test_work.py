"""What the screen keeps for one person alone: what they put off, and how long and with how many keys they worked."""

from conftest import make_desk
from looking import watch

from factcheck.case import Case


def test_nought_puts_a_claim_off_and_it_comes_back_last(tmp_path):
    case = make_desk(tmp_path / "desk", private=tmp_path / "private")
    first = case.next_claim().id
    screen = watch(case, "0", lang="en")
    assert case.put_off() == [first]
    assert f"▸  {first} " not in screen
    assert case.trail(first) == []
    other = Case.open(case.folder, by="reviewer-2", private=tmp_path / "private")
    assert other.put_off() == []
    for each in case.claims():
        if each.id != first:
            case.dismiss(each.id, reason="trivial")
    assert case.next_claim().id == first
    other.close()
    case.close()


def test_keys_are_counted_on_the_claim_they_were_pressed_on_and_outlive_the_screen(tmp_path):
    case = make_desk(tmp_path / "desk", private=tmp_path / "private")
    watch(case, "j", "k", "i", "escape")
    case.keep_work()
    again = Case.open(case.folder, by="reviewer-1", private=tmp_path / "private")
    assert sum(each.keys for each in again.work().values()) == 4
    assert Case.open(case.folder, by="reviewer-2", private=tmp_path / "private").work() == {}
    again.close()
    case.close()
