import argparse
import json
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

import run
from core.errors import FetchError, PlaygroundError
from core.formats.vector_file import Choices, choices_from
from core.pip import run_pip, why
from launch import chromium, environment, server
from launch.environment import prepare, read_stamp, requirements, wanted_stamp
from tests.bounds import MAX_SECONDS

ROOT = Path(__file__).resolve().parent.parent

PYPROJECT = """
[project]
dependencies = ["numpy>=2"]
[project.optional-dependencies]
test = ["pytest>=9"]
"""


# The environment


class Recorder:
    """Stands for venv and pip, and writes down what they were asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.breaks = False

    def make(self, venv: Path) -> None:
        self.asked.append("make")
        shutil.rmtree(venv, ignore_errors=True)
        python = environment.python_of(venv)
        python.parent.mkdir(parents=True)
        python.touch()

    def install(self, python: Path, constraints: Path, wanted: tuple[str, ...]) -> None:
        self.asked.append("install " + " ".join(wanted))
        if self.breaks:
            raise FetchError("pip could not reach its package index.")


@pytest.fixture
def recorder(monkeypatch: pytest.MonkeyPatch) -> Recorder:
    recorder = Recorder()
    monkeypatch.setattr(environment, "_make", recorder.make)
    monkeypatch.setattr(environment, "_install", recorder.install)
    return recorder


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "pyproject.toml").write_text(PYPROJECT)
    (tmp_path / "constraints.txt").write_text("numpy==2.4.6\n")
    return tmp_path


def test_the_first_start_installs_and_the_second_does_not(
    project: Path, recorder: Recorder
) -> None:
    python = prepare(root=project)
    assert python.exists()
    assert recorder.asked == ["make", "install numpy>=2"]
    prepare(root=project)
    assert len(recorder.asked) == 2


def test_the_age_of_files_does_not_matter(project: Path, recorder: Recorder) -> None:
    prepare(root=project)
    for name in ("pyproject.toml", "constraints.txt"):
        os.utime(project / name, (time.time() + 3600, time.time() + 3600))
    prepare(root=project)
    assert len(recorder.asked) == 2


def test_test_tools_are_added_and_then_kept(project: Path, recorder: Recorder) -> None:
    prepare(root=project)
    prepare("test", root=project)
    assert recorder.asked[2:] == ["install numpy>=2 pytest>=9"]
    prepare(root=project)
    prepare("test", root=project)
    assert len(recorder.asked) == 3


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [("constraints.txt", "2.4.6", "2.4.7"), ("pyproject.toml", "numpy>=2", "numpy>=2.1")],
)
def test_a_change_is_installed_without_starting_over(
    project: Path, recorder: Recorder, file: str, old: str, new: str
) -> None:
    prepare(root=project)
    (project / file).write_text((project / file).read_text().replace(old, new))
    prepare(root=project)
    assert len(recorder.asked) == 3
    assert recorder.asked[2].startswith("install")


@pytest.mark.parametrize("before", [[], ["fine"]])
def test_an_interrupted_installation_starts_over(
    project: Path, recorder: Recorder, before: list[str]
) -> None:
    if before:
        prepare(root=project)
        (project / "constraints.txt").write_text("numpy==2.4.7\n")
    recorder.breaks = True
    with pytest.raises(PlaygroundError, match="set-up did not finish. pip could not reach"):
        prepare(root=project)
    assert read_stamp(project / ".venv") is None
    recorder.breaks = False
    recorder.asked.clear()
    prepare(root=project)
    assert recorder.asked == ["make", "install numpy>=2"]


def test_another_python_starts_over(project: Path, recorder: Recorder) -> None:
    prepare(root=project)
    stamp = environment.stamp_of(project / ".venv")
    stamp.write_text(json.dumps({**json.loads(stamp.read_text()), "python": "cpython 3.10"}))
    prepare(root=project)
    assert recorder.asked[2:] == ["make", "install numpy>=2"]


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"python": "cpython 3.11"}'])
def test_a_stamp_that_cannot_be_read_is_none(project: Path, recorder: Recorder, text: str) -> None:
    prepare(root=project)
    environment.stamp_of(project / ".venv").write_text(text)
    prepare(root=project)
    assert recorder.asked[2:] == ["make", "install numpy>=2"]


def test_the_project_is_read(project: Path) -> None:
    assert requirements(project / "pyproject.toml", ("test",)) == ("numpy>=2", "pytest>=9")
    assert wanted_stamp(project).python == f"cpython 3.{sys.version_info.minor}"


def test_everything_that_is_asked_for_is_pinned() -> None:
    from packaging.requirements import Requirement

    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = dict(line.lower().split("==") for line in lines if not line.startswith("#"))
    for text in requirements(ROOT / "pyproject.toml", ("test",)):
        wanted = Requirement(text)
        assert wanted.specifier.contains(pins[wanted.name.lower()]), text
    assert "pip" in pins
    assert not [version for version in pins.values() if "+" in version]


def test_a_real_environment_is_made(tmp_path: Path) -> None:
    (tmp_path / ".venv").mkdir()
    (tmp_path / ".venv" / "leftover").touch()
    environment._make(tmp_path / ".venv")
    python = environment.python_of(tmp_path / ".venv")
    assert not (tmp_path / ".venv" / "leftover").exists()
    lines: list[str] = []
    run_pip(python, ["--version"], lines.append)
    assert lines[0].startswith("pip ")


@pytest.mark.parametrize(
    ("said", "advice"),
    [
        ("The virtual environment was not created because ensurepip is not available.", "apt"),
        ("No module named venv", "apt"),
        ("Permission denied", "not allowed to write"),
    ],
)
def test_a_python_without_venv(
    said: str, advice: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake = tmp_path / "python"
    fake.write_text(f"#!/bin/sh\necho '{said}' >&2\nexit 1\n")
    fake.chmod(0o755)
    if os.name != "posix":
        pytest.skip("needs a shell script as Python")
    monkeypatch.setattr(sys, "executable", str(fake))
    with pytest.raises(PlaygroundError, match=advice):
        environment._make(tmp_path / ".venv")


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("  Downloading torch-2.13.0-cp311-cp311-win_amd64.whl (190.3 MB)", "  torch, 190 MB\n"),
        ("Downloading scikit_learn-1.9.1-cp311-none-any.whl (11.6 MB)", "  scikit_learn, 12 MB\n"),
        ("Downloading h11-0.16.0-py3-none-any.whl (37 kB)", ""),
        ("Downloading idna-3.20-py3-none-any.whl (0.1 MB)", ""),
        ("Installing collected packages: a, b", "  unpacking\n"),
        ("WARNING: Retrying (Retry(total=4", "  the package index does not answer; retrying\n"),
    ],
)
def test_what_pip_says_is_cut_short(
    line: str, shown: str, capsys: pytest.CaptureFixture[str]
) -> None:
    environment.show(line)
    assert capsys.readouterr().out == shown


# pip


@pytest.mark.parametrize(
    ("said", "advice"),
    [
        (
            """WARNING: Retrying (Retry(total=0)) after connection broken by 'NewConnectionError'
