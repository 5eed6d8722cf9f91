"""What is opened when the server starts, so that the first visitor need not wait for it."""

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from core.errors import PlaygroundError


@asynccontextmanager
async def warm_up(_app: object) -> AsyncIterator[None]:
    """Open the default embeddings in a thread, while the server answers already."""
    threading.Thread(target=_open_defaults, daemon=True).start()
    yield


def _open_defaults() -> None:
    # Imported here: it brings in torch, which takes longer than the server needs to start.
    from pages.shared.sources import default_embeddings

    try:
        default_embeddings()
    except PlaygroundError:
        pass  # the page that needs them tries again, and says what is wrong
