"""The command line keeps its contract: shapes of JSON, exit codes, who acts, options before and after."""

import json
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest
from signing.keymaking import keygen

from factcheck.case import Case
from factcheck.cli import COMMANDS, main
from factcheck.signing.keys import PublicKey

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def run(capsys):
    """Runs a command in this process and gives (exit, stdout, stderr)."""

    def command(*arguments):
        with pytest.raises(SystemExit) as end:
            main([str(each) for each in arguments])
        printed = capsys.readouterr()
        return end.value.code or 0, printed.out, printed.err

    return command


@pytest.fixture
def desk(case):
    """The folder of a case with one source."""
    return case.folder


def test_extract_gives_one_object_whose_quotes_stand_where_they_say(run):
    path = ROOT / "claims" / "jianying-ai.txt"
    code, out, _ = run("extract", path, "--json")
    document = json.loads(out)
    text = path.read_bytes().decode("utf-8")
    assert code == 0
    promised = ["source", "packs", "regions", "claims", "readings", "relations", "calculations"]
    assert list(document)[: len(promised)] == promised
    assert set(document["source"]) == {
        *("sha256", "characters", "language", "format", "encoding", "decided", "maker"),
    }
    for claim in document["claims"]:
        assert text[claim["start"] : claim["end"]] == claim["quote"]
        assert set(claim) == {
            "id", "start", "end", "quote", "type", "checkable", "priority", "group", "statement", "why", "times",
        }  # fmt: skip
        assert round(claim["priority"], 3) == claim["priority"]
    for reading in document["readings"]:
        assert text[reading["start"] : reading["end"]] == reading["heard"]


def test_the_headline_claims_come_out_and_no_advertisement(run):
    path = ROOT / "claims" / "jianying-ai.txt"
    document = json.loads(run("extract", path, "--json")[1])
    quotes = [claim["quote"] for claim in document["claims"]]
    for said in ("蒋璐转投 TikTok", "张楠辞去抖音 CEE 的职务", "GPG4 推理成本的 14 倍以上"):
        assert any(said in quote for quote in quotes), said
    quiet = [r for r in document["regions"] if r["role"] in {"advertisement", "boilerplate"}]
    assert quiet
    for claim in document["claims"]:
        assert not any(claim["start"] < r["end"] and r["start"] < claim["end"] for r in quiet)
    read = {(reading["heard"], reading["meant"]) for reading in document["readings"]}
    assert {("蒋璐", "蒋路"), ("VideoPort", "VideoPoet"), ("Solo", "Sora"), ("OBI", "OpenAI")} <= read
    cost = next(c for c in document["calculations"] if "1.8e11" in json.dumps(c))
    assert cost["holds"] != "yes"
    assert any("1.29e10" in need for need in cost["needs"])


def test_extract_without_packs_names_none(run):
    document = json.loads(run("extract", ROOT / "claims" / "jianying-ai.txt", "--no-packs", "--json")[1])
    assert document["packs"] == []


def test_list_show_and_status_have_the_agreed_keys(run, desk):
    listed = json.loads(run("list", "--case", desk, "--json")[1])
    assert listed["total"] == len(listed["claims"]) > 0
    assert set(listed["claims"][0]) == {"id", "statement", "type", "state", "verdict", "priority", "mentions"}
    assert set(listed["claims"][0]["mentions"][0]) == {"source", "start", "end", "quote"}
    shown = json.loads(run("--case", desk, "show", "C1", "--json")[1])
    wanted = {"parts", "evidence", "readings", "relations", "objections", "verdicts", "events", "origins"}
    assert wanted <= set(shown)
    status = json.loads(run("status", "--case", desk, "--json")[1])
    assert set(status) == {"counts_by_state", "counts_by_verdict", "opinions", "head"}
    assert set(status["head"]) == {"size", "root"}


def test_shared_options_stand_before_or_after_the_command(run, desk):
    assert run("--case", desk, "--by", "a", "accept", "C1")[0] == 0
    assert run("accept", "C2", "--by", "a", "--case", desk)[0] == 0
    assert run("--json", "status", "--case", desk)[1].startswith("{")


