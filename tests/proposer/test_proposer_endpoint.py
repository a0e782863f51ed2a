"""Whom a proposer asks: the endpoint that its person has allowed, and nobody else; whatever that one answers."""

import gzip
import itertools
import json
import socket
import subprocess
import sys

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pointing_stub import completion, item

from factcheck.case import Case
from factcheck.cli import COMMANDS, commands
from factcheck.cli.frame import Frame
from factcheck.errors import FactcheckError, Refused, Unavailable, Usage
from factcheck.model import ClaimType
from factcheck.state import squeezed
from factcheck.text.proposer.asking import Endpoint
from factcheck.text.proposer.pointing import checked
from factcheck.text.proposer.questions import questions, shown

KEY = "sk-very-secret-0123456789"


def files(case):
    return {each.name: each.read_bytes() for each in (case.folder / "claims").iterdir() if each.is_file()}


FAILURES = {
    "redirect": ("", {"status": 302, "location": "http://127.0.0.1:1/elsewhere"}, Refused),
    "kept redirect": ("", {"status": 308, "location": "/v1/chat/completions"}, Refused),
    "no key": (KEY, {"status": 401}, Refused),
    "forbidden": ("no", {"status": 403}, Refused),
    "too many": ("slow down", {"status": 429}, Unavailable),
    "broken": ("oops", {"status": 500}, Unavailable),
    "ten megabytes": (b" " * 10_000_000, {}, Unavailable),
    "gzip": (gzip.compress(b"{}"), {"content_encoding": "gzip"}, Unavailable),
    "an echo of the key": (completion([]) + KEY, {}, Refused),
}


@pytest.mark.parametrize(("body", "how", "error"), FAILURES.values(), ids=FAILURES)
def test_no_answer_is_a_sentence_and_leaves_nothing_behind(model, talk, body, how, error):
    before = files(talk)
    model.says(body, **how)
    with pytest.raises(error) as raised:
        talk.propose("S1", model.endpoint(key=KEY))
    assert KEY not in str(raised.value)
    assert (files(talk), len(model.asked)) == (before, 1)


JUNK = {
    "nothing": "",
    "html": "<html><body>Bad gateway</body></html>",
    "not UTF-8": b"\xff\xfe\x00",
    "no object": "[1, 2]",
    "no content": '{"choices": []}',
    "content that is no text": '{"choices": [{"message": {"content": 7}}]}',
    "content that is no JSON": '{"choices": [{"message": {"content": "Sure! Here you go"}}]}',
    "nesting": "[" * 200_000,
    "nesting inside": json.dumps({"choices": [{"message": {"content": '{"claims":' + "[" * 200_000}}]}),
    "NaN": '{"choices": [{"message": {"content": "{\\"claims\\": [NaN]}"}}]}',
    "a key twice": '{"choices": [{"message": {"content": "{\\"claims\\": [], \\"claims\\": []}"}}]}',
    "a long number": '{"choices": [{"message": {"content": "' + "9" * 10_000 + '"}}]}',
    "a lone surrogate": '{"choices": [{"message": {"content": "\\ud800"}}]}',
}


@pytest.mark.parametrize("body", JUNK.values(), ids=JUNK)
def test_junk_is_kept_counted_and_suggests_nothing(model, talk, body):
    before = len(talk.claims("S1"))
    model.says(body)
    talk.propose("S1", model.endpoint())
    told = talk.recorded[0].body
    assert (told.unreadable, told.offered, told.count, len(talk.claims("S1"))) == (1, 0, 0, before)


ODD = [
    None,
    1,
    [],
    {},
    "x",
    item(1, "\ud800"),
    item(1, "x" * 10_000),
    item(10**30, "x"),
    item(1, ["x"]),
    [[[[[]]]]],
]


def test_odd_items_are_turned_down_one_by_one(model, talk):
    model.says(completion(ODD * 30))
    talk.propose("S1", model.endpoint())
    told = talk.recorded[0].body
    assert (told.offered, told.count, sum(each.count for each in told.rejected)) == (300, 0, 300)
    assert {each.reason: each.count for each in told.rejected}["many"] == 100


