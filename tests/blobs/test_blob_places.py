"""Where blobs may be kept, how that is said, and what the AWS_ variables must be."""

import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from factcheck.blobs import open_blobs
from factcheck.errors import Refused, Unavailable, Usage

NAME = sha256(b"").hexdigest()
KEY = f"sha256/{NAME[:2]}/{NAME}"
KEYS = "check AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; they need s3:GetObject, s3:PutObject and s3:ListBucket"
ACCEPTED = "Do: name a folder, file:///folder or s3://bucket/prefix"


def said(error, act):
    with pytest.raises(error) as raised:
        act()
    return str(raised.value)


@pytest.mark.parametrize(
    ("url", "place"),
    [
        ("/srv/blobs", f"/srv/blobs/{KEY}"),
        ("file:///srv/blobs", f"/srv/blobs/{KEY}"),
        ("FILE://localhost/srv/%E6%A1%88%20%E5%8D%B7", f"/srv/案 卷/{KEY}"),
        ("案卷/blobs", f"{Path.cwd()}/案卷/blobs/{KEY}"),
        ("./s3:bucket", f"{Path.cwd()}/s3:bucket/{KEY}"),
        ("s3://bucket", f"s3://bucket/{KEY}"),
        ("s3://bucket/", f"s3://bucket/{KEY}"),
        ("s3://my.bucket-1/案卷 1/captures/", f"s3://my.bucket-1/案卷 1/captures/{KEY}"),
    ],
)
def test_a_place_is_a_folder_or_a_bucket(keys, url, place):
    assert open_blobs(url).where(NAME) == place


@pytest.mark.parametrize(
    "url",
    ["", " ", "a\0b", "s3:", "s3://", "s3://b", "s3://Bucket", "s3:bucket/x", "S3://bucket", "s3://bucket/../x",
     "s3://bucket/a//b", "s3://bucket/./a", "s3://bucket?x", "s3://bucket/a#b", "s3://bucket/a\n", "s3://[::1]/x",
     "gs://bucket/x", "https://bucket.example.org", "file:folder", "file://host/folder", "ftp://x"],
    ids=ascii,
)  # fmt: skip
def test_anything_else_is_refused_with_what_is_accepted(keys, url):
    assert said(Usage, lambda: open_blobs(url)) == f"blobs cannot be kept there. Seen: {url!r}. {ACCEPTED}"


def test_a_password_in_an_address_is_not_repeated(keys):
    sentence = said(Usage, lambda: open_blobs("s3://key:secret@bucket/x"))
    assert sentence == f"blobs cannot be kept there. Seen: s3:.... {ACCEPTED}"


def test_without_the_extra_a_bucket_is_refused_with_what_to_install(monkeypatch):
    monkeypatch.delitem(sys.modules, "factcheck.blobs.objects", raising=False)
    monkeypatch.setitem(sys.modules, "obstore", None)
    assert said(Refused, lambda: open_blobs("s3://bucket/x")) == (
        "blobs in an object store need obstore, which is not installed."
        " Do: pip install 'factcheck-desk[server]'"
    )


def test_a_folder_needs_no_library():
    code = "import sys, factcheck.blobs; factcheck.blobs.open_blobs('/srv'); print('obstore' in sys.modules)"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout == "False\n"


@pytest.mark.parametrize(
    "address",
    ["", "nonsense", "http://", "ftp://host", "http://[::", "http://[:::::]:1", "http://host:99999", "http://host:",
     "http://host:0", "http://-host", "http://host/a b", "http://host?x=1", "http://host/\n", "http://主机"],
    ids=ascii,
)  # fmt: skip
def test_an_address_that_is_none_is_named(keys, monkeypatch, address):
    monkeypatch.setenv("AWS_ENDPOINT_URL", address)
    assert said(Usage, lambda: open_blobs("s3://bucket")) == (
        f"AWS_ENDPOINT_URL is not an address. Seen: {address!r}."
        " Do: give one such as https://storage.example.org, or unset it"
    )


@pytest.mark.parametrize(
    "name", ["AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT", "AWS_METADATA_ENDPOINT", "AWS_STS_ENDPOINT"]
)
def test_every_address_among_the_variables_is_looked_at(keys, monkeypatch, name):
    monkeypatch.setenv(name, "nonsense")
    assert said(Usage, lambda: open_blobs("s3://bucket")).startswith(
        f"{name} is not an address. Seen: 'nonsense'."
    )