def test_a_writing_command_says_what_it_recorded(run, desk):
    code, out, _ = run("accept", "C1", "C2", "--case", desk, "--by", "a", "--json")
    events = json.loads(out)["events"]
    assert code == 0
    assert [(e["kind"], e["subject"], e["version"]) for e in events] == [
        ("claim.accepted", "C1", 1),
        ("claim.accepted", "C2", 1),
    ]
    assert set(events[0]) == {"id", "kind", "subject", "version"}


@pytest.mark.parametrize(
    ("arguments", "exit_code"),
    [
        (["status"], 0),
        (["decide", "C1", "supported", "--by", "a"], 1),
        (["accept", "C1"], 1),
        (["decide", "C1", "splendid", "--by", "a"], 2),
        (["frobnicate"], 2),
        (["show"], 2),
        (["ingest", "picture.gif", "--by", "a"], 3),
        (["show", "C999"], 4),
        (["ingest", "no-such-file", "--by", "a"], 4),
    ],
)
def test_each_outcome_has_its_exit_code(run, desk, tmp_path, monkeypatch, arguments, exit_code):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "picture.gif").write_bytes(b"GIF89a\x00\x01\x02")
    code, out, err = run("--case", desk, *arguments)
    assert code == exit_code
    if code:
        assert out == ""
        assert err.startswith("factcheck: ")
        assert err.count("\n") == 1


def test_an_error_as_json_is_one_object_on_stderr(run, desk):
    code, out, err = run("--case", desk, "show", "C999", "--json")
    assert (code, out) == (4, "")
    assert set(json.loads(err)) == {"error", "where", "seen", "remedy", "exit"}


def test_who_acts_is_named_by_flag_then_environment_then_config_and_never_guessed(
    run, desk, monkeypatch, own_world
):
    monkeypatch.setenv("USER", "somebody")
    assert run("accept", "C1", "--case", desk)[0] == 1
    config = own_world / "config" / "factcheck" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text('by = "from-config"\n', "utf-8")
    assert json.loads(run("whoami", "--json")[1])["by"] == "from-config"
    monkeypatch.setenv("FACTCHECK_BY", "from-environment")
    assert json.loads(run("whoami", "--json")[1])["by"] == "from-environment"
    assert json.loads(run("whoami", "--by", "from-flag", "--json")[1])["by"] == "from-flag"


def test_who_acts_is_told_their_keys_here_and_whether_they_can_sign(run, desk, tmp_path, monkeypatch):
    key = keygen(tmp_path / "key")
    public = key.with_name("key.pub")
    fingerprint = PublicKey.from_line(public.read_text("utf-8")).fingerprint
    run("signers", "add", public, "--case", desk, "--by", "reviewer-1")
    says = partial(run, "whoami", "--case", desk, "--by", "reviewer-1")
    assert says()[1].splitlines() == [
        "reviewer-1 (--by)",
        f"  {fingerprint}",
        "  FACTCHECK_KEY names no key: what you decide is recorded unsigned",
    ]
    monkeypatch.setenv("FACTCHECK_KEY", str(key))
    assert says()[1].splitlines()[1:] == [f"  {fingerprint}", f"  key = {key}  (FACTCHECK_KEY)"]
    said = json.loads(says("--json")[1])
    assert (said["keys"], said["key"], said["key_origin"]) == ([fingerprint], str(key), "FACTCHECK_KEY")
    assert json.loads(run("whoami", "--by", "reviewer-2", "--case", desk, "--json")[1])["keys"] == []


