"""Load vectors and models when the server starts, so that no visitor waits for them."""

import asyncio
import gc
import logging
import threading
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from core.errors import PlaygroundError
from pages.memory_release import release_memory, release_memory_regularly

PAUSE = 4.0  # seconds, in which the first screen of early visitors is computed


@asynccontextmanager
async def warm_up(_app: object) -> AsyncIterator[None]:
    """Load vectors and models in a thread while the server answers; release memory regularly."""
    threading.Thread(target=_warm_up, daemon=True).start()
    releasing = asyncio.create_task(release_memory_regularly())
    yield
    releasing.cancel()


def _warm_up() -> None:
    # Otherwise Streamlit warns in the terminal about calls outside a session.
    logging.getLogger("streamlit.runtime.scriptrunner_utils.script_run_context").setLevel("ERROR")
    _open_defaults()
    time.sleep(PAUSE)
    _open_the_rest()
    time.sleep(PAUSE)
    _open_language_models()


def _open_defaults() -> None:
    # Imported here, since importing torch, plotly and pandas would delay the start of the server.
    import viz.geometry.arithmetic
    import viz.geometry.map
    import viz.tables  # noqa: F401
    from core.layouts.store import SHIPPED_RECIPES, find
    from pages.map.words import DEFAULT_COUNT, frequent_words
    from pages.shared.embeddings import default_embeddings

    try:
        default_embeddings()
        find(SHIPPED_RECIPES[0], frequent_words(DEFAULT_COUNT))
    except PlaygroundError:
        return  # a page that needs them tries again and shows the error
    _settle()


def _open_the_rest() -> None:
    """Load numba's compiled functions, and compute what the pages show after the first clicks."""
    import numpy as np

    import viz.geometry.dot_product
    import viz.geometry.heatmap
    import viz.geometry.opposites
    import viz.tokens.input_strips
    import viz.tokens.token_rows  # noqa: F401
    from core.geometry.similarity import cluster_order
    from core.layouts.region_store import regions_of
    from core.layouts.store import SHIPPED_RECIPES, find
    from core.layouts.umap import umap
    from core.training.config import Config
    from core.training.corpus import read_corpus
    from core.training.training import Training
    from pages.dot_products.opposites import all_pairs
    from pages.map.layouts import principal_layout
    from pages.map.words import DEFAULT_COUNT, frequent_words
    from pages.shared.embeddings import default_embeddings
    from pages.tokens.cached import NAMES, tokens_of

    some = np.random.default_rng(0).normal(size=(200, 4)).astype(np.float32)
    cluster_order(some[:3])
    try:
        drawn = frequent_words(DEFAULT_COUNT)
        principal_layout(drawn, 2)
        principal_layout(drawn, 3)
        layout = find(SHIPPED_RECIPES[0], drawn)
        if layout is not None:
            regions_of(default_embeddings(), SHIPPED_RECIPES[0].name(drawn), drawn, layout)
        all_pairs()
        for name in NAMES:
            tokens_of(name, "the")
    except PlaygroundError:
        return
    umap(some)
    corpus = read_corpus("king queen man woman. " * 20, min_count=1)
    next(Training(corpus, Config("skip-gram")).run(1))
    next(Training(corpus, Config("cbow")).run(1))
    _settle()


def _open_language_models() -> None:
    from core.language.models import DECODER, ENCODER
    from pages.shared.language_models import opened

    try:
        opened(ENCODER)
        opened(DECODER)
    except PlaygroundError:
        return
    _settle()


def _settle() -> None:
    """Exclude the objects that exist now from later garbage collections."""
    release_memory()
    gc.freeze()
