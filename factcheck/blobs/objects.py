"""Blobs in an object store that speaks S3, none of whose answers is believed before the bytes are checked."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from hashlib import sha256 as digest_of
from typing import Any, Final

import obstore
from obstore.exceptions import AlreadyExistsError, BaseError
from obstore.store import S3Store

from factcheck.blobs.answers import refusal, unsettled
from factcheck.blobs.content import changed, key_of, named, oversized, unkept
from factcheck.blobs.settings import endpoint, unencrypted
from factcheck.errors import BadData, NotFound, Unavailable
from factcheck.files import LARGEST_FILE

SLOWEST: Final = 100_000
"""Bytes a second: a slower line is taken for a broken one, or for a store that means to keep us waiting."""

_AGAIN: Final = (0.05, 0.1, 0.2)
"""Seconds between tries while somebody else is putting the same content."""

_USED_IN: Final[set[int]] = set()
"""Processes, of which a forked one knows its parent."""


class ObjectBlobs:
    """Blobs below `prefix` in a bucket; endpoint, keys and region come from the usual AWS_ variables.

    A store that says nothing for `wait` seconds is Unavailable. No blob is larger than `most` bytes. The library's threads
    do not survive a fork, so worker processes must be spawned: RuntimeError in a forked one, which would hang otherwise.
    """

    def __init__(self, bucket: str, prefix: str = "", *, most: int = LARGEST_FILE, wait: float = 5) -> None:
        self._bucket, self._prefix, self._most, self._wait = bucket, prefix.strip("/"), most, wait
        self._root = "/".join(("s3:/", bucket, *filter(None, [self._prefix])))
        self._endpoint, self._in_clear = endpoint(), unencrypted()
        self._store = self._connected(wait)

    def put(self, data: bytes) -> str:
        name = named(data, self._most)
        try:
            self._check(name)
        except NotFound:
            self._send(name, data)
        return name

    def get(self, sha256: str) -> bytes:
        return b"".join(self._pieces(sha256))

    def has(self, sha256: str) -> bool:
        for ask in (obstore.head, obstore.get):  # a head has no body that could tell a missing bucket
            with suppress(NotFound), self._asking(sha256):
                ask(self._store, key_of(sha256))
                return True
        return False

    def where(self, sha256: str) -> str:
        return f"{self._root}/{key_of(sha256)}"

    def _check(self, name: str) -> None:
        for _ in self._pieces(name):
            pass

    def _pieces(self, name: str) -> Iterator[bytes]:
        """The content as it arrives; it is right when its end was reached without an error."""
        place, digest, came = self.where(name), digest_of(), 0
        with self._asking(name):
            answer = obstore.get(self._store, key_of(name))
            if (size := answer.meta["size"]) > self._most:
                raise oversized(place, size, self._most)
            began = time.monotonic()
            for piece in answer.stream(min_chunk_size=1):
                digest.update(piece)
                came += len(piece)
                self._demand_pace(place, came, time.monotonic() - began)
                yield bytes(piece)
        if (seen := digest.hexdigest()) != name:
            raise changed(place, f"{came} bytes with SHA-256 {seen}")

    def _demand_pace(self, place: str, came: int, seconds: float) -> None:
        if seconds > self._wait + came / SLOWEST:
            raise Unavailable(
                "the object store does not answer as it should.",
                where=place,
                seen=f"{came} bytes in {seconds:.0f} seconds",
                remedy="check AWS_ENDPOINT_URL and the network, then repeat the command",
            )

    def _send(self, name: str, data: bytes) -> None:
        """Put content that was not there and read it back; whoever else puts it at this moment puts the same."""
        for pause in (*_AGAIN, 0.0):
            ours = self._created(name, data)
            try:
                self._check(name)
            except (NotFound, BadData) as error:
                if ours or not pause or isinstance(error, BadData):
                    raise unkept(self.where(name), error.seen or "nothing") from error
                time.sleep(pause)
            else:
                return

    def _created(self, name: str, data: bytes) -> bool:
        """Whether our bytes were taken; False when somebody else was first."""
        store = self._connected(self._wait + len(data) / SLOWEST) if len(data) > SLOWEST else self._store
        with self._asking(name):
            try:
                obstore.put(store, key_of(name), data, mode="create", use_multipart=False)
            except AlreadyExistsError:
                return False
        return True

    @contextmanager
    def _asking(self, name: str) -> Iterator[None]:
        """What the library raises, as one of our sentences."""
        _USED_IN.add(os.getpid())
        if len(_USED_IN) > 1:
            raise RuntimeError("an object store cannot be used in a forked process; spawn the workers")
        try:
            yield
        except (BaseError, OSError, ValueError) as error:
            raise refusal(error, self.where(name), self._endpoint) from error
        except BaseException as error:
            if type(error).__name__ == "PanicException":  # the library fell over; it exports no such class
                raise refusal(error, self.where(name), self._endpoint) from error
            raise

    def _connected(self, patience: float) -> S3Store:
        """The bucket, asked with so much patience (seconds until an answer begins) and hardly any retries."""
        settings: Any = {"conditional_put": "etag"} | ({"endpoint": self._endpoint} if self._endpoint else {})
        try:
            return S3Store(
                self._bucket,
                prefix=self._prefix or None,
                config=settings,
                client_options={
                    "allow_http": self._in_clear,
                    "connect_timeout": timedelta(seconds=self._wait),
                    "read_timeout": timedelta(seconds=patience),
                    "timeout": timedelta(seconds=patience + self._most / SLOWEST),
                },
                retry_config={
                    "max_retries": 2,
                    "retry_timeout": timedelta(seconds=self._wait / 2),
                    "backoff": {
                        "init_backoff": timedelta(milliseconds=50),
                        "max_backoff": timedelta(seconds=1),
                    },
                },
            )
        except (BaseError, ValueError) as error:
            raise unsettled(error, self._root) from error
