from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def glove_is_there(data_folder: Path) -> None:
    """Fetch GloVe before a page needs it."""
