"""Asking a chat endpoint that the person has named and allowed, and no other: no redirect, no proxy, one deadline for all."""

import ipaddress
import json
import queue
import socket
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import httpx

from factcheck.errors import FactcheckError, Refused, Unavailable, Usage

MOST = 1_000_000
"""Bytes of an answer."""

SECONDS = 300.0
"""For all questions about a source together."""

_PORTS = {"http": 80, "https": 443}


@dataclass(slots=True)
class Endpoint:
    """An OpenAI-compatible endpoint: POST {url}/chat/completions. `allow` holds exact scheme://host:port.

    `key` stands in the Authorization header and nowhere else. The deadline runs from the first question.
    """

    url: str
    model: str
    allow: Sequence[str] = ()
    key: str = field(default="", repr=False)
    seconds: float = SECONDS
    _end: float = 0.0

    replayed = False

    def __post_init__(self) -> None:
        if not self.url or not self.model:
            raise Usage("the proposer is off: it has no endpoint or no model.", remedy=_HOW)
        if self.origin not in self.allow:
            raise Refused(
                f"{self.origin} is not on the list of endpoints that may be asked.",
                seen=", ".join(self.allow) or "an empty list",
                remedy=f'if you mean it, put it into your own config file: proposer_allow = ["{self.origin}"]',
            )

    @property
    def origin(self) -> str:
        """scheme://host:port, the port always said. Usage for what is no web address, or holds a password."""
        try:
            url = httpx.URL(self.url)
            port = url.port or _PORTS[url.scheme]
        except (httpx.InvalidURL, KeyError, TypeError) as error:
            raise Usage("the endpoint is no web address.", seen=ascii(self.url[:80]), remedy=_HOW) from error
        if url.userinfo or url.query or url.fragment or not url.host:
            raise Usage("an endpoint is scheme, host, port and path.", remedy=_HOW)
        return f"{url.scheme}://{_bracketed(url)}:{port}"

    @property
    def host(self) -> str:
        """What the ledger names: host:port."""
        return self.origin.partition("://")[2]

    def ask(self, asked: Sequence[dict[str, str]]) -> str:
        """The body of the answer. Unavailable when there is none in time; Refused when it may not be asked or kept."""
        self._end = self._end or time.monotonic() + self.seconds
        held: list[socket.socket] = []
        box: queue.SimpleQueue[bytes | FactcheckError] = queue.SimpleQueue()
        threading.Thread(target=lambda: box.put(self._answer(asked, held)), daemon=True).start()
        try:
            found = box.get(timeout=max(self._end - time.monotonic(), 0.001))
        except queue.Empty:
            for each in held:
                with suppress(OSError):
                    each.shutdown(socket.SHUT_RDWR)
            raise self._no_answer("no answer in time") from None
        if isinstance(found, FactcheckError):
            raise found
        return self._kept(found)

    def _kept(self, body: bytes) -> str:
        words = body.decode("utf-8", "replace")
        if self.key and self.key in words:
            raise Refused(
                "the answer repeats the key; nothing of it was kept.",
                where=self.host,
                remedy="ask another endpoint",
            )
        return words

    def _answer(self, asked: Sequence[dict[str, str]], held: list[socket.socket]) -> bytes | FactcheckError:
        try:
            return self._body(asked, held)
        except FactcheckError as error:
            return error
        except httpx.TimeoutException:
            return self._no_answer("no answer in time")
        except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
            return self._no_answer(type(error).__name__)

    def _body(self, asked: Sequence[dict[str, str]], held: list[socket.socket]) -> bytes:
        url = httpx.URL(self.url.rstrip("/") + "/chat/completions")
        left = max(self._end - time.monotonic(), 0.001)
        document: dict[str, Any] = {
            "model": self.model,
            "messages": list(asked),
            "temperature": 0,
            "stream": False,
        }
        document["response_format"] = {"type": "json_object"}
        with (
            httpx.Client(trust_env=False, follow_redirects=False, timeout=left) as client,
            client.stream(
                "POST",
                url.copy_with(host=self._address(url)),
                content=json.dumps(document, ensure_ascii=False).encode("utf-8"),
                headers=self._headers(url),
                extensions={"sni_hostname": url.host, "trace": _holder(held)},
            ) as response,
        ):
            self._welcome(response)
            return self._read(response)

    def _headers(self, url: httpx.URL) -> dict[str, str]:
        headers = {
            "Host": url.netloc.decode("ascii"),
            "Content-Type": "application/json",
            "Accept": "application/json",
            "Accept-Encoding": "identity",
            "User-Agent": "factcheck",
        }
        return headers | ({"Authorization": f"Bearer {self.key}"} if self.key else {})

    def _address(self, url: httpx.URL) -> str:
        """The address to connect to: a public one, or the very one that the list names."""
        found = str(
            socket.getaddrinfo(url.host, url.port or _PORTS[url.scheme], type=socket.SOCK_STREAM)[0][4][0]
        )
        address = ipaddress.ip_address(found.partition("%")[0])
        if not address.is_global and not (
            _is_literal(url.host) or (url.host == "localhost" and address.is_loopback)
        ):
            raise Refused(
                f"{url.host} stands for {found}, which is not a public address.",
                where=self.host,
                remedy="name the address itself in the endpoint and in proposer_allow",
            )
        if url.scheme == "http" and not address.is_loopback:
            raise Refused(
                "text and key would travel in the clear.", where=self.host, remedy="use an https endpoint"
            )
        return found

    def _welcome(self, response: httpx.Response) -> None:
        status = response.status_code
        if response.is_success:
            return
        if status in {401, 403}:
            raise Refused(
                "the endpoint turned the key down.",
                where=self.host,
                seen=f"http {status}",
                remedy="check proposer_key",
            )
        if 300 <= status < 400:
            raise Refused(
                "the endpoint sends us elsewhere, where we do not go.",
                where=self.host,
                seen=f"http {status}",
                remedy="name and allow the endpoint that answers",
            )
        raise self._no_answer(f"http {status}")

    def _read(self, response: httpx.Response) -> bytes:
        if response.headers.get("content-encoding", "identity").lower() != "identity":
            raise self._no_answer("an encoding that was not asked for")
        body = bytearray()
        for piece in response.iter_raw():
            body += piece
            if len(body) > MOST:
                raise self._no_answer("too large")
        return bytes(body)

    def _no_answer(self, seen: str) -> Unavailable:
        return Unavailable(
            "the proposer did not answer.",
            where=self.host,
            seen=seen,
            remedy="try again later, or go on without it",
        )


_HOW = 'set proposer_endpoint, proposer_model and proposer_allow in your own config file, or see "factcheck propose --help"'


def _holder(held: list[socket.socket]) -> Callable[[str, dict[str, Any]], None]:
    """A trace callback of httpx that remembers the sockets it makes."""

    def hold(name: str, values: dict[str, Any]) -> None:
        if name in {"connection.connect_tcp.complete", "connection.start_tls.complete"}:
            held.append(values["return_value"].get_extra_info("socket"))

    return hold


def _bracketed(url: httpx.URL) -> str:
    return f"[{url.host}]" if ":" in url.host else url.host


def _is_literal(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