def test_of_several_endpoints_that_of_the_object_store_counts(store, monkeypatch):
    monkeypatch.setenv("AWS_ENDPOINT_URL_S3", store.address)
    monkeypatch.setenv("AWS_ENDPOINT_URL", "https://elsewhere.example.org")
    monkeypatch.setenv("AWS_ENDPOINT", "https://elsewhere.example.org")
    assert open_blobs("s3://bucket").put(b"") == NAME
    assert store.kept == {f"/bucket/{KEY}": b""}


def test_an_address_does_not_tell_the_password_in_it(keys, monkeypatch):
    monkeypatch.setenv("AWS_ENDPOINT_URL", "https://me:secret@host")
    assert "secret" not in said(Usage, lambda: open_blobs("s3://bucket"))


@pytest.mark.parametrize("address", ["http://999.999.999.999:1", "https://xn--:1"])
def test_an_address_over_which_the_library_falls_is_a_sentence_too(keys, monkeypatch, address):
    monkeypatch.setenv("AWS_ENDPOINT_URL", address)
    monkeypatch.setenv("AWS_ALLOW_HTTP", "true")
    assert said(Unavailable, lambda: open_blobs("s3://bucket").get(NAME)).startswith(
        f"s3://bucket/{KEY}: the object store does not answer as it should. Seen: {address}: "
    )


@pytest.mark.parametrize("name", ["AWS_ACCESS_KEY_ID", "AWS_SESSION_TOKEN", "AWS_REGION"])
@pytest.mark.parametrize("value", ["", "a\nb", "secret ", "键"], ids=ascii)
def test_a_value_that_no_header_carries_is_named_but_not_shown(keys, monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    assert said(Usage, lambda: open_blobs("s3://bucket")) == (
        f"{name} is empty, or has a character that cannot be sent."
        " Do: copy it once more, without spaces and line ends, or unset it"
    )


@pytest.mark.parametrize("gone", ["ACCESS_KEY_ID", "SECRET_ACCESS_KEY"])
def test_half_a_key_is_none(keys, monkeypatch, gone):
    monkeypatch.delenv(f"AWS_{gone}")
    assert said(Unavailable, lambda: open_blobs("s3://bucket")) == (
        f"s3://bucket: there are no keys for the object store. Seen: {gone.title().replace('_', '')} is missing. Do: {KEYS}"
    )


@pytest.mark.parametrize("status", [404, 403, 500])
def test_without_any_keys_nobody_is_let_in(store, monkeypatch, status):
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    monkeypatch.setenv(
        "AWS_METADATA_ENDPOINT", store.address
    )  # where a machine in a cloud would ask for some
    store.lie(lambda desk: desk.say(status))
    assert said(Unavailable, lambda: open_blobs("s3://bucket").get(NAME)) == (
        f"s3://bucket/{KEY}: there are no keys for the object store. Seen: {status}. Do: {KEYS}"
    )


def test_a_setting_that_the_library_does_not_know(keys, monkeypatch):
    monkeypatch.setenv("AWS_CHECKSUM_ALGORITHM", "md5")
    assert said(Usage, lambda: open_blobs("s3://bucket/x")) == (
        's3://bucket/x: the settings of the object store are not understood. Seen: "md5" is not a valid checksum'
        " algorithm. Do: check the variables whose names begin with AWS_"
    )


def test_keys_never_travel_unencrypted_unless_somebody_says_so(keys, monkeypatch):
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://storage.example.org:9000")
    assert said(Refused, lambda: open_blobs("s3://bucket")) == (
        "http://storage.example.org: keys and evidence would travel unencrypted. Do: name an https address in"
        " AWS_ENDPOINT_URL, or set AWS_ALLOW_HTTP=true in a network of your own"
    )
    monkeypatch.setenv("AWS_ALLOW_HTTP", "true")
    assert open_blobs("s3://bucket").where(NAME) == f"s3://bucket/{KEY}"


@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]", "localhost", "127.8.9.1"])
def test_on_this_machine_nothing_needs_to_be_encrypted(keys, monkeypatch, host):
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://{host}:9000")
    assert open_blobs("s3://bucket").where(NAME) == f"s3://bucket/{KEY}"
