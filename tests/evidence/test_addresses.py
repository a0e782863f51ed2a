import pytest

from factcheck.evidence.addresses import is_odd_number, is_public, pair

CLOSED = [
    "0.0.0.0", "0.1.2.3", "10.0.0.1", "100.64.0.1", "127.0.0.1", "127.255.255.255", "169.254.169.254",
    "172.16.0.1", "172.31.255.255", "192.0.0.1", "192.0.0.9", "192.0.2.1", "192.88.99.1", "192.168.1.1",
    "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1", "233.252.0.1", "239.1.1.1", "240.0.0.1",
    "255.255.255.255", "168.63.129.16", "::", "::1", "::7f00:1", "::127.0.0.1", "::ffff:10.0.0.1",
    "::ffff:0:127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::10.1.1.1", "64:ff9b:1::1", "100::1", "2001::1",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2", "2001:2::1", "2001:db8::1", "2001:10::1", "2002:7f00:1::",
    "2002:808:808::1",
    "2002:c0a8:101::1", "3fff::1", "2a00:1450::5efe:10.0.0.1", "2a00:1450::200:5efe:7f00:1", "5f00::1",
    "fc00::1", "fd00:ec2::254", "fe80::1", "fe80::1%lo", "fec0::1", "ff02::1", "ffff::1",
]  # fmt: skip
OPEN = [
    "1.1.1.1", "8.8.8.8", "93.184.215.14", "172.15.255.255", "172.32.0.1", "192.0.1.1", "100.128.0.1",
    "2606:4700::1111", "2a00:1450:4001:80b::200e", "::ffff:8.8.8.8", "64:ff9b::808:808",
]  # fmt: skip


@pytest.mark.parametrize("address", CLOSED)
def test_a_special_address_is_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", OPEN)
def test_an_ordinary_address_is_public(address):
    assert is_public(address)


@pytest.mark.parametrize("word", ["", "example.org", "127.1", "0x7f000001", "1.1.1.1.1", "::g"])
def test_what_is_no_address_is_not_public(word):
    assert not is_public(word)


@pytest.mark.parametrize(
    "host", ["example.org", "1.1.1.1", "1.org", "4chan.example", "::1", "face.example", "", "0xcafe.org"]
)
def test_names_and_plain_addresses_are_not_odd(host):
    assert not is_odd_number(host)


def test_a_pair_is_written_as_in_an_address():
    assert (pair("127.0.0.1", 80), pair("::1", 8000)) == ("127.0.0.1:80", "[::1]:8000")