def test_an_objection_is_told_with_the_claim_that_it_is_about(run, desk):
    run("attach", "C1", "https://example.org/a", "--stance", "context", "--case", desk, "--by", "reviewer-1")
    for about, words in (("C1", "who says so?"), ("E1", "a copy"), ("C2", "of another claim")):
        run("object", about, words, "--case", desk, "--by", "auditor-1")
    page = run("show", "C1", "--case", desk)[1].splitlines()
    assert page[-2:] == ["  ! objection C1 · auditor-1: who says so?", "  ! objection E1 · auditor-1: a copy"]
    told = json.loads(run("show", "C1", "--case", desk, "--json")[1])["objected"]
    assert [(each["subject"], each["by"], each["text"]) for each in told] == [
        ("C1", "auditor-1", "who says so?"),
        ("E1", "auditor-1", "a copy"),
    ]


def test_labels_follow_the_language_that_is_asked_for(run, desk, monkeypatch):
    assert "suggested" in run("status", "--case", desk)[1]
    monkeypatch.setenv("FACTCHECK_LANG", "zh")
    assert "待初筛" in run("status", "--case", desk)[1]
    assert "suggested" in run("status", "--case", desk, "--lang", "en")[1]


def test_what_would_act_on_a_terminal_is_shown_or_escaped(run, desk, case):
    case.reword("C1", "a\x1b]52;c;aGk=\x07b\u202ec\u200bd\x9be")
    plain = run("show", "C1", "--case", desk)[1]
    as_json = run("show", "C1", "--case", desk, "--json")[1]
    for raw in ("\x1b", "\x07", "\u202e", "\u200b", "\x9b"):
        assert raw not in plain
        assert raw not in as_json
    assert json.loads(as_json)["statement"] == "a\x1b]52;c;aGk=\x07b\u202ec\u200bd\x9be"


def test_an_export_prints_its_receipt_and_again_nothing_new(run, desk, tmp_path):
    code, _, err = run("export", "--draft", "--case", desk, "--by", "lead-1", "--to", tmp_path / "out")
    origin, size, root = err.splitlines()
    assert (code, origin.startswith("factcheck/"), size.isdigit(), len(root)) == (0, True, True, 44)
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == [
        "claims.jsonl",
        "manifest-sha256.txt",
        "report.html",
        "report.md",
    ]
    again = run("export", "--draft", "--case", desk, "--by", "lead-1", "--to", tmp_path / "again", "--json")
    assert json.loads(again[1]) == {"events": []}
    assert (tmp_path / "again" / "report.md").read_bytes() == (tmp_path / "out" / "report.md").read_bytes()
    assert run("export", "verify", tmp_path / "out")[0] == 0
    (tmp_path / "out" / "report.md").write_bytes(b"changed")
    assert run("export", "verify", tmp_path / "out")[0] == 1


def test_an_accepted_claim_without_a_verdict_keeps_a_final_export_back(run, desk, case):
    case.accept("C1")
    assert run("export", "--check", "--case", desk)[0] == 1
    assert run("export", "--case", desk, "--by", "lead-1")[0] == 1
    assert run("export", "--draft", "--case", desk, "--by", "lead-1")[0] == 0
    assert case.exports()[-1:] == [] or case.exports()[-1].draft


def test_audit_is_silent_when_all_is_well(run, desk):
    code, out, _ = run("audit", desk)
    assert (code, out) == (0, "")
    report = json.loads(run("audit", "--case", desk, "--json")[1])
    assert set(report) == {"ok", "head", "checks", "findings"}
    assert report["ok"]
    assert run("audit", desk, "--quick")[0] == 0
    assert run("audit", desk, "--check", "no-such-check")[0] == 2


