"""What tests share: the real GloVe, a served app, a real browser."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from core.catalog import data_folder as present_data_folder
from core.catalog import fetch, load
from core.embeddings import Embeddings
from core.language.models import DECODER, ENCODER, LanguageModel
from core.language.models import load as load_language_model
from launch import chromium, server

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def data_folder() -> Path:
    """Return the folder that the app itself uses, with GloVe in it."""
    fetch("glove-6b-50d")
    return present_data_folder()


@pytest.fixture(scope="session")
def glove(data_folder: Path) -> Embeddings:
    """Return GloVe 6B 50d; read-only, so that all tests can share it."""
    return load("glove-6b-50d")


@pytest.fixture(scope="session")
def encoder() -> LanguageModel:
    """Return MiniLM, which reads; nobody changes it, so that all tests can share it."""
    fetch(ENCODER)
    return load_language_model(ENCODER)


@pytest.fixture(scope="session")
def decoder() -> LanguageModel:
    """Return SmolLM2, which writes; likewise."""
    fetch(DECODER)
    return load_language_model(DECODER)


Serve = Callable[..., str]


@pytest.fixture(scope="session")
def serve(worker_id: str) -> Iterator[Serve]:
    """Return a function that serves a Streamlit script, once, and returns its address.

    It takes the script, and the path below which it is served, if it is not the root.
    """
    running: list[subprocess.Popen[bytes]] = []
    # Ports of its own for each test process: two that look for a free one at the same time would
    # find the same.
    first = 8700 + 20 * (int(worker_id.removeprefix("gw")) if worker_id != "master" else 0)

    @cache
    def start(script: Path, path: str = "") -> str:
        address = server.Address(path=path)
        port = server.free_port(first)
        options = ["--server.port", str(port), "--server.baseUrlPath", path]
        command = [sys.executable, "-m", "streamlit", "run", str(script), *options]
        running.append(subprocess.Popen(command, cwd=ROOT))
        assert server.wait_until_ready(running[-1], port, address), f"{script} was not served"
        return address.url(port)

    yield start
    for process in running:
        server.end(process)


@pytest.fixture(scope="session")
def app_address(serve: Serve, data_folder: Path) -> str:
    """Return the address of the app, served for the tests."""
    return serve(ROOT / "app.py")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return a running Chromium; skip the test if there is none on this computer."""
    path = chromium.find(Path(sys.executable))
    if path is None:
        pytest.skip("no Chromium: `python run.py test` looks for one, and installs one")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path)
        yield launched
        launched.close()
