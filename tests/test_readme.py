"""What the README promises is true."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text("utf-8")


@pytest.mark.usefixtures("data_folder")
def test_the_snippet_prints_what_stands_below_it() -> None:
    snippet, expected = re.findall(r"```(?:python)?\n(.*?)```", README, re.DOTALL)[-2:]
    assert len(snippet.strip().splitlines()) <= 5
    assert "streamlit" not in snippet
    done = subprocess.run(
        [sys.executable, "-c", snippet], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == expected


@pytest.mark.usefixtures("data_folder")
def test_the_snippet_for_a_notebook_makes_a_map() -> None:
    [snippet] = re.findall(r"```python\n([^`]*WordMap[^`]*)```", README)
    then = 'picture.selection = ["queen", "king"]\nprint(picture.selection)'
    command = [sys.executable, "-c", f"{snippet}\n{then}"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "('king', 'queen')\n"


@pytest.mark.parametrize("target", re.findall(r"\]\(([^)]+)\)", README))
def test_links_lead_somewhere(target: str) -> None:
    assert (ROOT / target).exists()
