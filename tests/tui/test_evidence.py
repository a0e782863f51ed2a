"""Evidence by keys: a link in a paste and three keys, a page only when it is asked for, a file as it lies there."""

import asyncio
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from looking import LINK, looking, told, watch


def test_with_evidence_there_a_verdict_takes_a_digit_and_enter(desk):
    desk.attach("C5", LINK, quote="1.8e11 parameters", stance="refutes")
    watch(desk, "5", "enter")
    assert told(desk, 1) == [("verdict.recorded", "C5", "reviewer-1")]
    assert desk.claim("C5").verdict.because == "1.8e11 parameters (example.org)"


def test_a_new_link_takes_a_paste_and_three_keys(desk):
    screen = watch(desk, ("paste", LINK), "enter", "1", "enter")
    assert told(desk, 2) == [
        ("evidence.attached", "C5", "reviewer-1"),
        ("verdict.recorded", "C5", "reviewer-1"),
    ]
    evidence = desk.claim("C5").evidence[0]
    assert (evidence.url, evidence.stance, evidence.captured) == (LINK, "supports", False)
    assert "▸  C2" in screen


def test_the_golden_path_needs_only_digits_arrows_tab_enter_and_escape(desk):
    watch(desk, ("paste", LINK), "tab", "tab", "2", "enter", "5", "enter")
    assert desk.claim("C5").evidence[0].stance == "refutes"
    assert desk.claim("C5").verdict.rating == "refuted"


def test_enter_alone_leads_from_claim_to_evidence_to_verdict(desk):
    watch(desk, "enter", ("paste", LINK), "enter", "enter", "3", "enter")
    assert desk.claim("C5").verdict.rating == "misleading"


def test_evidence_is_chosen_in_its_pane_and_withdrawn(desk):
    desk.attach("C5", LINK, stance="refutes")
    desk.attach("C5", "https://example.com/two", stance="context")
    watch(desk, "tab", "tab", "E", "enter")
    assert [each.id for each in desk.claim("C5").live_evidence] == ["E2"]


def test_a_page_is_fetched_only_when_that_is_chosen_and_offers_its_nearest_sentence(desk, page):
    async def story():
        async with looking(desk, environ={"FACTCHECK_ALLOW_ADDRESSES": page.removeprefix("http://")}) as eyes:
            await eyes.paste(f"{page}/cost")
            await eyes.press("up", "2", "enter")
            for _ in range(200):
                await eyes.pilot.pause(0.05)
                if "K1" in eyes.text():
                    break
            seen = eyes.text()
            await eyes.press("enter")
            return seen

    assert "60 次推理的成本不到 GPT-4 推理成本的一倍" in asyncio.run(story())
    assert told(desk, 2) == [("capture.made", "K1", "reviewer-1"), ("evidence.attached", "C5", "reviewer-1")]
    assert desk.claim("C5").evidence[0].captured


@pytest.fixture
def page():
    """A page on this machine."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            body = "<p>今天天气很好。</p><p>60 次推理的成本不到 GPT-4 推理成本的一倍。</p>".encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *words):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_a_file_is_filed_and_attached(desk, tmp_path):
    (tmp_path / "note.txt").write_text("60 × 3e9 = 1.8e11", "utf-8")
    watch(desk, "e", ("write", str(tmp_path / "note.txt")), "enter")
    assert told(desk, 2) == [("capture.made", "K1", "reviewer-1"), ("evidence.attached", "C5", "reviewer-1")]


def test_a_failed_attachment_keeps_every_field(desk):
    screen = watch(desk, "e", ("write", "/no/such/file"), "tab", ("write", "a quotation"), "enter", lang="en")
    assert "there is no such file." in screen
    assert "/no/such/file" in screen
    assert "a quotation" in screen
