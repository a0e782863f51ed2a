"""Every refusal that a screen can show is worded in Chinese: what is the matter, and the way out."""

import ast
import re
from collections.abc import Iterable, Iterator
from itertools import product
from pathlib import Path

import pytest

from factcheck import errors
from factcheck.labels import catalogue, refusals

ROOT = Path(__file__).resolve().parents[1] / "factcheck"
WORDED = (
    "case", "ledger", "index", "evidence", "match", "export", "audit", "events", "model", "signing", "text", "tui",
    "blobs", "config.py", "files.py", "plugins.py",
)  # fmt: skip
REFUSALS = {name for name, kind in vars(errors).items() if isinstance(kind, type)}
SAMPLE = "X1"
# A remedy of nothing but a command and what it takes needs no wording: factcheck list --source S1.
COMMAND = re.compile(r"(factcheck [a-z]+|--[a-z-]+)( (--[a-z-]+|\S*[A-Z0-9]\S*)( [a-z_]+)?)*")


def modules() -> list[Path]:
    return [path for name in WORDED for path in sorted((ROOT / name).rglob("*.py")) or [ROOT / name]]


def functions(tree: ast.AST) -> Iterator[ast.AST]:
    """Functions and methods, each with what is defined inside of it."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node
        else:
            yield from functions(node)


def assigned(nodes: Iterable[ast.AST]) -> dict[str, list[ast.expr]]:
    """What each name is set to, in pairs too: what, remedy = "...", "..."."""
    found: dict[str, list[ast.expr]] = {}
    for node in nodes:
        for target in node.targets if isinstance(node, ast.Assign) else ():
            pair = isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple)
            for name, value in (
                zip(target.elts, node.value.elts, strict=True) if pair else [(target, node.value)]
            ):
                if isinstance(name, ast.Name):
                    found.setdefault(name.id, []).append(value)
    return found


def texts(node: ast.expr, names: dict[str, list[ast.expr]]) -> list[str]:
    """All that an expression may say; SAMPLE for what only the run can tell."""
    match node:
        case ast.Constant(value=str(text)):
            return [text]
        case ast.JoinedStr(values=parts):
            return ["".join(each) for each in product(*(texts(part, names) for part in parts))]
        case ast.FormattedValue(value=value):
            return texts(value, names)
        case ast.IfExp(body=one, orelse=other):
            return [*texts(one, names), *texts(other, names)]
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return ["".join(each) for each in product(texts(left, names), texts(right, names))]
        case ast.Name(id=name) if name in names:
            known = {text for each in names[name] for text in texts(each, names)}
            return [SAMPLE] if SAMPLE in known else sorted(known)
    return [SAMPLE]


def sentences(path: Path) -> Iterator[tuple[int, str]]:
    """The literal sentences and remedies of the refusals of a module, each with its line.

    They stand in calls of the errors themselves, or of a function of the module that makes one of `what` and `remedy`.
    """
    tree = ast.parse(path.read_text("utf-8"))
    takes = {name: ["what"] for name in REFUSALS} | {
        node.name: [each.arg for each in node.args.args if each.arg != "self"]
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and getattr(node.returns, "id", "") in REFUSALS
    }
    for function in functions(tree):
        names = assigned(ast.iter_child_nodes(tree)) | assigned(ast.walk(function))
        for call in (node for node in ast.walk(function) if isinstance(node, ast.Call)):
            given = takes.get(getattr(call.func, "id", getattr(call.func, "attr", "")), [])
            said = [
                *zip(given, call.args, strict=False),
                *((each.arg, each.value) for each in call.keywords if given),
            ]
            for value in (each for name, each in said if name in {"what", "remedy"}):
                yield from ((value.lineno, text) for text in texts(value, names) if text.strip(".") != SAMPLE)


def worded(text: str) -> bool:
    """Whether the first entry that takes a sentence words all of it, and no field of it hides English."""
    if COMMAND.fullmatch(text) or not re.search(r'(?<!["\w])[a-z]', text):
        return True
    found = next(filter(None, (pattern.fullmatch(text) for pattern, _ in refusals())), None)
    return found is not None and all(worded(field) for field in found.groups())


def wanting(path: Path) -> list[str]:
    found = (
        f"{path.relative_to(ROOT.parent)}:{line}: {text}"
        for line, text in sentences(path)
        if not worded(text)
    )
    return [*found]


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_every_refusal_has_a_chinese_wording(path):
    assert wanting(path) == []


def test_no_wording_says_the_english():
    chinese, english = catalogue("zh"), catalogue("en")
    assert [key for key in english if key.startswith("refusal.") and chinese[key] == english[key]] == []


def test_a_sentence_that_nobody_worded_is_found(tmp_path, monkeypatch):
    module = tmp_path / "module.py"
    module.write_text(
        "def play(name, loud):\n"
        "    way = 'tune it' if loud else 'factcheck show C7'\n"
        "    raise Refused(f'{name} is out of tune.', remedy=way)\n",
        "utf-8",
    )
    monkeypatch.setitem(globals(), "ROOT", tmp_path / "factcheck")
    assert wanting(module) == ["module.py:3: X1 is out of tune.", "module.py:3: tune it"]


def test_the_ledger_has_one_name_in_chinese():
    """台账, never 账本: two words for one thing look like two things."""
    helps = [path.read_text("utf-8") for path in (ROOT / "data" / "help").glob("*.zh.txt")]
    said = [*catalogue("zh").values(), *helps]
    assert [text for text in said if re.search("(?<!台)账本", text)] == []
