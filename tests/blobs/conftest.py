"""Where the same facts about blobs are tried: a folder, and a bucket on a real S3 server."""

import os
import subprocess
import sys
import uuid
import xml.etree.ElementTree as ET
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
from lying import running

from factcheck.blobs import open_blobs

SERVER = """
import sys
from moto.server import ThreadedMotoServer
server = ThreadedMotoServer("127.0.0.1", port=0, verbose=False)
server.start()
print(*server.get_host_and_port(), flush=True)
sys.stdin.read()
server.stop()
"""
HEADERS = {
    "Authorization": "AWS4-HMAC-SHA256 Credential=desk/20260101/us-east-1/s3/aws4_request",  # moto reads which service
    "Content-Type": "application/octet-stream",
}
VERSIONED = b"<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>"


@pytest.fixture(autouse=True)
def no_keys_of_mine(monkeypatch):
    """No variable of whoever runs the tests leads to a store of theirs, or through a proxy."""
    for name in [each for each in os.environ if each.startswith("AWS_") or each.lower().endswith("_proxy")]:
        monkeypatch.delenv(name)


@pytest.fixture
def keys(monkeypatch, no_keys_of_mine):
    for name, value in {
        "ACCESS_KEY_ID": "desk",
        "SECRET_ACCESS_KEY": "secret",
        "REGION": "us-east-1",
    }.items():
        monkeypatch.setenv(f"AWS_{name}", value)


@pytest.fixture
def store(keys, monkeypatch):
    """An object store that lies when it is told to."""
    with running() as store:
        monkeypatch.setenv("AWS_ENDPOINT_URL", store.address)
        yield store


@pytest.fixture(scope="session")
def s3():
    """The address of moto's S3 server in a process of its own."""
    server = subprocess.Popen(
        [sys.executable, "-c", SERVER],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    with server:
        host, port = server.stdout.readline().split()
        yield f"http://{host.decode()}:{port.decode()}"
        server.stdin.close()


class Folder:
    """A folder as a place for blobs, and the hands of somebody who reaches around the program."""

    def __init__(self, folder):
        self.url, self._folder = str(folder), folder

    def names(self):
        return sorted(
            str(each.relative_to(self._folder)) for each in self._folder.rglob("*") if each.is_file()
        )

    def overwrite(self, blobs, name, data):
        Path(blobs.where(name)).write_bytes(data)

    def versions(self, name):
        about = (self._folder / name).stat()
        return [(about.st_ino, about.st_mtime_ns)]


class Bucket:
    """A bucket that remembers each version of an object, with a prefix that needs care in an address."""

    def __init__(self, address):
        self._bucket = f"{address}/blobs-{uuid.uuid4().hex}"
        self.url = f"s3://{self._bucket.rpartition('/')[2]}/案卷 1/captures"
        self._ask("PUT")
        self._ask("PUT", "?versioning", VERSIONED)

    def _ask(self, method, path="", data=None):
        asked = Request(self._bucket + path, data, HEADERS, method=method)
        with urlopen(asked, timeout=10) as answer:
            return answer.read()

    def _listed(self):
        for each in ET.fromstring(self._ask("GET", "?versions")).findall(".//{*}Version"):
            yield each.findtext("{*}Key").partition("captures/")[2], each.findtext("{*}VersionId")

    def names(self):
        return sorted({name for name, _ in self._listed()})

    def versions(self, name):
        return [version for each, version in self._listed() if each == name]

    def overwrite(self, blobs, name, data):
        self._ask("PUT", f"/%E6%A1%88%E5%8D%B7%201/captures/sha256/{name[:2]}/{name}", data)


@pytest.fixture(params=["folder", pytest.param("s3", marks=pytest.mark.server)])
def place(request, tmp_path, monkeypatch):
    if request.param == "folder":
        return Folder(tmp_path / "blobs")
    request.getfixturevalue("keys")
    monkeypatch.setenv("AWS_ENDPOINT_URL", address := request.getfixturevalue("s3"))
    return Bucket(address)


@pytest.fixture
def blobs(place):
    return open_blobs(place.url)
