"""Without a network everything works: no line of core or of a page tries to reach one."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted(path.parent.name for path in (ROOT / "pages").glob("*/page.py"))

# Runs in a process of its own: an audit hook cannot be taken away again.
ISLAND = """
import sys

tried = []

def guard(event, arguments):
    if event == "socket.connect":
        address = arguments[1]
    elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
        address = arguments
    else:
        return
    if not isinstance(address, tuple):
        return  # a socket file of this computer
    host = address[0]
    if host not in (None, "", "localhost", "127.0.0.1", "::1", b"localhost"):
        tried.append(str(address))
        raise OSError(f"no network: {address}")

sys.addaudithook(guard)
"""

CORE = """
from core.catalog import is_present, fetch, load
assert is_present("glove-6b-50d")
fetch("glove-6b-50d")
glove = load("glove-6b-50d")
assert glove.vector("king").shape == (50,)
"""

ALL_PAGES = """
from streamlit.testing.v1 import AppTest
app = AppTest.from_file("pages/main.py", default_timeout=120).run()
for page in sys.argv[1:]:
    app.switch_page(page + "/page.py").run()
    assert not app.exception, (page, app.exception)
    assert not app.error, (page, app.error)
    assert app.title[0].value, page
    print(page)
"""


def on_an_island(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    code = f"{ISLAND}\n{code}\nassert not tried, tried"
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_island_has_no_way_off() -> None:
    code = """
import socket
for host in ("192.0.2.1", "example.invalid"):
    try:
        socket.create_connection((host, 80), timeout=1)
    except OSError as error:
        assert "no network" in str(error), error
assert len(tried) == 2
"""
    assert "192.0.2.1" in on_an_island(code).stderr  # the last line of the island complains


@pytest.mark.usefixtures("data_folder")
def test_core() -> None:
    run = on_an_island(CORE)
    assert run.returncode == 0, run.stderr


@pytest.mark.usefixtures("data_folder")
def test_every_page() -> None:
    run = on_an_island(ALL_PAGES, *PAGES)
    assert run.returncode == 0, run.stderr
    assert run.stdout.split() == PAGES
