"""What is opened when the server starts, so that the first visitor need not wait for it."""

import gc
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
    # Imported here: they bring in torch, plotly and pandas, which take longer than the server
    # needs to start.
    import viz.arithmetic
    import viz.map
    import viz.tables  # noqa: F401
    from pages.shared.sources import default_embeddings

    try:
        default_embeddings()
    except PlaygroundError:
        return  # the page that needs them tries again, and says what is wrong
    # After every run of a page Streamlit collects garbage among all objects. Those that are here
    # to stay need not be looked at: that takes a tenth of a second off every click.
    gc.collect()
    gc.freeze()
