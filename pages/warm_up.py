"""What is opened when the server starts, so that no visitor need wait for it."""

import gc
import logging
import threading
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from core.errors import PlaygroundError

LATER = 4.0  # seconds


@asynccontextmanager
async def warm_up(_app: object) -> AsyncIterator[None]:
    """Open the default embeddings in a thread, while the server answers already."""
    threading.Thread(target=_warm_up, daemon=True).start()
    yield


def _warm_up() -> None:
    # Nothing is shown here; Streamlit would say in the terminal that there is nobody to show it to.
    logging.getLogger("streamlit.runtime.scriptrunner_utils.script_run_context").setLevel("ERROR")
    _open_defaults()
    # What few ask for makes way for the first screen of those who are there already.
    time.sleep(LATER)
    _open_the_rest()
    time.sleep(LATER)
    _open_language_models()


def _open_defaults() -> None:
    # Imported here: they bring in torch, plotly and pandas, which take longer than the server
    # needs to start.
    import viz.geometry.arithmetic
    import viz.geometry.map
    import viz.tables  # noqa: F401
    from core.layouts.store import SHIPPED_RECIPES, find
    from pages.map.words import USUAL_COUNT, frequent_words
    from pages.shared.embeddings import default_embeddings

    try:
        default_embeddings()
        find(SHIPPED_RECIPES[0], frequent_words(USUAL_COUNT))
    except PlaygroundError:
        return  # the page that needs them tries again, and says what is wrong
    _settle()


def _open_the_rest() -> None:
    """Compile what numba compiles, and make what the map shows on its first clicks."""
    import numpy as np

    import viz.geometry.dot_product
    import viz.geometry.heatmap
    import viz.geometry.opposites
    import viz.tokens.input_strips
    import viz.tokens.token_rows  # noqa: F401
    from core.geometry.similarity import cluster_order
    from core.layouts.umap import umap
    from core.training.config import Config
    from core.training.corpus import read_corpus
    from core.training.training import Training
    from pages.dot_products.opposites import all_pairs
    from pages.map.layouts import principal_layout
    from pages.map.words import USUAL_COUNT, frequent_words, named_clusters
    from pages.tokens.cached import NAMES, tokens_of

    some = np.random.default_rng(0).normal(size=(200, 4)).astype(np.float32)
    cluster_order(some[:3])
    try:
        drawn = frequent_words(USUAL_COUNT)
        principal_layout(drawn, drawn.digest, 2)
        principal_layout(drawn, drawn.digest, 3)
        named_clusters(drawn, drawn.digest)
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
    # After every run of a page Streamlit collects garbage among all objects. Those that are here
    # to stay need not be looked at: that takes a tenth of a second off every click.
    gc.collect()
    gc.freeze()