ERROR: Could not find a version that satisfies the requirement numpy
ERROR: No matching distribution found for numpy""",
            "could not reach",
        ),
        ("ERROR: No matching distribution found for numpy", "does not have what is needed"),
        ("ERROR: Could not install: [Errno 28] No space left on device", "disk is full"),
        ("error: incomplete-download", "A download was interrupted"),
        ("/usr/bin/python3: No module named pip", "has no pip"),
        ("ERROR: ResolutionImpossible: for help visit", "versions conflict"),
        ("ERROR: [Errno 13] Permission denied: '/x'", "not allowed"),
        ("something\nERROR: entirely new\nhint: no", "pip said: entirely new"),
        ("× strange\nhint: no", "pip said: strange"),
        ("", "pip said: nothing"),
    ],
)
def test_why_pip_failed(said: str, advice: str) -> None:
    assert advice in why(said.splitlines())


def test_no_interpreter(tmp_path: Path) -> None:
    with pytest.raises(FetchError, match="could not be started"):
        run_pip(tmp_path / "python", ["--version"])


# The server


def test_a_port_in_use_is_passed_over() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        assert not server.is_free(port)
        assert server.free_port(port) > port
    assert server.is_free(port)


def test_a_port_in_use_on_ipv6_is_passed_over() -> None:
    if "::1" not in {entry[4][0] for entry in socket.getaddrinfo("localhost", None)}:
        pytest.skip("localhost has no IPv6 address on this computer")
    with socket.create_server(("::1", 0), family=socket.AF_INET6) as listener:
        assert not server.is_free(listener.getsockname()[1])


def test_no_port_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "is_free", lambda port, address: False)
    with pytest.raises(PlaygroundError, match="ports 65500 to 65535 are all in use"):
        server.free_port(65500)


@pytest.mark.parametrize("text", ["0", "65536", "-1", "8501.0", "http", "", "²"])
def test_no_such_port(text: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError, match="is not a port"):
        server.port_number(text)


class Health(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200 if self.path == "/_stcore/health" else 404)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


def test_health_is_asked_past_any_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    with HTTPServer(("127.0.0.1", 0), Health) as answering:
        threading.Thread(target=answering.serve_forever).start()
        assert server.is_healthy(answering.server_port)
        answering.shutdown()
    assert not server.is_healthy(answering.server_port)


@pytest.mark.skipif(sys.platform == "darwin", reason="macOS has 127.0.0.1 only")
def test_a_server_at_another_address_is_found_there() -> None:
    address = server.Address("127.0.0.2", "class")

    class Moved(Health):
        def do_GET(self) -> None:
            self.send_response(200 if self.path == "/class/_stcore/health" else 404)
            self.end_headers()

    with HTTPServer((address.host, 0), Moved) as answering:
        port = answering.server_port
        threading.Thread(target=answering.serve_forever).start()
        assert server.is_healthy(port, address)
        assert not server.is_healthy(port)
        assert not server.is_free(port, address)
        answering.shutdown()


@pytest.mark.parametrize(
    ("host", "path", "url"),
    [
        ("localhost", "", "http://localhost:8501"),
        ("127.0.0.2", "", "http://127.0.0.2:8501"),
        ("0.0.0.0", "class", "http://localhost:8501/class"),
        ("::1", "", "http://[::1]:8501"),
    ],
)
def test_the_url_for_a_browser(host: str, path: str, url: str) -> None:
    assert server.Address(host, path).url(8501) == url


@pytest.fixture
def streamlit_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv(server.ADDRESS_VARIABLE, raising=False)
    monkeypatch.delenv(server.PATH_VARIABLE, raising=False)
    (tmp_path / ".streamlit").mkdir()
    (tmp_path / ".streamlit" / "config.toml").write_text(
        '[server]\naddress = "127.0.0.1"\nbaseUrlPath = "/class/"\n'
    )
    return tmp_path


def test_the_address_is_the_one_streamlit_takes(
    streamlit_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert server.configured_address(streamlit_folder) == server.Address("127.0.0.1", "class")
    monkeypatch.setenv(server.ADDRESS_VARIABLE, "0.0.0.0")
    monkeypatch.setenv(server.PATH_VARIABLE, "other")
    assert server.configured_address(streamlit_folder) == server.Address("0.0.0.0", "other")


@pytest.mark.parametrize("host", ["no.such.name.invalid", "192.0.2.1", "not a name"])
def test_an_address_of_no_use_is_an_error(
    streamlit_folder: Path, monkeypatch: pytest.MonkeyPatch, host: str
) -> None:
    monkeypatch.setenv(server.ADDRESS_VARIABLE, host)
    with pytest.raises(PlaygroundError, match=server.ADDRESS_VARIABLE):
        server.configured_address(streamlit_folder)


def test_help_names_the_options_of_the_app(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        run.parse(["--help"])
    shown = capsys.readouterr().out
    options = ["--port", "--no-browser", "--model", "--vectors", "--texts"]
    assert [option for option in options if option not in shown] == []
    assert server.ADDRESS_VARIABLE in shown


def test_a_server_that_ends_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    code = "input(); raise SystemExit(3)"
    process = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE)
    looks: list[int] = []

    def look(port: int, _: server.Address) -> bool:
        """End the server while it is waited for."""
        looks.append(port)
        process.communicate(b"\n", timeout=MAX_SECONDS)
        return False

    monkeypatch.setattr(server, "is_healthy", look)
    assert not server.wait_until_ready(process, 8900)
    assert looks == [8900]
    assert process.returncode == 3


def test_a_server_that_will_not_end_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "END_SECONDS", 0.0)
    code = """
