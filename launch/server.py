"""The app's server: a port for it, its start, its end."""

import argparse
import http.client
import os
import socket
import subprocess
import threading
import time
import webbrowser
from pathlib import Path

from core.errors import PlaygroundError
from launch.environment import ROOT, calm_environment

TRIED = 100  # ports after the first; more in use would be a riddle
PATIENCE = 60.0  # seconds for a slow computer to start the server
GRACE = 5.0  # seconds for the server to end by itself


def port_number(text: str) -> int:
    """Return a port from the command line.

    Raises:
        argparse.ArgumentTypeError: it is none.
    """
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"'{text}' is no port; use a number from 1 to 65535")
    return int(text)


def free_port(first: int) -> int:
    """Return the first port from `first` on that nobody uses on this computer.

    Raises:
        PlaygroundError: a hundred of them are in use.
    """
    last = min(first + TRIED, 65535)
    for port in range(first, last + 1):
        if is_free(port):
            return port
    raise PlaygroundError(f"The ports {first} to {last} are all in use. Choose another: --port N.")


def is_free(port: int) -> bool:
    """Return whether a server could have the port, and a browser would find that server there."""
    try:
        # Whoever answers has it, even if this system would let two servers share it.
        socket.create_connection(("localhost", port), timeout=1).close()
    except OSError:
        pass
    else:
        return False
    with socket.socket() as listener:
        if os.name == "posix":
            # A server that just ended leaves the port busy for a minute, for strangers only.
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def serve(python: Path, port: int, *, open_browser: bool) -> int:
    """Run the app until somebody ends it; return the exit code."""
    address = f"http://localhost:{port}"
    command = [str(python), "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    process = subprocess.Popen(command, cwd=ROOT, env=calm_environment())
    try:
        if not wait_until_ready(process, port):
            if process.poll() is None:
                raise PlaygroundError(f"The server did not answer within {PATIENCE:.0f} seconds.")
            return process.returncode or 1
        print(f"The Embedding Playground is open at {address} (Ctrl-C ends it).", flush=True)
        if open_browser:
            # In a thread: some systems keep the call until the browser is closed.
            threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
        return process.wait()
    except KeyboardInterrupt:
        print("\nThe Embedding Playground has ended.")
        return 0
    finally:
        end(process)


def wait_until_ready(process: subprocess.Popen[bytes], port: int) -> bool:
    """Wait for the server's health page; return False if it ended, or `PATIENCE` did."""
    give_up = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < give_up:
        if is_healthy(port):
            return True
        time.sleep(0.05)
    return False


def is_healthy(port: int) -> bool:
    """Return whether the server on this port says that it is well."""
    # Not urllib: a proxy from the environment would be asked for this very computer.
    connection = http.client.HTTPConnection("localhost", port, timeout=2)
    try:
        connection.request("GET", "/_stcore/health")
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def end(process: subprocess.Popen[bytes]) -> None:
    """End the server, gently if it lets us."""
    try:
        if process.poll() is None:
            process.terminate()
            process.wait(GRACE)
    except (KeyboardInterrupt, subprocess.TimeoutExpired):
        process.kill()
        process.wait()
