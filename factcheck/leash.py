"""A worker process ends with whoever started it, also when that one is killed; Ctrl+C is for the one who started it."""

import os
import signal
import threading
from multiprocessing.connection import Connection


def hold(leash: Connection) -> None:
    """Begin a worker, and say so: it ends at once when the other end of `leash` is closed, as the system does for a killed process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    leash.send_bytes(b"here")
    threading.Thread(target=_wait, args=(leash,), daemon=True).start()


def _wait(leash: Connection) -> None:
    try:
        leash.recv_bytes()
    except (EOFError, OSError):
        pass
    finally:
        os._exit(1)
