"""The examples in the docstrings of viz and pages; pytest collects those of core itself."""

import doctest
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SCRIPTS = {"page.py", "main.py"}  # which show a page when they are imported


def test_the_examples_of_docstrings() -> None:
    attempted = 0
    for path in sorted([*(ROOT / "viz").rglob("*.py"), *(ROOT / "pages").rglob("*.py")]):
        if path.name in SCRIPTS:
            continue
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        result = doctest.testmod(import_module(name))
        assert result.failed == 0, name
        attempted += result.attempted
    assert attempted > 30
