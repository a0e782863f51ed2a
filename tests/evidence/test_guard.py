import pytest

from factcheck.evidence import guard
from factcheck.evidence.guard import Passed, checked, is_public


def test_an_address_is_public_when_both_lists_say_so(monkeypatch):
    assert is_public("8.8.8.8")

    monkeypatch.setattr(guard.addresses, "is_public", lambda address: False)
    assert not is_public("8.8.8.8")


def test_the_other_list_can_refuse_too(monkeypatch):
    class Closed:
        blocked = True

        def classify(self, address):
            return self

    monkeypatch.setattr(guard, "_table", Closed)
    assert not is_public("8.8.8.8")


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "1.1.1.1"])
def test_what_is_public_passes(address):
    assert checked("a.example", 80, [address, address], ()) == Passed((address,))


def test_one_closed_address_closes_the_name_unless_its_pair_is_allowed():
    found = ["8.8.8.8", "10.0.0.1"]

    assert checked("a.example", 80, found, ["a.example:8080", "10.0.0.1:80"]) == Passed(closed="10.0.0.1")
    assert checked("a.example", 80, found, ["a.example:80"]) == Passed(tuple(found), "10.0.0.1", "a.example:80")


def test_what_is_no_address_does_not_pass():
    assert not is_public("example.org")
    assert not is_public("fe80::1%lo")
