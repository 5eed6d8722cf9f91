"""Start and stop the app's server at its address and a free port."""

import argparse
import http.client
import os
import socket
import subprocess
import threading
import time
import tomllib
import webbrowser
from dataclasses import dataclass
from pathlib import Path

from core.errors import PlaygroundError
from launch.environment import ROOT, calm_environment

MAX_TRIED_PORTS = 100  # after the first
START_SECONDS = 60.0  # for a slow computer to start the server
END_SECONDS = 5.0  # for the server to end by itself
ADDRESS_VARIABLE = "STREAMLIT_SERVER_ADDRESS"
PATH_VARIABLE = "STREAMLIT_SERVER_BASE_URL_PATH"
# The addresses that stand for all network interfaces, with this computer's own address.
ALL_INTERFACES = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104


@dataclass(frozen=True)
class Address:
    """The address at which the server listens.

    Args:
        host: a name or IP address of this computer, or `0.0.0.0` for all network interfaces.
        path: the path before the names of the pages, without leading or trailing slashes.
    """

    host: str = "localhost"
    path: str = ""

    @property
    def reachable(self) -> str:
        """The host under which this computer reaches the server."""
        return ALL_INTERFACES.get(self.host, self.host)

    def url(self, port: int) -> str:
        """Return the address for a browser on this computer."""
        host = "localhost" if self.host in ALL_INTERFACES else self.host
        host = f"[{host}]" if ":" in host else host
        return f"http://{host}:{port}/{self.path}".rstrip("/")


LOCAL = Address()


def configured_address(root: Path = ROOT) -> Address:
    """Return the address that Streamlit's variables name, else .streamlit/config.toml.

    Raises:
        PlaygroundError: this computer cannot listen at that address.
    """
    config = tomllib.loads((root / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    configured = config.get("server", {})
    host = os.environ.get(ADDRESS_VARIABLE) or configured.get("address", LOCAL.host)
    path = os.environ.get(PATH_VARIABLE) or configured.get("baseUrlPath", LOCAL.path)
    address = Address(host, path.strip("/"))
    try:
        _listen(address, 0)
    except OSError as error:
        raise PlaygroundError(
            f"The server cannot listen at '{host}': {error.strerror or error}. Set "
            f"{ADDRESS_VARIABLE} to an address of this computer, to 0.0.0.0 for all of them, or "
            "leave it unset."
        ) from error
    return address


def port_number(text: str) -> int:
    """Return a port from the command line.

    Raises:
        argparse.ArgumentTypeError: the text is not a port.
    """
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"'{text}' is not a port; use a number from 1 to 65535")
    return int(text)


def free_port(first: int, address: Address = LOCAL) -> int:
    """Return the first port from `first` on that is not in use.

    Raises:
        PlaygroundError: a hundred of them are in use.
    """
    last = min(first + MAX_TRIED_PORTS, 65535)
    for port in range(first, last + 1):
        if is_free(port, address):
            return port
    raise PlaygroundError(f"The ports {first} to {last} are all in use. Choose another: --port N.")


def is_free(port: int, address: Address = LOCAL) -> bool:
    """Return whether a server could listen at the port, and no other server does."""
    try:
        # A port whose server answers is in use, even if the system would let two servers share it.
        socket.create_connection((address.reachable, port), timeout=1).close()
    except OSError:
        pass
    else:
        return False
    try:
        _listen(address, port)
    except OSError:
        return False
    return True


def _listen(address: Address, port: int) -> None:
    """Listen at an address for a moment; raises OSError if that is not possible."""
    resolved = socket.getaddrinfo(address.host, port, type=socket.SOCK_STREAM)
    # `localhost` may have an IPv6 address on a computer without IPv6: prefer IPv4.
    family, _, _, _, bound = min(resolved, key=lambda entry: entry[0] != socket.AF_INET)
    with socket.socket(family) as listener:
        if os.name == "posix":
            # Otherwise a port stays in use for a minute after its server has ended.
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(bound)


def serve(python: Path, port: int, *, open_browser: bool, address: Address = LOCAL) -> int:
    """Run the app until it is ended; return the exit code."""
    command = [str(python), "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    process = subprocess.Popen(command, cwd=ROOT, env=calm_environment())
    try:
        if not wait_until_ready(process, port, address):
            if process.poll() is None:
                raise PlaygroundError(
                    f"The server did not answer at {address.url(port)} within "
                    f"{START_SECONDS:.0f} seconds."
                )
            return process.returncode or 1
        url = address.url(port)
        print(f"The Embedding Playground is open at {url} (Ctrl-C ends it).", flush=True)
        if open_browser:
            # In a thread: on some systems the call blocks until the browser is closed.
            threading.Thread(target=webbrowser.open, args=(url,), daemon=True).start()
        return process.wait()
    except KeyboardInterrupt:
        print("\nThe Embedding Playground has ended.")
        return 0
    finally:
        end(process)


def wait_until_ready(process: subprocess.Popen[bytes], port: int, address: Address = LOCAL) -> bool:
    """Wait for the server's health page; return False if it ended, or after `START_SECONDS`."""
    give_up = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < give_up:
        if is_healthy(port, address):
            return True
        time.sleep(0.05)
    return False


def is_healthy(port: int, address: Address = LOCAL) -> bool:
    """Return whether the server's health page answers with 200 OK."""
    # Not urllib, which would use a proxy from the environment even for this computer.
    connection = http.client.HTTPConnection(address.reachable, port, timeout=2)
    path = f"/{address.path}/_stcore/health" if address.path else "/_stcore/health"
    try:
        connection.request("GET", path)
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def end(process: subprocess.Popen[bytes]) -> None:
    """End the server; kill it if it does not end in `END_SECONDS`."""
    try:
        if process.poll() is None:
            process.terminate()
            process.wait(END_SECONDS)
    except (KeyboardInterrupt, subprocess.TimeoutExpired):
        process.kill()
        process.wait()
