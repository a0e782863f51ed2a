import socket
import threading

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factcheck.errors import FactcheckError, Refused, Usage
from factcheck.evidence.fetch import fetch
from factcheck.evidence.page import page_text


def ask(web, path, **options):
    return fetch(f"http://{web.pair}{path}", allow=[web.pair], **options)


def never(host, port):
    raise AssertionError(f"{host}:{port} was looked up")


def test_a_page_comes_back_byte_for_byte_with_what_the_server_says_it_is(web):
    page = ask(web, "/page")

    assert (page.outcome, page.status, page.media_type) == ("ok", 200, "text/html; charset=gb2312")
    assert page_text(page.data, page.media_type) == "蒋璐转投 TikTok"
    assert page.url == page.final_url == f"http://{web.pair}/page"


def test_a_page_that_names_no_type_is_known_by_its_first_bytes(web):
    assert ask(web, "/nameless").media_type == "application/pdf"


def test_the_exception_that_was_used_is_told(web):
    assert ask(web, "/page").exceptions == (web.pair,)


def test_an_address_on_the_loopback_is_refused_with_the_way_to_allow_it(web):
    with pytest.raises(Refused) as refused:
        fetch(f"http://{web.pair}/page")

    assert "127.0.0.1" in str(refused.value)
    assert refused.value.remedy.endswith(f"--allow-address {web.pair}")
    assert web.seen == []


def test_another_port_than_the_allowed_one_is_refused(web):
    with pytest.raises(Refused):
        fetch(f"http://{web.pair}/page", allow=["127.0.0.1:1", "127.0.0.1"])

    assert web.seen == []


def test_a_missing_page_is_an_outcome_and_keeps_what_the_server_said(web):
    page = ask(web, "/gone")

    assert (page.outcome, page.status, page.data) == ("http 404", 404, b"<h1>gone</h1>")


def test_redirects_are_walked_and_told_in_order(web):
    page = ask(web, "/on")

    assert page.redirects == (f"http://{web.pair}/on-again", f"http://{web.pair}/page")
    assert (page.final_url, page.outcome) == (page.redirects[-1], "ok")


def test_a_redirect_without_an_aim_is_the_answer(web):
    assert ask(web, "/nowhere").outcome == "http 302"


def test_a_circle_of_redirects_ends_after_ten(web):
    page = ask(web, "/round")

    assert (page.outcome, page.status, len(page.redirects), len(web.seen)) == (
        "too many redirects",
        302,
        10,
        11,
    )


@pytest.mark.parametrize(
    ("path", "outcome"),
    [
        ("/inside", "redirect to a non-public address 127.0.0.1"),
        ("/metadata", "redirect to a non-public address 169.254.169.254"),
        ("/file", "redirect to file:, which is no web address"),
        ("/gopher", "redirect to gopher:, which is no web address"),
        ("/shell", "redirect to port 22, where no pages are"),
        ("/mail", "redirect to port 25, where no pages are"),
        ("/number", "redirect to an address in numbers that programs read differently"),
        ("/secret", "redirect to an address with a name or a password in it"),
        ("/garbled", "redirect to no web address"),
    ],
)
def test_a_redirect_to_what_is_not_asked_is_an_outcome_and_not_followed(web, path, outcome):
    page = ask(web, path)

    assert (page.outcome, page.status, page.redirects, page.data) == (outcome, 302, (), b"")
    assert (page.final_url, [hop.status for hop in page.hops]) == (f"http://{web.pair}{path}", [302])
    assert [attempt.outcome for attempt in page.attempts] == ["http 302"]


@pytest.mark.parametrize("port", [1, 22, 25, 110, 443 + 1, 2049, 6000, 6667, 10080])
def test_a_port_where_no_pages_are_is_refused_before_anything_is_looked_up(port):
    with pytest.raises(Refused) as refused:
        fetch(f"http://example.org:{port}/", resolve=never)

    assert refused.value.what.startswith(f"port {port} is not one where pages are")


@pytest.mark.parametrize("port", [80, 443, 8080, 8443, 1024, 3000, 65535])
def test_a_port_where_pages_may_be_is_asked(port):
    assert fetch(f"http://example.org:{port}/", resolve=lambda *_: ()).outcome == "no such host"


def test_a_redirect_with_a_password_is_not_followed_and_the_password_not_kept(web):
    assert "hunter2" not in repr(ask(web, "/secret"))


