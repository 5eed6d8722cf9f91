from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from streamlit.components.v2 import manifest_scanner

from core.catalog import fetch
from core.language.models import DECODER, ENCODER


@pytest.fixture(autouse=True)
def glove_is_there(data_folder: Path) -> None:
    """Fetch GloVe before a page needs it."""


@pytest.fixture(scope="session")
def language_models_are_there() -> None:
    """Fetch both language models before a page needs them; the page itself loads them."""
    fetch(ENCODER)
    fetch(DECODER)


@pytest.fixture(autouse=True, scope="session")
def components_are_looked_for_once() -> Iterator[None]:
    """Scan the installed packages for components once, not for each page: it takes 80 ms."""
    with pytest.MonkeyPatch.context() as patch:
        scan = cache(manifest_scanner.scan_component_manifests)
        patch.setattr(manifest_scanner, "scan_component_manifests", scan)
        yield
