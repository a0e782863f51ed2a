"""The same folder on a Dask cluster: a real scheduler and two workers on this machine, some of which are killed."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from test_bulk import ROOT, documents, extracted, kept, until, written
from working import install

from factcheck.case import Case
from factcheck.errors import BadData, Unavailable

pytestmark = pytest.mark.server
DASK = Path(sys.executable).parent / "dask"
DEADLY = "致命的一句：去年公司裁员300人。\n"


class Cluster:
    """Processes of a scheduler and of two workers, each watched over by a nanny of its own."""

    def __init__(self, folder, site):
        self.folder, self.begun = folder, []
        path = os.pathsep.join([str(ROOT), *([str(site)] if site else [])])
        self.environ = os.environ | {"PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"}
        folder.mkdir()
        file = folder / "scheduler.json"
        host = ("--host", "127.0.0.1", "--scheduler-file", str(file), "--no-dashboard")
        self.scheduler = self.begin("scheduler", *host, "--port", "0")
        until(file.exists)
        for _ in range(2):
            place = ("--local-directory", str(folder))
            self.begin("worker", *host, *place, "--nthreads", "1", "--nworkers", "1")
        self.address = self.told(file)

    def begin(self, *command):
        with (self.folder / f"log-{len(self.begun)}").open("wb") as out:
            self.begun.append(subprocess.Popen([DASK, *command], env=self.environ, stdout=out, stderr=out))
        return self.begun[-1]

    def told(self, file):
        """The address, once both workers are there."""
        import json

        from distributed import Client

        until(lambda: file.read_text("utf-8").endswith("}"))
        address = json.loads(file.read_text("utf-8"))["address"]
        with Client(address, set_as_default=False) as client:
            client.wait_for_workers(2, timeout=60)
        return address

    def end(self):
        for each in reversed(self.begun):
            each.terminate()
        for each in self.begun:
            each.wait(30)


@pytest.fixture
def cluster(tmp_path):
    """Begins clusters, whose workers have the plug-in that is installed in `site`."""
    made = []

    def begin(site=None):
        made.append(Cluster(tmp_path / f"cluster-{len(made)}", site))
        return made[-1]

    yield begin
    for each in made:
        each.end()


@pytest.fixture
def odd(tmp_path, monkeypatch):
    """The folder of a plug-in that is installed here."""
    install(tmp_path / "site")
    monkeypatch.syspath_prepend(tmp_path / "site")
    monkeypatch.delitem(sys.modules, "odd", raising=False)  # that of an earlier test
    return tmp_path / "site"


def test_a_cluster_records_what_processes_record_also_when_a_worker_is_killed(case, tmp_path, cluster, odd):
    folder = documents(tmp_path / "in", range(60))
    (folder / "part-1" / "talk-04a.txt").write_text(DEADLY, "utf-8")
    found = case.ingest_folder(folder, dask=cluster(odd).address)
    assert (odd / "killed").exists()
    assert found.failed == ()
    assert extracted(case.folder) == [f"S{number}" for number in range(1, 63)]
    alone = Case.create(tmp_path / "alone", "reviewer-1")
    alone.ingest(tmp_path / "meeting.txt", title="会议实录", plugins=False)
    alone.ingest_folder(folder, workers=2)
    assert written(case)[2:] == written(alone)[2:]
    assert kept(case).keys() == kept(alone).keys()
    alone.close()


def test_a_document_at_which_every_worker_dies_is_named_and_the_rest_goes_on(case, tmp_path, cluster, odd):
    folder = documents(tmp_path / "in", range(2))
    (folder / "part-0" / "talk-00a.txt").write_text(DEADLY, "utf-8")
    (odd / "always").touch()
    found = case.ingest_folder(folder, dask=cluster(odd).address)
    assert [each.where for each in found.failed] == ["S3"]
    assert found.extracted == ("S2", "S4")
    again = case.ingest_folder(folder, workers=1, plugins=False)
    assert again.extracted == ("S3",)


def test_workers_with_other_rules_are_refused(case, tmp_path, cluster, odd):
    folder = documents(tmp_path / "in", range(2))
    with pytest.raises(BadData, match="other rules or plug-ins"):
        case.ingest_folder(folder, dask=cluster().address)
    assert extracted(case.folder) == ["S1"]


def test_a_scheduler_that_goes_away_ends_it_in_a_sentence_and_the_rest_is_done_elsewhere(
    case, tmp_path, cluster, odd, monkeypatch
):
    monkeypatch.setattr("factcheck.case.crews.PATIENCE", 3)
    folder = documents(tmp_path / "in", range(3))
    (folder / "part-0" / "held.txt").write_text("等待：去年公司裁员300人。\n", "utf-8")
    there = cluster(odd)

    def kill():
        until((odd / "holding").exists)
        there.scheduler.send_signal(signal.SIGKILL)

    killing = threading.Thread(target=kill)
    killing.start()
    with pytest.raises(Unavailable, match="what was recorded stays"):
        case.ingest_folder(folder, dask=there.address)
    killing.join()
    (odd / "go").touch()
    with pytest.raises(Unavailable, match="what was recorded stays"):
        case.ingest_folder(folder, dask=there.address)
    found = case.ingest_folder(folder, workers=1)
    assert (found.ingested, found.failed) == ((), ())
    assert extracted(case.folder) == [f"S{number}" for number in range(1, 6)]


def test_a_cluster_without_workers_is_given_up_after_a_while(case, tmp_path, cluster, monkeypatch):
    monkeypatch.setattr("factcheck.case.crews.PATIENCE", 3)
    there = cluster()
    for worker in there.begun[1:]:
        worker.terminate()
        worker.wait(30)
    with pytest.raises(Unavailable, match="cannot be reached"):
        case.ingest_folder(documents(tmp_path / "in", range(1)), dask=there.address)
