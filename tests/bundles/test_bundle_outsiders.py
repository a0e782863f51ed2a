"""VERIFY.md is followed block by block without the product and without Python; verify.py runs without anything installed."""

import outsiders
import published
import pytest
import tampering

pytestmark = pytest.mark.skipif(
    bool(outsiders.MISSING), reason=f"an outsider's tools are not here: {', '.join(outsiders.MISSING)}"
)
SIDES = [("whole", way, block) for way, block in tampering.WHOLE.items()]
SIDES += [("subset", way, block) for way, block in tampering.SUBSET.items()]


@pytest.fixture
def tools(tmp_path):
    return outsiders.tools(tmp_path / "tools")


@pytest.mark.parametrize("kind", ["whole", "subset"])
def test_every_block_says_ok_and_nothing_else(publication, tools, kind):
    runs = outsiders.by_hand(publication / kind / "bundle", tools)
    assert len(runs) == 8
    assert [said for _, said in runs if not all(line.startswith("ok ") for line in said.splitlines())] == []
    assert [status for status, _ in runs] == [0] * 8
    assert all(said for _, said in runs)


def test_signatures_and_quotations_are_really_looked_at(publication, tools):
    said = "".join(text for _, text in outsiders.by_hand(publication / "whole/bundle", tools))
    assert "ok the checkpoint is signed by 1 announced desk key(s)" in said
    assert "ok 9 of 16 lines are signed" in said
    assert "ok 1 quotations stand in the captured texts" in said


@pytest.mark.parametrize(
    ("kind", "way", "block"), SIDES, ids=lambda each: getattr(each, "__name__", str(each))
)
def test_after_tampering_the_right_block_refuses(publication, tmp_path, tools, kind, way, block):
    bag = published.copied(publication / kind / "bundle", tmp_path)
    way(bag, publication / "desk.key")
    published.resealed(bag)
    assert [status for status, _ in outsiders.by_hand(bag, tools, only=1)] == [0]
    [(status, said)] = outsiders.by_hand(bag, tools, only=block)
    assert status != 0, said
    status, said = outsiders.by_python(bag, tools)
    assert status == 1
    assert [line for line in said if line.startswith("wrong: ")] != []


@pytest.mark.parametrize("way", tampering.UNSEALED, ids=lambda each: each.__name__)
def test_what_the_manifests_do_not_say_is_refused_by_the_first_block(publication, tmp_path, tools, way):
    bag = published.copied(publication / "whole/bundle", tmp_path)
    way(bag, None)
    [(status, said)] = outsiders.by_hand(bag, tools, only=1)
    assert status != 0, said
    assert outsiders.by_python(bag, tools)[0] == 1


@pytest.mark.parametrize("kind", ["whole", "subset"])
def test_the_checker_in_the_bundle_needs_nothing_but_python(publication, tools, kind):
    status, said = outsiders.by_python(publication / kind / "bundle", tools)
    assert (status, said[-1]) == (0, "ok: nothing wrong was found")


def test_the_checker_says_which_checks_were_not_made(publication, tmp_path):
    without = outsiders.tools(tmp_path / "few", without=("openssl", "ssh-keygen"))
    status, said = outsiders.by_python(publication / "whole/bundle", without)
    assert status == 0
    assert "not checked: the checkpoint's signature: there is no openssl" in said
    assert "not checked: 9 signatures of people: there is no ssh-keygen" in said


def test_every_way_is_a_change(publication, tmp_path):
    """The control: a bundle that is only sealed again is as good as before."""
    bag = published.resealed(published.copied(publication / "whole/bundle", tmp_path))
    assert outsiders.by_python(bag, outsiders.tools(tmp_path / "tools"))[0] == 0