@pytest.mark.parametrize(
    "start", [b"", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\n\r\n"]
)
def test_a_drip_ends_with_the_deadline_wherever_it_drips(model, talk, start):
    before = files(talk)
    model.answer = lambda handler, _: handler.drip(start)
    with pytest.raises(Unavailable):
        talk.propose("S1", model.endpoint(seconds=1.0))
    assert files(talk) == before


def test_nobody_there_is_a_sentence(talk):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        origin = f"http://127.0.0.1:{closed.getsockname()[1]}"
    with pytest.raises(Unavailable):
        talk.propose("S1", Endpoint(f"{origin}/v1", "stub-1", allow=[origin]))


@pytest.mark.parametrize(
    ("url", "allow"),
    [
        ("http://127.0.0.1:8000/v1", []),
        ("http://127.0.0.1:8000/v1", ["http://127.0.0.1:8001"]),
        ("http://127.0.0.1:8000/v1", ["https://127.0.0.1:8000"]),
        ("http://127.0.0.1:8000/v1", ["127.0.0.1:8000"]),
        ("http://localhost:8000/v1", ["http://127.0.0.1:8000"]),
        ("https://api.example.org.evil.example/v1", ["https://api.example.org:443"]),
    ],
)
def test_an_endpoint_that_is_not_on_the_list_to_the_letter_is_refused(url, allow):
    with pytest.raises(Refused):
        Endpoint(url, "stub-1", allow=allow)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "file:///etc/passwd",
        "gopher://a/",
        "http://me:word@127.0.0.1:1/",
        "http://127.0.0.1:1/?a=b",
        "http:///v1",
        "//x",
        "http://[::1",
    ],
)
def test_what_is_no_plain_web_address_is_no_endpoint(url):
    with pytest.raises(Usage):
        Endpoint(url, "stub-1", allow=[url])


def test_a_name_that_stands_for_an_inner_address_is_refused_though_it_is_on_the_list(monkeypatch):
    inner = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("10.0.0.7", 443))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: inner)
    endpoint = Endpoint("https://api.example.org/v1", "stub-1", allow=["https://api.example.org:443"])
    with pytest.raises(Refused) as raised:
        endpoint.ask([])
    assert "10.0.0.7" in str(raised.value)


def test_text_and_key_do_not_travel_in_the_clear(monkeypatch):
    public = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.215.14", 80))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: public)
    with pytest.raises(Refused):
        Endpoint("http://api.example.org/v1", "stub-1", allow=["http://api.example.org:80"]).ask([])


def test_no_proxy_of_the_environment_is_used(model, talk, monkeypatch):
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    talk.propose("S1", model.endpoint())
    assert len(model.asked) == 1


# ---- the command


def run(case, *arguments):
    return CliRunner().invoke(
        commands, ["--case", str(case.folder), "--by", "reviewer-1", *arguments], obj=Frame()
    )


def config(home, text):
    folder = home / "config" / "factcheck"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "config.toml").write_text(text, "utf-8")


def no_sockets(monkeypatch):
    def refuse(*_arguments, **_named):
        raise AssertionError("a socket was opened")

    for name in ("socket", "create_connection", "getaddrinfo"):
        monkeypatch.setattr(socket, name, refuse)


def test_without_settings_it_is_off_and_opens_no_socket(talk, monkeypatch):
    no_sockets(monkeypatch)
    assert isinstance(run(talk, "propose", "S1").exception, Usage)
    assert isinstance(
        run(talk, "propose", "S1", "--endpoint", "http://127.0.0.1:9", "--model", "m").exception, Refused
    )
    with pytest.raises(AssertionError):
        socket.create_connection(("127.0.0.1", 9))


def test_a_case_cannot_switch_it_on(talk, monkeypatch):
    no_sockets(monkeypatch)
    (talk.folder / ".factcheck").mkdir(exist_ok=True)
    (talk.folder / ".factcheck" / "config.toml").write_text(
        'proposer_endpoint = "http://127.0.0.1:9"\nproposer_model = "m"\nproposer_allow = ["http://127.0.0.1:9"]\n',
        "utf-8",
    )
    assert isinstance(run(talk, "propose", "S1").exception, Usage)


