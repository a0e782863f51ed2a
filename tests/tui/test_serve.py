"""The review screen in a browser: who is let in, who is turned away, and that nothing runs on afterwards."""

import asyncio
import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import make_desk
from served import serving, tab

from factcheck.cli import main
from factcheck.cli.serving import serve_command
from factcheck.tui.serving import Names, listening

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def folder(tmp_path):
    make_desk(tmp_path / "desk").close()
    return tmp_path / "desk"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A server that only answers for its pages."""
    folder = tmp_path_factory.mktemp("served") / "desk"
    make_desk(folder).close()
    with serving(folder, "--lang", "zh") as served:
        yield served


def asked(port, path="/", **fields):
    """The answer to a request with exactly these fields: status, fields, text."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.putrequest("GET", path, skip_host=True, skip_accept_encoding=True)
    for name, value in fields.items():
        for each in value if isinstance(value, tuple) else (value,):
            connection.putheader(name.replace("_", "-"), each)
    connection.endheaders()
    answer = connection.getresponse()
    text = answer.read().decode("utf-8", "replace")
    connection.close()
    return answer.status, answer.headers, text


def refusal(capsys, *words):
    """How a command ends that does not come to serve: status and sentence."""
    with pytest.raises(SystemExit) as end:
        main(["serve", *words])
    out, err = capsys.readouterr()
    assert out == ""
    return end.value.code, err


def test_only_pages_of_this_server_are_answered(server):
    here = f"127.0.0.1:{server.port}"
    upgrade = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec_WebSocket_Version": "13", "Sec_WebSocket_Key": "AAAAAAAAAAAAAAAAAAAAAA=="}  # fmt: skip
    turned_away = {
        "another name": {"Host": f"evil.example:{server.port}"},
        "a name that only begins alike": {"Host": f"127.0.0.1.evil.example:{server.port}"},
        "another port": {"Host": "127.0.0.1:1"},
        "no port": {"Host": "127.0.0.1"},
        "two names": {"Host": (here, "evil.example")},
        "another origin": {"Host": here, "Origin": "http://evil.example"},
        "another server of this machine": {"Host": here, "Origin": "http://127.0.0.1:1"},
        "an origin that is none": {"Host": here, "Origin": "null"},
        "two origins": {"Host": here, "Origin": (f"http://{here}", "http://evil.example")},
        "https": {"Host": here, "Origin": f"https://{here}"},
    }
    for path in ("/", "/page/page.js", "/static/js/textual.js", "/nowhere"):
        seen = {why: asked(server.port, path, **fields)[0] for why, fields in turned_away.items()}
        assert seen == dict.fromkeys(turned_away, 403) | {"two names": seen["two names"]}, path
        assert seen["two names"] in {400, 403}
    for fields in (*turned_away.values(), {"Host": here}):
        assert asked(server.port, "/ws", **upgrade, **fields)[0] in {400, 403}
    for fields in (
        {"Host": here},
        {"Host": f"LOCALHOST:{server.port}", "Origin": f"http://localhost:{server.port}"},
    ):
        assert asked(server.port, **fields)[0] == 200
    assert server.running() == []


def test_the_page_loads_nothing_from_anywhere_else(server):
    for host in (f"127.0.0.1:{server.port}", f"localhost:{server.port}"):
        _, fields, page = asked(server.port, Host=host)
        assert f'data-session-websocket-url="ws://{host}/ws"' in page
        assert re.findall(r"(?:src|href)=\"(?!/|data:)", page) == []
    assert '<html lang="zh-Hans">' in page
    assert "<title>factcheck：剪映 AI 会议</title>" in page
    policy = fields["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert set(re.findall(r"\w+://\S[^ ;]*", policy)) == {
        f"ws://{name}:{server.port}" for name in ("127.0.0.1", "localhost")
    }
    assert fields["Cross-Origin-Opener-Policy"] == "same-origin"
    for path in re.findall(r'(?:src|href)="(/[^"]+)"', page):
        assert asked(server.port, path, Host=host)[0] == 200
    for path in ("/page/page.html", "/page/..%2f..%2f__init__.py", "/static/", "/download/1", "/nowhere"):
        status, fields, _ = asked(server.port, path, Host=host)
        assert status in {403, 404}, path
        assert "default-src 'none'" in fields["Content-Security-Policy"]


