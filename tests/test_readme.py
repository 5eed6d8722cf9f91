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


@pytest.mark.parametrize("target", re.findall(r"\]\(([^)]+)\)", README))
def test_links_lead_somewhere(target: str) -> None:
    assert (ROOT / target).exists()
