"""Set up and run the Embedding Playground.

    python run.py               open the app (the same as `python run.py app`)
                  FILE...       with word vectors of your own; every page opens with the first
                  --model NAME  with a language model of your own: a folder, or a name on the
                                Hugging Face hub
                  --texts FOLDER  with texts that visitors may train on
    python run.py test [...]    run the tests in three processes; what follows is handed
                                to pytest instead
    python run.py check         check style, types and layers
    python run.py bench [NAME]  compare the speed with other libraries

Everything it needs is installed into .venv beside this file at the first start, and again when
pyproject.toml or constraints.txt change. After that it starts without the network.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036
    # Before the other imports, which need a newer Python.
    sys.exit(
        "Embedding Playground needs Python 3.11 or newer; this is Python {}.{}. Install a newer "
        "one and start run.py with it, for example `python3.13 run.py`.".format(*sys.version_info)
    )

import argparse
import json
import os
import signal
import subprocess
from collections.abc import Sequence
from pathlib import Path

from core.errors import PlaygroundError
from launch import chromium, server
from launch.environment import ROOT, calm_environment, prepare

MODELS = ("glove-6b-50d", "all-minilm-l6-v2", "smollm2-135m-instruct")  # used by the pages
OWN_MODELS = "EMBEDDING_PLAYGROUND_MODELS"  # variables that pass options on to the server
OWN_VECTORS = "EMBEDDING_PLAYGROUND_VECTORS"
OWN_CHOICES = "EMBEDDING_PLAYGROUND_CHOICES"
OWN_TEXTS = "EMBEDDING_PLAYGROUND_TEXTS"
FOR_A_CLASS = """\
To let other computers open the app, set STREAMLIT_SERVER_ADDRESS=0.0.0.0 before the start.
"""
CHOICES = {  # of the columns and rows of files with vectors
    "text": ("COLUMN", "the column with the words or texts"),
    "vector": ("COLUMN", "the column with the vectors, or FIRST:LAST"),
    "x": ("COLUMN", "the column with the horizontal coordinates of a map that came with the data"),
    "y": ("COLUMN", "the column with the vertical ones"),
    "labels": ("FILE", "the words of a matrix, one on each line"),
    "member": ("NAME", "the file in an archive, or the matrix of several; FILE/MATRIX for both"),
    "limit": ("N", "read the first N rows"),
}
COMMANDS = ("app", "test", "check", "bench")
TYPED = ("run.py", "app.py", "launch", "core", "viz", "pages", "benchmarks")


def main(arguments: Sequence[str]) -> int:
    """Run the command on the command line; return the exit code."""
    options, rest = parse(arguments)
    # So that the server is ended too if run.py is terminated, as with Ctrl-C.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    try:
        if options.command == "test":
            return test(rest)
        if options.command == "check":
            return check()
        if options.command == "bench":
            return bench(options.name)
        return app(options)
    except PlaygroundError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print()
        return 130


def parse(arguments: Sequence[str]) -> tuple[argparse.Namespace, list[str]]:
    """Return the options and, for `test`, the arguments of pytest."""
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(
        prog="run.py", description="The Embedding Playground.", formatter_class=raw
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    opening = commands.add_parser(
        "app", help="open the app (the default)", epilog=FOR_A_CLASS, formatter_class=raw
    )
    opening.add_argument(
        "--port", type=server.port_number, default=8501, help="default: 8501, or the next free one"
    )
    opening.add_argument(
        "--no-browser", dest="browser", action="store_false", help="do not open a browser"
    )
    opening.add_argument(
        "--model",
        action="append",
        metavar="FOLDER_OR_NAME",
        help="a further language model: a folder, or a name on the Hugging Face hub",
    )
    opening.add_argument(
        "files",
        nargs="*",
        metavar="FILE",
        type=Path,
        help="word vectors: those of `python -m core.training`, GloVe, word2vec, fastText, tables",
    )
    opening.add_argument(
        "--vectors", action="append", metavar="FILE", type=Path, help="the same, one at a time"
    )
    for name, (metavar, about) in CHOICES.items():
        opening.add_argument(
            f"--{name}", metavar=metavar, help=about, type=int if name == "limit" else str
        )
    opening.add_argument(
        "--texts", metavar="FOLDER", type=Path, help="texts that visitors may train on"
    )
    commands.add_parser("test", help="run the tests; further arguments go to pytest")
    commands.add_parser("check", help="check style, types and layers")
    bench_parser = commands.add_parser("bench", help="measure speed beside other libraries")
    bench_parser.add_argument("name", nargs="?", help="one benchmark; default: all")
    # The help shows the options of the default command.
    parser.epilog = opening.format_help()
    words = list(arguments)
    if not words or words[0] not in (*COMMANDS, "-h", "--help"):
        words.insert(0, "app")
    options, rest = parser.parse_known_args(words)
    if rest and options.command != "test":
        parser.error(f"unknown arguments: {' '.join(rest)}")
    return options, rest


def app(options: argparse.Namespace) -> int:
    """Serve the app, with the user's models, vectors and texts if given, until it is ended."""
    vectors = [*options.files, *(options.vectors or ())]
    for path in vectors:
        if not path.exists():
            raise PlaygroundError(
                f"There is no file {path}, and no command of that name. The commands are "
                f"{', '.join(COMMANDS)}."
            )
    if options.texts and not options.texts.is_dir():
        raise PlaygroundError(f"There is no folder {options.texts}. Name one for --texts.")
    address = server.configured_address()
    python = prepare()
    if fetch_models(python) != 0:
        return 1
    if options.model:
        if tool(python, "core.language", *options.model) != 0:
            return 1
        os.environ[OWN_MODELS] = os.pathsep.join(options.model)
    if vectors and read_vectors(python, vectors, options) != 0:
        return 1
    if options.texts:
        os.environ[OWN_TEXTS] = str(options.texts.absolute())
    free = server.free_port(options.port, address)
    if free != options.port:
        print(f"Port {options.port} is in use; the app takes {free}.")
    return server.serve(python, free, open_browser=options.browser, address=address)