def test_the_command_asks_with_the_key_from_the_environment_and_writes_it_nowhere(
    model, talk, own_world, monkeypatch
):
    config(
        own_world,
        f'proposer_endpoint = "{model.origin}/v1"\nproposer_model = "stub-1"\n'
        f'proposer_allow = ["{model.origin}"]\nproposer_key = "MY_KEY"\n',
    )
    assert isinstance(run(talk, "propose", "S1").exception, Usage)
    monkeypatch.setenv("MY_KEY", KEY)
    result = run(talk, "propose", "S1")
    assert (result.exception, result.stdout.split()[:2]) == (None, ["S1", "source.proposed"])
    assert model.asked[0][1]["Authorization"] == f"Bearer {KEY}"
    everything = b"".join(each.read_bytes() for each in talk.folder.rglob("*") if each.is_file())
    assert (KEY.encode() in everything, KEY in result.output) == (False, False)
    assert KEY not in repr(model.endpoint(key=KEY))


def test_a_replay_from_the_command_line_opens_no_socket(model, talk, monkeypatch):
    model.says(completion([]))
    talk.propose("S1", model.endpoint())
    kept = talk.folder / talk.recorded[0].body.suggestions
    no_sockets(monkeypatch)
    result = run(talk, "propose", "S1", "--replay", str(kept))
    assert (result.exception, "nothing new" in result.output) == (None, True)


def test_the_command_loads_the_network_only_when_it_asks():
    code = "import sys, factcheck.cli.proposing, factcheck.case.proposing, factcheck.audit; print('httpx' in sys.modules)"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert (result.stdout.strip(), "propose" in COMMANDS) == ("False", True)


# ---- whatever is answered

TEXT = "蒋璐转投 TikTok，\n负责 AI 视频。成本是 30 亿美元。\tShe didn't say 3.5%  of it.\n十四倍以上。"
CUTS = (0, 12, 21, 31, 57, len(TEXT))
SPANS = list(itertools.pairwise(CUTS))
PIECE = st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))).map(
    lambda p: squeezed(TEXT[min(p) : max(p)])
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
ITEM = st.fixed_dictionaries(
    {
        "sentences": st.lists(st.integers(0, 6), max_size=3).map(sorted) | JSON,
        "quote": PIECE | st.text(max_size=6),
        "type": st.sampled_from([*ClaimType]) | st.text(max_size=3),
        "statement": PIECE | st.text(max_size=12),
        "why": st.text(max_size=3),
    },
    optional={"verdict": JSON},
)
ANSWER = (
    st.lists(ITEM | JSON, max_size=6).map(completion)
    | JSON.map(json.dumps)
    | st.text()
    | JSON.map(lambda each: json.dumps({"choices": [{"message": {"content": json.dumps(each)}}]}))
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ANSWER)
def test_whatever_is_answered_every_quote_stands_at_its_place_in_what_was_sent(answer):
    found = checked(TEXT, SPANS, answer)
    assert found.offered == len(found.held) + sum(found.rejected.values())
    for each in found.held:
        assert TEXT[each.start : each.end] == each.quote
        assert any(start <= each.start < end for start, end in SPANS)
        assert squeezed(each.quote) in squeezed(TEXT)


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="蒋璐 \n\tab.1,。\u3000", max_size=40), st.integers(0, 40), st.integers(0, 40))
def test_what_is_shown_is_the_source_without_its_line_ends(text, one, two):
    start, end = sorted((min(one, len(text)), min(two, len(text))))
    seen = shown(text, start, end)
    assert (seen.text, len(seen.at)) == (squeezed(text[start:end]), len(seen.text))
    assert all(
        text[at] == letter or (letter == " " and text[at].isspace())
        for letter, at in zip(seen.text, seen.at, strict=True)
    )


def test_questions_are_bounded_and_leave_no_sentence_out_but_endless_ones():
    text = "一句话。" * 2000 + "长" * 5000 + "。"
    spans = [(n, n + 4) for n in range(0, 8000, 4)] + [(8000, len(text))]
    asked = list(questions(text, spans))
    assert [place for each in asked for place in each] == spans[:-1]
    assert max(map(len, asked)) == 40
    assert all(issubclass(each, FactcheckError) for each in (Refused, Unavailable))
    assert Case.propose