def test_it_listens_on_this_machine_alone(server):
    options = sorted(each.name for each in serve_command.params)
    assert options == ["at", "by", "case", "json", "lang", "no_color", "port"]
    for family, address in ((socket.AF_INET, "127.0.0.2"), (socket.AF_INET6, "::1")):
        with socket.socket(family) as other, pytest.raises(OSError):
            other.connect((address, server.port))
    assert asked(server.port, Host=f"127.0.0.1:{server.port}")[0] == 200
    with listening() as here:
        assert here.getsockname()[0] == "127.0.0.1"


def test_at_the_port_of_http_browsers_leave_the_port_out():
    assert Names(80).hosts == {"127.0.0.1", "localhost", "127.0.0.1:80", "localhost:80"}
    assert Names(8000).hosts == {"127.0.0.1:8000", "localhost:8000"}


def test_it_says_where_it_is_and_that_there_is_no_login(folder):
    with listening() as free:
        port = free.getsockname()[1]
    with serving(folder, "--lang", "en", "--port", str(port)) as served:
        assert served.port == port
        status, out, err = served.end()
    assert (status, out) == (0, "")
    assert err == (
        f"the review screen is at http://127.0.0.1:{port}\n"
        "there is no login: whoever uses this machine can open it, and nobody else; Ctrl+C ends it\n"
    )


def test_with_json_the_address_is_data(folder):
    with serving(folder, "--json") as served:
        _, out, _ = served.end()
        assert json.loads(out) == {"address": served.address}


def test_a_port_that_is_taken_is_said_in_a_sentence(folder, capsys):
    with listening() as taken:
        port = taken.getsockname()[1]
        status, said = refusal(capsys, "--case", str(folder), "--port", str(port))
    assert status == 5
    assert said == (
        f"factcheck: 127.0.0.1:{port}: this port cannot be listened on. Seen: Address already in use. "
        "Do: name another with --port, or leave it away: a free one is taken\n"
    )


def test_a_case_that_is_not_there_and_wrong_words_are_refused(folder, tmp_path, capsys):
    assert refusal(capsys, "--case", str(tmp_path / "nowhere"))[0] == 4
    for words in (
        ["--port", "0"],
        ["--port", "65536"],
        ["--port", "x"],
        ["--host", "0.0.0.0"],
        ["--at", "1"],
    ):
        status, said = refusal(capsys, "--case", str(folder), *words)
        assert (status, said.count("\n")) == (2, 1), said


def test_without_the_extra_one_sentence_says_how_to_get_it(folder):
    code = "import sys; sys.modules['textual_serve'] = None; from factcheck.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code, "serve", "--case", str(folder)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "factcheck: the browser needs textual-serve, which is not installed. Do: pip install 'factcheck-desk[serve]'\n"
    )


def test_a_verdict_given_in_a_tab_stands_in_the_ledger(folder, tmp_path):
    trap = tmp_path / "factcheck"  # a folder that is called like the program is not taken for it
    trap.mkdir()
    (trap / "__init__.py").write_text("raise SystemExit('trapped')", "utf-8")

    async def story(served):
        async with tab(served) as page:
            await page.wait("▸  C5", "VideoPoet 的负责人蒋璐转投")
            await page.press("j")
            await page.wait("▸  C2")
            await page.press(":", "7", "Enter")
            await page.wait("▸  C7")
            await page.press("9")
            await page.wait("C7 已判定")

    with serving(folder, "--by", "reviewer-1", "--lang", "zh", cwd=tmp_path) as served:
        asyncio.run(story(served))
        assert served.left() == []
    last = json.loads((folder / "claims" / "ledger.jsonl").read_text("utf-8").splitlines()[-1])
    assert (last["kind"], last["subject"], last["by"]) == ("verdict.recorded", "C7", "reviewer-1")