def read_vectors(python: Path, paths: Sequence[Path], options: argparse.Namespace) -> int:
    """Read files before the server starts, so that whoever starts it sees what is wrong."""
    chosen = {name: str(getattr(options, name)) for name in CHOICES if getattr(options, name)}
    if options.labels:
        chosen["labels"] = str(Path(options.labels).absolute())
    files = [str(path.absolute()) for path in paths]
    os.environ[OWN_VECTORS] = os.pathsep.join(files)
    os.environ[OWN_CHOICES] = json.dumps(chosen)
    return tool(python, "core.formats", *files)


def test(arguments: Sequence[str]) -> int:
    """Run the tests, those in a browser included."""
    python = prepare("test")
    if fetch_models(python) != 0:
        return 1
    browser = chromium.find(python) or chromium.install(python)
    environment = dict(os.environ)
    if browser is not None:
        environment[chromium.VARIABLE] = str(browser)
    usual = ("--numprocesses=3", "--dist=worksteal", "--durations=25")
    code = tool(python, "pytest", *(arguments or usual), environment=environment)
    if browser is None:
        print(
            "Browser tests were skipped: there is no Chromium. Install one, or name it in "
            f"{chromium.VARIABLE}."
        )
        if os.environ.get("CI") == "true":
            return code or 1
    return code


def check() -> int:
    """Check style, types and layers; run all checks even if one fails."""
    python = prepare("test")
    codes = [
        tool(python, "ruff", "check", "."),
        tool(python, "ruff", "format", "--check", "."),
        tool(python, "mypy", *(name for name in TYPED if has_code(ROOT / name))),
        tool(python, "pytest", "--quiet", "tests/test_layers.py", "tests/js"),
    ]
    return 1 if any(codes) else 0


def bench(name: str | None) -> int:
    """Run one benchmark or all."""
    known = sorted(path.stem for path in (ROOT / "benchmarks").glob("[!_]*.py"))
    if name is not None and name not in known:
        raise PlaygroundError(f"There is no benchmark '{name}'. There are: {', '.join(known)}.")
    python = prepare("test")
    codes = [tool(python, f"benchmarks.{each}") for each in ([name] if name else known)]
    return 1 if any(codes) else 0


def fetch_models(python: Path) -> int:
    """Fetch the models that are not on this computer yet; return the exit code."""
    return tool(python, "core", *MODELS)


def tool(
    python: Path, module: str, *arguments: str, environment: dict[str, str] | None = None
) -> int:
    """Run `python -m module arguments` in the project's folder; return the exit code."""
    sys.stdout.flush()
    command = [str(python), "-m", module, *arguments]
    variables = calm_environment() | (environment or {})
    return subprocess.run(command, cwd=ROOT, env=variables, check=False).returncode


def has_code(path: Path) -> bool:
    """Return whether the path is a Python file, or a folder with some."""
    return path.is_file() or any(path.rglob("*.py"))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
