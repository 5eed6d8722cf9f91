"""The table of the formats is that of the code, and names tests that exist."""

import sys
from pathlib import Path

from core.formats import READERS
from core.formats.overview import PROOFS, overview

ROOT = Path(__file__).resolve().parents[3]


def test_the_table_in_the_docs_is_made_from_the_code() -> None:
    assert (ROOT / "docs" / "formats.md").read_text("utf-8") == overview()


def test_every_reader_is_proven_by_tests_with_its_library() -> None:
    assert set(PROOFS) == {sys.modules[reader.__name__] for reader in READERS}  # type: ignore[attr-defined]
    for _, library, tests in PROOFS.values():
        code = (Path(__file__).parent / tests).read_text("utf-8")
        assert any(f"{name}" in code for name in library.split(" and "))