def test_messages_that_no_page_sends_are_passed_over(folder):
    odd = [
        "not json",
        "{}",
        "[]",
        "[" * 100_000,
        '["stdin"]',
        '["stdin",5]',
        '["resize",null]',
        '["resize",{}]',
    ]
    odd += ['["resize",{"width":1e400,"height":1}]', '["resize",{"width":-5,"height":99999999}]']

    async def story():
        async with tab(served) as desk:
            await desk.wait("▸  C5")
            for each in odd:
                await desk.socket.send_str(each)
            await desk.socket.send_json(["resize", {"width": 120, "height": 40}])
            await desk.press("c")
            await desk.wait("Comment on C5")
            await desk.socket.send_str('["stdin","half a pair: \\ud800"]')
            await desk.wait("half a pair: ?")
            await desk.press("Enter")
            await desk.wait("C5: comment added")

    with serving(folder, "--by", "reviewer-1", "--lang", "en") as served:
        asyncio.run(story())
        _, _, said = served.end()
    assert "Traceback" not in said


def test_whoever_has_no_name_is_asked_for_it_in_every_tab(folder):
    async def story(served):
        async with tab(served) as one, tab(served, 80, 24) as other:
            await one.wait("您是谁")
            await other.wait("您是谁")
            assert len(served.running()) == 2

    with serving(folder, "--lang", "zh") as served:
        asyncio.run(story(served))


@pytest.mark.parametrize(("how", "status"), [("SIGINT", 0), ("SIGTERM", 0), ("SIGKILL", -9)])
def test_when_the_server_ends_so_does_every_reviewer(folder, how, status):
    async def story(served):
        async with tab(served) as page:
            await page.wait("C5")
            assert len(served.running()) == 1
            ended = asyncio.create_task(asyncio.to_thread(served.end, getattr(signal, how)))
            await page.rest()
            assert (await ended)[0] == status

    with serving(folder, "--by", "reviewer-1") as served:
        asyncio.run(story(served))
        assert served.left() == []


def test_a_reviewer_that_does_not_answer_is_ended_too(folder):
    async def story(served):
        async with tab(served) as page:
            await page.wait("C5")
            os.kill(served.running()[0], signal.SIGSTOP)
            status, _, _ = await asyncio.to_thread(served.end)
            assert (status, served.running()) == (0, [])

    with serving(folder, "--by", "reviewer-1") as served:
        asyncio.run(story(served))


def test_a_tab_says_why_its_reviewer_could_not_start(folder):
    async def story(served):
        async with tab(served) as page:
            return await page.rest()

    with serving(folder, "--by", "reviewer-1") as served:
        (folder / "claims" / "ledger.jsonl").rename(folder / "ledger.jsonl")
        assert "this folder is not a case" in asyncio.run(story(served))
        _, out, err = served.end()
        assert (out, "this folder is not a case" in err) == ("", True)


@pytest.mark.parametrize("driver", [None, "textual.drivers.web_driver:WebDriver"])
def test_a_pipe_is_still_no_terminal(folder, driver):
    world = dict(os.environ) | ({"TEXTUAL_DRIVER": driver} if driver else {})
    done = subprocess.run(
        [sys.executable, "-m", "factcheck", "--case", str(folder), "review"],
        input="", capture_output=True, text=True, check=False, env=world, cwd=ROOT, timeout=60,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (1, "")
    assert "the reviewer needs a terminal" in done.stderr


def test_a_link_is_opened_by_the_browser_that_shows_the_desk_and_only_when_that_is_wanted(folder):
    from factcheck.case import Case

    case = Case.open(folder, by="reviewer-1")
    case.attach("C5", "https://example.org/news/费用", stance="context")
    case.close()

    async def story(served):
        async with tab(served) as page:
            await page.wait("example.org")
            await page.press("o")
            await page.wait("打开 example.org 的网页？", "https://example.org/news/费用")
            assert page.told == []
            await page.press("Enter")
            await page.wait("已打开")
            return page.told

    with serving(folder, "--by", "reviewer-1", "--lang", "zh", DISPLAY=":99") as served:
        told = asyncio.run(story(served))
    assert told == [["open_url", {"url": "https://example.org/news/费用", "new_tab": True}]]
