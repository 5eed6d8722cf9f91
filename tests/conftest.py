"""What tests share: the real models, a served app, a real browser."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

from core.catalog import data_folder as present_data_folder
from core.catalog import fetch, load
from core.embeddings import Embeddings
from core.language.models import DECODER, ENCODER, LanguageModel
from core.language.models import load as load_language_model
from launch import chromium
from tests import servers

settings.register_profile("no clock limit", deadline=None)
settings.load_profile("no clock limit")

ROOT = Path(__file__).resolve().parent.parent
# A page of a test lives for seconds: the browser's optimizing compilers cost more than they save,
# and so does collecting short-lived objects often.
QUICK_SCRIPTS = "--js-flags=--no-opt,--no-maglev,--min-semi-space-size=64,--max-semi-space-size=64"


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


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):  # not one of several test processes: the first
        servers.make_folder()


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        servers.end_all()


@pytest.fixture(scope="session")
def app_address(data_folder: Path) -> str:
    """Return the address of the app, served for the tests."""
    return servers.served(ROOT / "app.py")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return a running Chromium; skip the test if there is none on this computer."""
    path = chromium.find(Path(sys.executable))
    if path is None:
        pytest.skip("no Chromium: `python run.py test` looks for one, and installs one")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=[QUICK_SCRIPTS])
        yield launched
        launched.close()
