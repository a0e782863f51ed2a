"""Evidence by keys: a link in a paste and three keys, a page only when it is asked for, a file as it lies there."""

import asyncio
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from looking import BARE, LINK, looking, named, told, watch


def test_with_evidence_there_a_verdict_takes_a_digit_and_enter(desk):
    desk.attach("C5", LINK, quote="1.8e11 parameters", stance="refutes")
    watch(desk, "5", "enter")
    assert told(desk, 1) == [("verdict.recorded", "C5", "reviewer-1")]
    assert desk.claim("C5").verdict.because == "1.8e11 parameters (example.org)"


def test_a_link_that_nobody_fetches_stays_a_bare_link(desk):
    screen = watch(desk, ("paste", LINK), *BARE, "1", "enter")
    assert told(desk, 2) == [
        ("evidence.attached", "C5", "reviewer-1"),
        ("verdict.recorded", "C5", "reviewer-1"),
    ]
    evidence = desk.claim("C5").evidence[0]
    assert (evidence.url, evidence.stance, evidence.captured) == (LINK, "supports", False)
    assert "▸  C2" in screen


def test_the_golden_path_needs_only_digits_arrows_tab_enter_and_escape(desk):
    watch(desk, ("paste", LINK), "tab", "tab", "2", "up", "up", "up", "up", "2", "enter", "3", "enter")
    assert desk.claim("C5").evidence[0].stance == "refutes"
    assert desk.claim("C5").verdict.rating == "misleading"


def test_enter_alone_leads_from_claim_to_evidence_to_verdict(desk):
    watch(desk, "enter", ("paste", LINK), "enter", "enter", "3", "enter")
    assert desk.claim("C5").verdict.rating == "misleading"


def test_evidence_is_chosen_in_its_pane_and_withdrawn(desk):
    desk.attach("C5", LINK, stance="refutes")
    desk.attach("C5", "https://example.com/two", stance="context")
    watch(desk, "tab", "tab", "E", "enter")
    assert [each.id for each in desk.claim("C5").live_evidence] == ["E2"]


def seen_of(desk, link, *keys, until="K1", **how):
    """Paste a link, fetch its page, press keys; the screen after the page came, and at the end."""

    async def story():
        allowed = link.removeprefix("http://").partition("/")[0]
        async with looking(desk, environ={"FACTCHECK_ALLOW_ADDRESSES": allowed}, **how) as eyes:
            await eyes.paste(link)
            eyes.app.post_message(named("enter"))
            for _ in range(400):
                await eyes.pilot.pause(0.05)
                if until in eyes.text():
                    break
            seen = eyes.text()
            await eyes.press(*keys)
            return seen, eyes.text()

    return asyncio.run(story())


def test_paste_enter_enter_digit_enter_is_a_verdict_on_a_quoted_page(desk, page):
    seen, _ = seen_of(desk, f"{page}/cost", "enter", "5", "enter")
    assert "▸1 60 次推理的成本不到 GPT-4 推理成本的一倍。" in seen
    assert [each[0] for each in told(desk, 3)] == ["capture.made", "evidence.attached", "verdict.recorded"]
    found = desk.claim("C5").evidence[0]
    assert (found.capture, found.quote) == ("K1", "60 次推理的成本不到 GPT-4 推理成本的一倍。")
    assert desk.look("K1").fetched.warc.path.endswith(".warc.gz")


def test_another_sentence_is_a_digit_away_and_own_words_go_before_both(desk, page):
    seen_of(desk, f"{page}/cost", "2", "tab", "3", "enter")
    assert (desk.claim("C5").evidence[0].quote, desk.claim("C5").evidence[0].stance) == (
        "一次推理要 14 倍算力。",
        "context",
    )
    seen_of(desk, f"{page}/cost?again", "tab", "今", "天", "enter", until="K2")
    assert desk.claim("C5").evidence[1].quote == "今天"


def test_a_page_that_cannot_be_had_is_kept_as_a_failure_and_its_link_stays_bare(desk, page):
    screen, _ = seen_of(desk, f"{page}/silence", "enter")
    assert "K1" in screen
    assert desk.look("K1").outcome == "broken off"
    assert not desk.claim("C5").evidence[0].captured


def test_a_page_of_scripts_says_so_and_marks_what_is_typed(desk, page):
    screen, _ = seen_of(desk, f"{page}/scripts", "一", "倍", "enter", lang="en")
    assert "next to no text" in screen
    assert (desk.claim("C5").evidence[0].quote, desk.claim("C5").evidence[0].manual) == ("一倍", True)


def test_escape_gives_a_page_up_and_records_nothing(desk, page):
    size = desk.head.size
    seen_of(desk, f"{page}/drip", "escape", until="……")
    desk.refresh()
    assert desk.head.size == size


@pytest.fixture
def page():
    """A page on this machine."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            if self.path == "/silence":
                self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n")
                return
            if self.path == "/drip":
                self.drip()
                return
            page = "<p>今天天气很好。</p><p>60 次推理的成本不到 GPT-4 推理成本的一倍。</p><p>一次推理要 14 倍算力。</p>"
            body = ("<script src=a.js></script>" if self.path == "/scripts" else page).encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def drip(self):
            self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n")
            try:
                for _ in range(3000):
                    self.wfile.write(b"x")
                    time.sleep(0.02)
            except OSError:
                """They hung up."""

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