def test_a_zipped_page_is_unpacked(web):
    assert ask(web, "/zipped").data.decode() == "蒋璐转投 TikTok"


def test_a_bomb_is_stopped_at_the_limit(web):
    page = ask(web, "/bomb", limit=1_000_000)

    assert (page.outcome, page.data, page.status) == ("too large", bytes(1_000_000), 200)
    assert (page.truncated, page.decoded) == ("length", 1_000_000)


def test_a_page_of_exactly_the_limit_is_kept(web):
    assert ask(web, "/long", limit=5000).outcome == "ok"
    assert ask(web, "/long", limit=4999).outcome == "too large"


def test_of_half_a_zipped_page_is_kept_what_came(web):
    page = ask(web, "/half")

    assert (page.outcome, page.truncated) == ("broken off", "disconnect")
    assert page.data.startswith(b"half of it")


def test_an_encoding_that_was_not_asked_for_is_an_outcome(web):
    page = ask(web, "/brotli")

    assert (page.outcome, page.data) == ("an encoding that was not asked for (br)", b"")
    assert page.exchanges[0].body == b"\x0b\x02\x80abc\x03"
    assert web.seen[0][1]["Accept-Encoding"] == "gzip"


@pytest.mark.parametrize(("path", "truncated"), [("/drip", "time"), ("/headers", "")])
def test_a_server_that_drips_is_hung_up_on_at_the_deadline(web, path, truncated):
    page = ask(web, path, deadline=0.5)

    assert (page.outcome, page.truncated, page.data.strip(b"x")) == ("timeout", truncated, b"")
    assert web.hung_up.wait(10)


def test_a_name_server_that_is_silent_does_not_outlast_the_deadline(web):
    def silent(host, port):
        web.over.wait(10)
        return []

    assert fetch("http://slow.example/", resolve=silent, deadline=0.1).outcome == "timeout"


def test_a_closed_port_is_an_outcome():
    with socket.socket() as unheard:
        unheard.bind(("127.0.0.1", 0))
        pair = f"127.0.0.1:{unheard.getsockname()[1]}"

        assert fetch(f"http://{pair}/", allow=[pair]).outcome == "connection refused"


def test_a_name_nobody_knows_is_an_outcome():
    def unknown(host, port):
        raise socket.gaierror(socket.EAI_NONAME, "unknown")

    assert fetch("https://no.example/", resolve=unknown).outcome == "no such host"
    assert fetch("https://no.example/", resolve=lambda host, port: ()).outcome == "no such host"


def test_a_server_that_speaks_no_tls_is_an_outcome(web):
    page = fetch(f"https://{web.pair}/page", allow=[web.pair])

    assert (page.outcome, page.status) == ("tls failed", 0)


def test_the_connection_goes_to_the_address_that_was_checked_and_the_name_into_the_header(web):
    asked = []

    def once(host, port):
        asked.append((host, port))
        return ["127.0.0.1"]

    pair = f"desk.example:{web.server_port}"
    page = fetch(f"http://{pair}/page", allow=[pair], resolve=once)

    assert page.outcome == "ok"
    assert set(asked) == {("desk.example", web.server_port)}
    assert web.seen[0][1]["Host"] == pair


def test_a_second_address_is_tried_when_the_first_does_not_answer(web):
    pair = f"desk.example:{web.server_port}"

    assert (
        fetch(f"http://{pair}/page", allow=[pair], resolve=lambda *_: ["127.0.0.2", "127.0.0.1"]).outcome
        == "ok"
    )


def test_one_private_address_among_public_ones_is_enough_to_refuse():
    with pytest.raises(Refused) as refused:
        fetch("http://mixed.example/", resolve=lambda host, port: ["93.184.215.14", "10.0.0.1"])

    assert refused.value.what.startswith("10.0.0.1")


def test_a_name_that_leads_to_an_allowed_address_is_not_itself_allowed(web):
    with pytest.raises(Refused):
        fetch(
            f"http://rebound.example:{web.server_port}/", allow=[web.pair], resolve=lambda *_: ["127.0.0.1"]
        )


SPELLINGS = [
    "2130706433",
    "017700000001",
    "0x7f000001",
    "0x7f.1",
    "127.1",
    "0177.0.0.1",
    "127.0.0.01",
    "１２７.0.0.1",
    "127。1",
]


