"""The review screen in a browser of this machine: one page, one socket, and no other page that gets in."""

import asyncio
import errno
import json
import os
import socket
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib import resources

import jinja2
from aiohttp import WSMessage, WSMsgType, web
from aiohttp.typedefs import Handler
from textual_serve.app_service import AppService
from textual_serve.server import Server

from factcheck.errors import Refused, Unavailable
from factcheck.export.words import tag
from factcheck.labels import label
from factcheck.tui.session import Session
from factcheck.visible import visible

HERE = "127.0.0.1"
"""The only address that is listened on: there is no login."""
GREATEST = 500
"""Columns and rows of the largest window that is drawn."""
GUARDS: Mapping[str, str] = {
    # Nothing is loaded from anywhere else. xterm.js writes its style sheet itself, hence 'unsafe-inline' for styles.
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; img-src data:;"
        " connect-src 'self' {sockets}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",  # a page that was opened from here cannot reach back
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
_FILES = {"page.css": "text/css", "page.js": "text/javascript"}


def listening(port: int = 0) -> socket.socket:
    """A socket on the loopback address, at this port or a free one. Unavailable when the port is taken."""
    here = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if os.name == "posix":  # elsewhere the option would let two programs have the same port
        here.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        here.bind((HERE, port))
        here.listen()
    except OSError as error:
        here.close()
        kind = Unavailable if error.errno == errno.EADDRINUSE else Refused
        raise kind(
            "this port cannot be listened on.",
            where=f"{HERE}:{port}",
            seen=error.strerror or str(error),
            remedy="name another with --port, or leave it away: a free one is taken",
        ) from error
    return here


@dataclass(frozen=True, slots=True)
class Names:
    """How browsers of this machine name a server at this port; a page of any other origin names itself otherwise."""

    port: int

    @property
    def hosts(self) -> frozenset[str]:
        """What may stand in the field Host (RFC 9110, section 7.2); the port is left out where it is that of http."""
        names = {HERE, "localhost"}
        return frozenset({f"{name}:{self.port}" for name in names} | (names if self.port == 80 else set()))

    @property
    def origins(self) -> frozenset[str]:
        """What may stand in the field Origin (RFC 6454, section 7)."""
        return frozenset(f"http://{host}" for host in self.hosts)

    def welcome(self, request: web.Request) -> bool:
        """True for a request that a page of this server makes; a socket is always asked for with an origin."""
        hosts = [each.lower() for each in request.headers.getall("Host", [])]
        origins = request.headers.getall("Origin", [])
        if len(hosts) != 1 or hosts[0] not in self.hosts or len(origins) > 1:
            return False
        return origins[0] in self.origins if origins else "Upgrade" not in request.headers


class Serving(Server):
    """Serves the reviewer: `words` is the program that is started for every tab.

    `announce` is given the address once it is served, `tell` what a reviewer has to say beside its screen.
    """

    def __init__(
        self,
        words: Sequence[str],
        here: socket.socket,
        *,
        name: str,
        lang: str,
        announce: Callable[[str], None],
        tell: Callable[[str], None],
    ) -> None:
        port = here.getsockname()[1]
        super().__init__("factcheck review", host=HERE, port=port)
        self.words, self.here, self.name, self.lang = words, here, name, lang
        self.announce, self.tell = announce, tell
        self.names = Names(port)
        self.sessions: set[Session] = set()

    def serve(self, debug: bool = False) -> None:  # noqa: ARG002 (textual-serve's signature)
        """Serve until the program is interrupted or told to end; then every reviewer has ended too."""
        web.run_app(self._make_app(), sock=self.here, print=None, access_log=None, shutdown_timeout=1)

    async def _make_app(self) -> web.Application:
        app = web.Application(middlewares=[self._let_in])
        app.on_response_prepare.append(self._guarded)
        app.on_startup.append(self.on_startup)
        app.on_shutdown.append(self.on_shutdown)
        app.add_routes(
            [
                web.get("/", self.handle_index),
                web.get("/ws", self.handle_websocket),
                web.get("/page/{name}", self._file),
                web.static("/static", self.statics_path),
            ]
        )
        return app

    @web.middleware
    async def _let_in(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Names that lead here by somebody else's doing, and pages of others, are turned away before anything is done."""
        if not self.names.welcome(request):
            raise web.HTTPForbidden(text=f"Only pages of {self.public_url} are answered.\n")
        return await handler(request)

    async def _guarded(self, _request: web.Request, response: web.StreamResponse) -> None:
        sockets = " ".join(sorted(f"ws://{host}" for host in self.names.hosts))
        for name, value in GUARDS.items():
            response.headers[name] = value.format(sockets=sockets)

    async def handle_index(self, request: web.Request) -> web.Response:
        """The page; its socket has the name by which the page itself was asked for."""
        words = {key: label(f"serve.{key}", self.lang) for key in ("ended", "again", "scripts")}
        title = visible(label("serve.title", self.lang, name=self.name))
        template = jinja2.Environment(autoescape=True).from_string(_text("page.html"))
        page = template.render(words, title=title, tag=tag(self.lang), socket=f"ws://{request.host}/ws")
        return web.Response(text=page, content_type="text/html")

    async def _file(self, request: web.Request) -> web.Response:
        name = request.match_info["name"]
        if name not in _FILES:
            raise web.HTTPNotFound
        return web.Response(text=_text(name), content_type=_FILES[name])

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """A tab: a reviewer of its own runs until the tab is closed or the person leaves."""
        tab = web.WebSocketResponse(heartbeat=15, timeout=2)
        await tab.prepare(request)
        session = Session(self.words, tab, self.tell)
        self.sessions.add(session)
        try:
            await session.start(_cells(request, "width", 80), _cells(request, "height", 24))
            await self._process_messages(tab, session)
        finally:
            await session.stop()
            self.sessions.discard(session)
        return tab

    async def _process_messages(self, websocket: web.WebSocketResponse, app_service: AppService) -> None:
        """Keys and sizes from the page; what is neither is passed over."""
        async for message in websocket:
            match _heard(message):
                case ["stdin", str(text)]:
                    await app_service.send_bytes(text.encode("utf-8", "replace"))
                case ["resize", {"width": int(width), "height": int(height)}]:
                    await app_service.set_terminal_size(_within(width), _within(height))
                case ["ping", str(words)]:
                    await websocket.send_json(["pong", words])
                case ["blur", *_]:
                    await app_service.blur()
                case ["focus", *_]:
                    await app_service.focus()

    async def on_startup(self, app: web.Application) -> None:  # noqa: ARG002 (aiohttp's signature)
        """Say the address, now that a signal ends the server in good order."""
        self.announce(self.public_url)

    async def on_shutdown(self, app: web.Application) -> None:  # noqa: ARG002 (aiohttp's signature)
        """End all reviewers."""
        await asyncio.gather(*(session.stop() for session in self.sessions))


def _text(name: str) -> str:
    return resources.files("factcheck").joinpath("data/web", name).read_text("utf-8")


def _heard(message: WSMessage) -> object:
    with suppress(ValueError, RecursionError):
        return json.loads(message.data) if message.type is WSMsgType.TEXT else None
    return None


def _within(cells: int) -> int:
    return max(1, min(cells, GREATEST))


def _cells(request: web.Request, name: str, otherwise: int) -> int:
    given = request.query.get(name, "")
    return _within(int(given)) if given.isascii() and given.isdigit() and len(given) < 9 else otherwise
