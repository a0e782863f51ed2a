"""Every command that the README, the docs and the gallery of errors show does what they say."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import stories

ROOT = Path(__file__).parent.parent
PAGES = sorted(
    [ROOT / "README.md", *(ROOT / "docs").glob("*.md"), *(ROOT / "tests" / "stories").rglob("*.md")]
)
WITH_STEPS = [page for page in PAGES if stories.steps(page.read_text("utf-8"))]


@pytest.mark.parametrize("page", WITH_STEPS, ids=lambda page: str(page.relative_to(ROOT)))
def test_a_story_goes_as_it_is_told(page, tmp_path):
    environ = stories.prepare(tmp_path)
    for step in stories.steps(page.read_text("utf-8")):
        printed = stories.run(step, tmp_path, environ)
        assert stories.matches(step.expected, printed), (
            f"$ {step.command}\n{printed}\n--- expected:\n{step.expected}"
        )


def test_the_python_of_the_readme_runs_as_it_stands(tmp_path):
    (tmp_path / "meeting.txt").write_text("最近 VideoPort 的负责人蒋璐转投 TikTok。\n", "utf-8")
    (code,) = re.findall(
        r"^```python\n(.*?)^```$", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE | re.DOTALL
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        cwd=tmp_path,
        env=dict(os.environ) | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    assert done.stdout.splitlines()[-1] == "investor-call/exports/X1 True"
    assert "蒋璐转投 TikTok" in done.stdout


def test_no_error_of_the_gallery_shows_a_traceback():
    for page in (ROOT / "tests" / "stories" / "errors").glob("*.md"):
        assert "Traceback" not in page.read_text("utf-8")


@pytest.mark.parametrize(
    ("expected", "printed", "same"),
    [("a...c", "abc", True), ("a", "b", False), ("a\n[1]", "a", False), ("...x", "y\nx", True)],
)
def test_the_comparison_can_fail(expected, printed, same):
    assert stories.matches(expected, printed) is same