@pytest.mark.parametrize("host", [*SPELLINGS, "134744072", "256.1.1.1"])
def test_an_address_in_an_odd_spelling_is_refused_and_never_looked_up(host):
    with pytest.raises(Refused):
        fetch(f"http://{host}/", allow=["127.0.0.1:80"], resolve=never)


@pytest.mark.parametrize(
    "host",
    ["[::1]", "[::]", "[fe80::1%25lo]", "[::ffff:127.0.0.1]", "[64:ff9b::a00:1]", "127.0.0.1", "127.0.0.1."],
)
def test_a_written_private_address_is_refused_and_never_looked_up(host):
    with pytest.raises(Refused):
        fetch(f"http://{host}:80/", resolve=never)


@pytest.mark.parametrize(
    "url",
    ["", "hello", "example.org/page", "ftp://example.org/", "file:///etc/passwd", "http://", "http:///x", "http://a b/",
     "http://[::1/", "http://exa\nmple.org/", "javascript:alert(1)", "http://x:99999/", "http://x:0/", "蒋璐"],
)  # fmt: skip
def test_what_is_no_web_address_is_wrong_usage(url):
    with pytest.raises(Usage):
        fetch(url, resolve=never)


def test_an_address_with_a_password_is_not_asked_and_the_password_not_repeated():
    with pytest.raises(Usage) as wrong:
        fetch("http://somebody:hunter2@example.org/", resolve=never)

    assert "hunter2" not in str(wrong.value)


def test_the_environment_names_no_proxy(web, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")

    assert ask(web, "/page").outcome == "ok"


JUNK = st.text(st.sampled_from("htp:/[]@%.#?\\0x17f 中。１\n\t\0\udc80aZ-_~'\"<>{}|\u200b"), max_size=14)


@settings(deadline=None)
@given(st.sampled_from(["http://", "https://", "HTTP:\\\\", "//", ""]), JUNK)
def test_no_address_makes_it_stumble(start, junk):
    try:
        page = fetch(start + junk, resolve=lambda host, port: ())
    except FactcheckError as error:
        outcome = error.remedy and "told"
    else:
        outcome = page.outcome

    assert outcome in {"told", "no such host"}


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"\0" * 100,
        b"SSH-2.0-OpenSSH\r\n",
        b"HTTP/1.1 100 Continue\r\n\r\n" * 1000,
        b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999999\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabc",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"HTTP/1.1 200 OK\r\nX-Long: " + b"a" * 300_000 + b"\r\n\r\n",
    ],
)
def test_an_answer_that_is_no_http_is_an_outcome_without_data(answer):
    with socket.create_server(("127.0.0.1", 0)) as server:
        pair = f"127.0.0.1:{server.getsockname()[1]}"
        thread = threading.Thread(target=answer_once, args=(server, answer))
        thread.start()
        page = fetch(f"http://{pair}/", allow=[pair])
        thread.join()

    assert (page.outcome, page.data) == ("broken off", b"")


@pytest.mark.parametrize(
    ("answer", "kept"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc", b"abc"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n9\r\nde", b"abcde"),
    ],
)
def test_an_answer_that_is_cut_off_is_kept_as_far_as_it_came(answer, kept):
    with socket.create_server(("127.0.0.1", 0)) as server:
        pair = f"127.0.0.1:{server.getsockname()[1]}"
        thread = threading.Thread(target=answer_once, args=(server, answer))
        thread.start()
        page = fetch(f"http://{pair}/", allow=[pair])
        thread.join()

    assert (page.outcome, page.truncated, page.data) == ("broken off", "disconnect", kept)


def answer_once(server, answer):
    connection, _ = server.accept()
    with connection:
        connection.recv(10_000)
        try:
            connection.sendall(answer)
        except OSError:
            return


def test_what_a_server_says_about_the_type_cannot_act_on_a_terminal():
    answer = (
        b"HTTP/1.1 200 OK\r\nContent-Type: text/\x1b]0;x\x07html\xe2\x80\xae\r\nContent-Length: 1\r\n\r\nx"
    )
    with socket.create_server(("127.0.0.1", 0)) as server:
        pair = f"127.0.0.1:{server.getsockname()[1]}"
        thread = threading.Thread(target=answer_once, args=(server, answer))
        thread.start()
        page = fetch(f"http://{pair}/", allow=[pair], robots=False)
        thread.join()

    assert page.media_type.isprintable()
