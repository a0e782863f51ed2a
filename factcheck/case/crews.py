"""Who extracts many documents: processes of this machine, or the workers of a Dask cluster."""

import logging
import os
import signal
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager, redirect_stderr
from multiprocessing import get_context
from time import monotonic
from typing import TYPE_CHECKING, Protocol

from factcheck.errors import FactcheckError, Unavailable, Usage
from factcheck.leash import hold

if TYPE_CHECKING:
    from factcheck.text.chunks import Chunk, Worked

PATIENCE = 30
"""Seconds that a cluster may be without workers before it is given up."""


class Crew(Protocol):
    """Some workers: `size` chunks are worked on at a time; a document whose chunk had so many `deaths` is given up."""

    size: int
    deaths: int

    def submit(self, chunk: "Chunk") -> "Future[Worked]":
        """Have this chunk done; what comes of it, also the death of its worker, is told by the future alone."""

    def is_death(self, error: BaseException) -> bool:
        """True for an error that says that the worker is gone, not that the work cannot be done."""

    def renew(self) -> None:
        """Put new workers in the place of those that are gone."""

    def look(self) -> None:
        """Unavailable when nobody is there who could do the work."""

    def close(self) -> None:
        """Send the workers away; what they were at is given up."""


def cores() -> int:
    """How many processes this one may run at a time."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def crew(workers: int = 0, dask: str = "") -> Crew:
    """The workers of the cluster at this address; else so many processes here, 0: one for each core."""
    return Cluster(dask) if dask else Pool(workers or cores())


def _work() -> "Callable[[Chunk], Worked]":
    from factcheck.text.chunks import extract_chunk

    return extract_chunk


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Processes that begin meanwhile never hear of Ctrl+C, which is for the one who started them; it hears of it afterwards."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class Pool:
    """Processes of this machine. They hold nothing of this one's files, and end when it does."""

    deaths = 3

    def __init__(self, size: int, work: "Callable[[Chunk], Worked] | None" = None) -> None:
        self.size, self._work = size, work or _work()
        self._begin()

    def _begin(self) -> None:
        # A fork would hold the lock of the ledger and the index open; spawned workers hold what they are given.
        context = get_context("spawn")
        self._held, self._leash = context.Pipe()
        # What begins here is given a stderr that is a file; the one of a screen is none.
        with redirect_stderr(sys.__stderr__):
            self._executor: Executor = ProcessPoolExecutor(
                self.size, mp_context=context, initializer=hold, initargs=(self._held,)
            )

    def submit(self, chunk: "Chunk") -> "Future[Worked]":
        try:
            with _undisturbed():
                return self._executor.submit(self._work, chunk)
        except BrokenExecutor as error:
            gone: Future[Worked] = Future()
            gone.set_exception(error)
            return gone

    def is_death(self, error: BaseException) -> bool:
        return isinstance(error, BrokenExecutor)

    def renew(self) -> None:
        begun = self._leash.poll()
        self.close()
        if not begun:
            raise Unavailable(
                "no worker could be started.",
                remedy="a script of one's own calls it below: if __name__ == '__main__'; else look for too little memory",
            )
        self._begin()

    def look(self) -> None:
        """Processes of one's own are there, or their chunks say that they are not."""

    def close(self) -> None:
        self._leash.close()
        self._executor.shutdown(wait=True, cancel_futures=True)
        self._held.close()


class Cluster:
    """The workers that a Dask scheduler knows. The scheduler itself puts new ones in the place of those that are gone."""

    deaths = 1  # the scheduler tells of a death when three more workers have died of the same chunk

    def __init__(self, address: str) -> None:
        self.address, self._seen, self._work = address, monotonic(), _work()
        try:
            from distributed import Client
        except ImportError as error:
            raise Unavailable(
                "Dask is not installed here.",
                seen=str(error),
                remedy="pip install 'factcheck-desk[bulk]', here and where the workers run",
            ) from error
        logging.getLogger("distributed").setLevel(logging.CRITICAL)
        try:
            self._client = Client(address, timeout=PATIENCE, set_as_default=False)
        except (OSError, TimeoutError) as error:
            raise self._gone(str(error)) from error
        except ValueError as error:
            raise Usage(
                "this is no address of a scheduler.", seen=str(error), remedy="--dask tcp://HOST:PORT"
            ) from error
        self._executor = self._client.get_executor(pure=False)
        self.size = max(sum(self._threads()), 1)

    def submit(self, chunk: "Chunk") -> "Future[Worked]":
        done: Future[Worked] = self._executor.submit(self._work, chunk)
        return done

    def is_death(self, error: BaseException) -> bool:
        from distributed import KilledWorker

        return isinstance(error, KilledWorker)

    def renew(self) -> None:
        """The scheduler does it."""

    def look(self) -> None:
        if self._client.status != "running":
            raise self._gone(f"the connection is {self._client.status}")
        if self._threads():
            self._seen = monotonic()
        elif monotonic() - self._seen > PATIENCE:
            raise self._gone(f"no worker for {PATIENCE} seconds")

    def close(self) -> None:
        self._executor.shutdown(wait=False)
        self._client.close(timeout=2)

    def _threads(self) -> list[int]:
        try:
            return list(self._client.nthreads().values())
        except (OSError, TimeoutError) as error:
            raise self._gone(str(error)) from error

    def _gone(self, seen: str) -> FactcheckError:
        return Unavailable(
            "the workers cannot be reached; what was recorded stays.",
            where=self.address,
            seen=seen or "no answer",
            remedy="look after the scheduler, then repeat the command: it goes on where this one stopped",
        )
