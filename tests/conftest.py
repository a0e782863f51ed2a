"""What every test stands on: folders, names and languages of its own, and a case that is audited afterwards."""

import compileall
import gc
import os
import shutil
from pathlib import Path

import pytest

from factcheck.case import Case

ROOT = Path(__file__).parent.parent
MEMORY = Path("/dev/shm")
MIXED = """会议实录

最近 VideoPort 的负责人蒋璐转投 TikTok，负责 AI 视频技术的开发。去年抖音 CEO 张楠辞去抖音 CEO 的职务。

Last week Maria Lopez, who led the vision team at Acme, joined Globex as chief scientist. The model costs 3 billion dollars to train.
"""


def pytest_configure(config):
    """The programs that tests start find the product compiled, as pip leaves it, also where Python writes no bytecode."""
    if not hasattr(config, "workerinput"):  # once, not in every worker
        compileall.compile_dir(ROOT / "factcheck", quiet=2)
        if has_room(MEMORY):
            os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


def has_room(folder):
    """True of a folder in which tests can lay down gigabytes and start programs.

    In memory every fsync is asked for and answered as on a disk, only at once: no test looks at what a disk has kept after
    the power failed by taking its power away.
    """
    try:
        there, room = os.statvfs(folder), shutil.disk_usage(folder).free
    except OSError:
        return False
    return room > 4 << 30 and not there.f_flag & os.ST_NOEXEC and os.access(folder, os.W_OK | os.X_OK)


def pytest_collection_finish():
    """What was collected stays, so garbage is not looked for among it, nor after every few things made, as in the program."""
    gc.freeze()
    gc.set_threshold(100_000)


@pytest.fixture(autouse=True)
def own_world(tmp_path_factory, monkeypatch):
    """No test sees the user's settings, the machine's language, or what another test left behind."""
    home = tmp_path_factory.mktemp("home")
    for name in ("FACTCHECK_BY", "FACTCHECK_LANG", "FACTCHECK_CASE", "FACTCHECK_ALLOW_ADDRESSES", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.setenv(name, "C.UTF-8")
    monkeypatch.setenv("HOME", str(home))
    for name in ("CONFIG", "STATE", "DATA", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
    return home


@pytest.fixture(scope="session")
def ingested(tmp_path_factory):
    """A folder with meeting.txt and the case that took it in; nobody writes to it."""
    folder = tmp_path_factory.mktemp("ingested")
    document = folder / "meeting.txt"
    document.write_text(MIXED, "utf-8")
    made = Case.create(folder / "case", "reviewer-1", name="a test case")
    made.ingest(document, title="会议实录")
    made.close()
    return folder


@pytest.fixture
def case(ingested, tmp_path):
    """A case with one mixed source and its suggestions; whatever a test did to it must pass the audit."""
    shutil.copytree(ingested, tmp_path, dirs_exist_ok=True)
    made = Case.open(tmp_path / "case", by="reviewer-1")
    yield made
    report = made.audit()
    made.close()
    assert report.findings == ()


@pytest.fixture
def example(tmp_path):
    """A copy of the bundled case; the one at the root is never written."""
    folder = tmp_path / "example"
    for name in ("claims", "evidence", "exports"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns(".lock"))
    return folder
