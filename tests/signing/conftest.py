"""Real keys by the real ssh-keygen, and an agent that ends with its test."""

import os
import subprocess
import tempfile
from pathlib import Path

import pytest
from keymaking import KINDS, keygen


@pytest.fixture(scope="session")
def keys(tmp_path_factory):
    folder = tmp_path_factory.mktemp("keys")
    return {name: keygen(folder / name, *kind) for name, kind in KINDS.items()}


@pytest.fixture(autouse=True)
def _alone(monkeypatch):
    """No agent of whoever runs the tests."""
    monkeypatch.delenv("SSH_AUTH_SOCK", raising=False)


@pytest.fixture
def agent(monkeypatch):
    """An agent of this test alone; call it with a key and its passphrase to hand the key over."""
    with tempfile.TemporaryDirectory() as folder:
        socket, asking = Path(folder) / "agent", Path(folder) / "ask"
        process = subprocess.Popen(["ssh-agent", "-D", "-a", socket], stdout=subprocess.PIPE)
        process.stdout.readline()
        monkeypatch.setenv("SSH_AUTH_SOCK", str(socket))

        def add(key, passphrase):
            asking.write_text(f"#!/bin/sh\necho '{passphrase}'\n")
            asking.chmod(0o700)
            asked = os.environ | {"SSH_ASKPASS": str(asking), "SSH_ASKPASS_REQUIRE": "force", "DISPLAY": ":9"}
            subprocess.run(["ssh-add", "-q", key], check=True, env=asked, stdin=subprocess.DEVNULL)

        yield add
        process.terminate()
        process.wait(timeout=10)
        process.stdout.close()