def test_the_whole_story_of_a_claim_by_commands(run, tmp_path):
    desk = tmp_path / "desk"
    document = tmp_path / "talk.txt"
    document.write_text(
        "Last week Maria Lopez, who led the vision team at Acme, joined Globex as chief scientist.\n"
    )
    page = tmp_path / "page.html"
    page.write_text("<title>Globex</title><p>Globex hires Maria Lopez as chief scientist.</p>")
    story = [
        ["init", desk, "--by", "lead-1"],
        ["--case", desk, "ingest", document, "--by", "reviewer-1", "--date", "2024-02-25..2024-03-02"],
        ["--case", desk, "capture", page, "--from", "https://globex.example/news", "--by", "reviewer-1"],
        [
            "--case",
            desk,
            "attach",
            "C1",
            "K1",
            "--quote",
            "hires Maria Lopez",
            "--stance",
            "supports",
            "--by",
            "reviewer-1",
        ],
        ["--case", desk, "decide", "C1", "2", "--because", "The firm says so.", "--by", "reviewer-1"],
        ["--case", desk, "dispute", "C1", "--because", "No date.", "--by", "reviewer-2"],
        [
            "--case",
            desk,
            "settle",
            "C1",
            "mostly_supported",
            "--because",
            "Dated by the range.",
            "--by",
            "lead-1",
        ],
        ["--case", desk, "export", "--by", "lead-1"],
        ["--case", desk, "audit"],
    ]
    for step in story:
        code, _, err = run(*step)
        assert code == 0, (step, err)
    shown = json.loads(run("--case", desk, "show", "C1", "--json")[1])
    assert (shown["state"], shown["verdict"], shown["origins"]) == ("published", "mostly_supported", 1)
    assert shown["evidence"][0]["captured"] is True
    misquoted = [
        "--case",
        desk,
        "attach",
        "C1",
        "K1",
        "--quote",
        "fires Maria Lopez",
        "--stance",
        "refutes",
        "--by",
        "b",
    ]
    code, _, err = run(*misquoted)
    assert code == 1
    assert "hires Maria Lopez" in err


def test_a_page_that_nobody_serves_is_recorded_and_worth_another_try(run, desk):
    import socket

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        pair = f"127.0.0.1:{free.getsockname()[1]}"
    command = ["capture", f"http://{pair}/", "--allow-address", pair, "--case", desk, "--by", "a", "--json"]
    code, out, _ = run(*command)
    assert code == 5
    assert [event["kind"] for event in json.loads(out)["events"]] == ["capture.made"]
    refused = run("capture", f"http://{pair}/", "--case", desk, "--by", "a")
    assert refused[0] == 1
    assert "--allow-address" in refused[2]


def test_the_demo_without_a_terminal_tells_the_walk_and_leaves_a_copy(tmp_path):
    command = [sys.executable, "-m", "factcheck", "demo", "--to", str(tmp_path / "demo"), "--lang", "zh"]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False
    )
    assert done.returncode == 0, done.stderr
    assert str(tmp_path / "demo") in done.stderr
    for said in ("蒋璐转投 TikTok", "张楠辞去抖音", "1.8e11"):
        assert said in done.stdout
    copy = Case.open(tmp_path / "demo")
    assert copy.audit().findings == ()
    copy.close()


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(run, name):
    code, out, _ = run(name, "--help")
    assert code == 0
    assert out.startswith(f"Usage: factcheck {name}")


def test_show_names_the_words_that_differ_in_what_is_tied_or_merged(run, desk, case):
    case.reword("C1", "蒋璐转投 TikTok。")
    case.reword("C2", "蒋璐加入 TikTok。")
    case.relate("C1", "C2", "repeats")
    assert "differs: here 转投 ↔ there 加入" in run("--case", desk, "show", "C1", "--lang", "en")[1]
    (tie,) = json.loads(run("--case", desk, "show", "C1", "--json")[1])["relations"]
    assert (tie["other"], tie["only_here"], tie["only_there"]) == ("C2", ["转投"], ["加入"])
    case.merge("C4", "C5")
    shown = run("--case", desk, "show", "C4", "--lang", "en")[1]
    assert "model costs 3 billion dollars to train" in shown.split("↔")[1]


def test_a_page_that_leads_inside_is_recorded_and_answered_with_no(run, desk):
    from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
    from threading import Thread

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(302)
            self.send_header("Location", "http://10.0.0.1/secret")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *words):
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        pair = f"127.0.0.1:{server.server_port}"
        code, _, said = run(
            "capture", f"http://{pair}/", "--allow-address", pair, "--case", desk, "--by", "a"
        )
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
    assert code == 1
    assert "redirect to a non-public address 10.0.0.1" in said