import signal, sys
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("deaf", flush=True)
sys.stdin.read()
"""
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        server.end(process)
        assert process.returncode is not None
        if os.name == "posix":
            assert process.returncode == -signal.SIGKILL


# The browser for the tests


def test_a_browser_that_is_named_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mine").touch()
    monkeypatch.setenv(chromium.VARIABLE, str(tmp_path / "mine"))
    assert chromium.find(Path(sys.executable)) == tmp_path / "mine"
    monkeypatch.setenv(chromium.VARIABLE, str(tmp_path / "nobody's"))
    assert chromium.find(Path(sys.executable)) is None
    assert chromium.install(Path(sys.executable)) is None


@pytest.mark.skipif(os.name != "posix", reason="asks for processes the POSIX way")
def test_an_installation_that_hangs_is_ended_with_its_children(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.mkfifo(tmp_path / "pipe")
    pipe = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)

    def read() -> bytes:
        """Return what the child writes; at the end of all who may write, nothing."""
        assert select.select([pipe], [], [], MAX_SECONDS)[0], "the child lives on"
        return os.read(pipe, 9)

    class Hanging(subprocess.Popen[bytes]):
        def wait(self, timeout: float | None = None) -> int:
            if timeout is not None:
                assert read() == b"begun"
                raise subprocess.TimeoutExpired(self.args, timeout)
            return super().wait()

    monkeypatch.setattr(subprocess, "Popen", Hanging)
    path = str(tmp_path / "pipe")
    child = f"import signal; pipe = open({path!r}, 'wb', 0); pipe.write(b'begun'); signal.pause()"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    assert not chromium._run([sys.executable, "-c", parent], 120)
    assert read() == b""
    os.close(pipe)


# The command line


def test_commands() -> None:
    assert run.parse([])[0].command == "app"
    options, _ = run.parse(["--port", "8600", "--no-browser"])
    assert (options.command, options.port, options.browser) == ("app", 8600, False)
    options, rest = run.parse(["test", "-k", "a or b", "tests/core", "--port", "1", "-x"])
    assert options.command == "test"
    assert rest == ["-k", "a or b", "tests/core", "--port", "1", "-x"]
    assert run.parse(["bench", "neighbors"])[0].name == "neighbors"


@pytest.mark.parametrize("words", [["--prot", "1"], ["check", "core"], ["app", "--x"]])
def test_unknown_arguments_are_refused(words: list[str]) -> None:
    with pytest.raises(SystemExit):
        run.parse(words)


def test_an_unknown_benchmark(capsys: pytest.CaptureFixture[str]) -> None:
    assert run.main(["bench", "nothing"]) == 1
    assert "There is no benchmark 'nothing'" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words",
    [("--vectors", "none.safetensors"), ("none.vec",), ("--texts", "no_such_folder"), ("chekc",)],
)
def test_what_is_named_has_to_be_there(
    words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run.main(words) == 1
    told = capsys.readouterr().err
    assert words[-1] in told
    assert ("check" in told) == (words[0] != "--texts")  # it may be a mistyped command


def test_files_and_what_is_chosen_about_them_are_passed_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = [tmp_path / "a.csv", tmp_path / "b.vec"]
    for path in files:
        path.write_text("king 1 2")
    monkeypatch.setattr(run, "prepare", lambda *extras: Path(sys.executable))
    monkeypatch.setattr(run, "fetch_models", lambda python: 0)
    monkeypatch.setattr(run, "tool", lambda *_, **__: 0)
    monkeypatch.setattr(server, "serve", lambda *_, **__: 0)
    for variable in (run.OWN_VECTORS, run.OWN_CHOICES):
        monkeypatch.setenv(variable, "")
    words = [*map(str, files), "--text", "name", "--limit", "5", "--labels", "words.txt"]
    assert run.main(words) == 0
    assert os.environ[run.OWN_VECTORS].split(os.pathsep) == list(map(str, files))
    labels = Path("words.txt").absolute()
    assert choices_from(os.environ[run.OWN_CHOICES]) == Choices(text="name", limit=5, labels=labels)


def test_vectors_are_read_before_the_server_starts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "mine.vec"
    path.write_bytes(b"%PDF")
    ran: list[tuple[str, ...]] = []

    def tool(python: Path, *arguments: str, **_: object) -> int:
        ran.append(arguments)
        return int("core.formats" in arguments)

    monkeypatch.setattr(run, "prepare", lambda *extras: Path(sys.executable))
    monkeypatch.setattr(run, "tool", tool)
    monkeypatch.setattr(server, "serve", lambda *_, **__: pytest.fail("the server was started"))
    assert run.main(["--vectors", str(path)]) == 1
    assert ran[-1] == ("core.formats", str(path))


@pytest.mark.parametrize(("ci", "code"), [("true", 1), ("", 0)])
def test_no_browser_is_said_last(
    ci: str, code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CI", ci)
    monkeypatch.setattr(run, "prepare", lambda *extras: Path(sys.executable))
    monkeypatch.setattr(run, "tool", lambda *arguments, **options: 0)
    monkeypatch.setattr(chromium, "find", lambda python: None)
    monkeypatch.setattr(chromium, "install", lambda python: None)
    assert run.test([]) == code
    assert capsys.readouterr().out.splitlines()[-1].startswith("Browser tests were skipped")


def test_an_old_python_is_told_so() -> None:
    code = "import runpy, sys; sys.version_info = (3, 10, 1, 'final', 0); runpy.run_path('run.py')"
    told = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert told.returncode == 1
    assert told.stderr.startswith("Embedding Playground needs Python 3.11 or newer; this is")
    assert "Traceback" not in told.stderr


@pytest.mark.skipif(os.name != "posix", reason="Ctrl-C is sent the POSIX way")
@pytest.mark.usefixtures("data_folder")
@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_the_second_start_fetches_nothing_and_ends_cleanly(ending: signal.Signals) -> None:
    stamp = read_stamp(ROOT / ".venv")
    if stamp is None or not stamp.serves(wanted_stamp(ROOT)):
        pytest.skip("the first start is still to come: `python run.py`")
    port = server.free_port(8800)
    process = subprocess.Popen(
        [sys.executable, "run.py", "--no-browser", "--port", str(port)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # Nothing is fetched: an attempt would fail here.
        env={**os.environ, "PIP_INDEX_URL": "http://127.0.0.1:9/", "PIP_RETRIES": "0"},
    )
    try:
        assert process.stdout is not None
        told = next(line for line in process.stdout if "open at" in line)
        assert server.is_healthy(port)
        process.send_signal(ending)
        out, err = process.communicate(timeout=MAX_SECONDS)
    finally:
        process.kill()
    assert process.returncode == (0 if ending == signal.SIGINT else 128 + signal.SIGTERM)
    assert f"http://localhost:{port}" in told
    assert "Traceback" not in out + err
    assert server.is_free(port)
