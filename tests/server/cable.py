"""A cable between a desk and its server that can be cut, for good or just before or after something has gone through, or that swallows."""

import re
import socket
import tempfile
import threading
from contextlib import suppress

from psycopg import conninfo


class Cable:
    """Listens where `dsn` says, forwards to the server of the DSN it was made for.

    `cut_before(words)` breaks every connection when these bytes come from a desk, without passing them on;
    `cut_after(words)` passes them on, waits for the server's answer, and breaks before the desk hears it. From
    `swallow` until `flow` nothing goes through and nothing breaks, as when a network drops every packet: old connections
    are silent, new ones are accepted and never answered. `asked` is set when a desk has sent something meanwhile.
    """

    def __init__(self, dsn: str) -> None:
        self._far = conninfo.conninfo_to_dict(dsn)
        self._folder = tempfile.TemporaryDirectory(prefix="cable-")
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(f"{self._folder.name}/.s.PGSQL.5432")
        self._listener.listen()
        self.dsn = conninfo.make_conninfo(dsn, host=self._folder.name)
        self._before = self._after = None
        self._open, self._plugged = [], True
        self.cuts, self._swallow = 0, False
        self.asked, self._flows = threading.Event(), threading.Event()
        self._flows.set()
        threading.Thread(target=self._accept, daemon=True).start()

    def cut_before(self, words: bytes) -> None:
        self._before = re.compile(re.escape(words))

    def cut_after(self, words: bytes) -> None:
        self._after = re.compile(re.escape(words))

    def swallow(self) -> None:
        self.asked.clear()
        self._flows.clear()

    def flow(self) -> None:
        self._flows.set()

    def unplug(self) -> None:
        self._plugged = False
        self._break()

    def plug_in(self) -> None:
        self._plugged = True

    def close(self) -> None:
        self.unplug()
        self.flow()
        self._listener.close()
        self._folder.cleanup()

    def _break(self) -> None:
        doomed, self._open = self._open, []
        for each in doomed:
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            if not self._plugged:
                near.close()
                continue
            far = socket.socket(socket.AF_UNIX)
            try:
                far.connect(f"{self._far['host']}/.s.PGSQL.{self._far.get('port') or 5432}")
            except OSError:
                near.close()
                continue
            self._open += [near, far]
            threading.Thread(target=self._carry, args=(near, far), daemon=True).start()
            threading.Thread(target=self._answer, args=(far, near), daemon=True).start()

    def _carry(self, near: socket.socket, far: socket.socket) -> None:
        with suppress(OSError):
            while data := near.recv(65536):
                self._wait()
                if self._before and self._before.search(data):
                    self._before, self.cuts = None, self.cuts + 1
                    return self._break()
                if self._after and self._after.search(data):
                    self._after, self._swallow = None, True
                far.sendall(data)
        return None

    def _wait(self) -> None:
        if not self._flows.is_set():
            self.asked.set()
            self._flows.wait()

    def _answer(self, far: socket.socket, near: socket.socket) -> None:
        with suppress(OSError):
            while data := far.recv(65536):
                self._flows.wait()
                if self._swallow:
                    self._swallow, self.cuts = False, self.cuts + 1
                    return self._break()
                near.sendall(data)
        return None
