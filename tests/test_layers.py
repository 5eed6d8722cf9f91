"""The house rules that can be checked by reading the code."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
OURS = ("app", "benchmarks", "core", "launch", "pages", "run", "tests", "viz")

# What each layer may import of ours, its own folder included.
ALLOWED = {
    "app": {"pages", "viz", "core"},
    "pages": {"pages", "viz", "core"},
    "viz": {"viz", "core"},
    "core": {"core"},
    "launch": {"launch", "core"},
    "run": {"launch", "core"},
    "benchmarks": {"benchmarks", "launch", "pages", "viz", "core"},
}
# What runs before anything is installed.
BEFORE_INSTALLATION = ("run.py", "launch/", "core/errors.py", "core/pip.py", "core/__init__.py")
STANDARD_LIBRARY_ONLY = {"core.errors", "core.pip"}
# Where Streamlit may be imported.
STREAMLIT = ("app.py", "pages/", "viz/components/", "benchmarks/")
SKIPPED = {".git", ".venv", "__pycache__", ".hypothesis", ".mypy_cache", ".pytest_cache"}
TEXT = {".py", ".js", ".css", ".md", ".toml", ".txt", ".json", ".yml", ".yaml", ".cfg", ".html", ""}


def files(*suffixes: str) -> list[Path]:
    return [
        path
        for path in sorted(ROOT.rglob("*"))
        if path.is_file()
        and path.suffix in suffixes
        and not SKIPPED.intersection(path.relative_to(ROOT).parts)
    ]


def short(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


CODE = {short(path): path.read_text(encoding="utf-8") for path in files(".py")}


def imports(name: str, code: str) -> Iterator[str]:
    """Yield the full names of what a file imports."""
    package = name.removesuffix(".py").split("/")[:-1]
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join([*base, *(node.module or "").split(".")]).strip(".")
            yield module
            yield from (f"{module}.{alias.name}" for alias in node.names)


def layering_faults(name: str, code: str) -> list[str]:
    layer = name.split("/", maxsplit=1)[0].removesuffix(".py")
    if layer == "tests":
        return []
    faults = []
    for imported in imports(name, code):
        top = imported.split(".")[0]
        if top in OURS and top not in ALLOWED[layer]:
            faults.append(f"{layer} must not know {top}")
        if top == "plotly" and layer not in ("viz", "pages", "benchmarks"):
            faults.append(f"{layer} must not know plotly")
        if top == "streamlit" and not name.startswith(STREAMLIT):
            faults.append(f"{layer} must not know streamlit")
        if name.startswith(BEFORE_INSTALLATION) and not is_there_before_installation(imported):
            faults.append(f"{imported} is not there before the installation")
    return faults


def is_there_before_installation(module: str) -> bool:
    return (
        module.split(".", maxsplit=1)[0] in {"launch", *sys.stdlib_module_names}
        or ".".join(module.split(".")[:2]) in STANDARD_LIBRARY_ONLY
    )


def dangers(code: str) -> list[str]:
    """Return the calls and imports that could run what somebody else wrote."""
    found = []
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import | ast.ImportFrom):
            modules = [alias.name for alias in node.names]
            if isinstance(node, ast.ImportFrom):
                modules = [node.module or ""]
            unsafe = {"pickle", "cPickle", "dill", "cloudpickle", "shelve", "marshal"}
            found += [module for module in modules if module.split(".")[0] in unsafe]
        if not isinstance(node, ast.Call):
            continue
        keywords = {keyword.arg: keyword.value for keyword in node.keywords}
        called = ast.unparse(node.func)
        if called in ("eval", "exec", "__import__", "os.system", "joblib.load", "pd.read_pickle"):
            found.append(called)
        for keyword in ("unsafe_allow_html", "allow_pickle", "shell", "trust_remote_code"):
            value = keywords.get(keyword)
            if value is not None and ast.unparse(value) != "False":
                found.append(keyword)
        if called == "torch.load" and ast.unparse(keywords.get("weights_only", node)) != "True":
            found.append("torch.load without weights_only=True")
    return found


@pytest.mark.parametrize("name", CODE)
def test_imports_point_one_way(name: str) -> None:
    assert layering_faults(name, CODE[name]) == []


@pytest.mark.parametrize("name", CODE)
def test_nothing_runs_what_others_wrote(name: str) -> None:
    assert dangers(CODE[name]) == []


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("core/a.py", "import streamlit as st"),
        ("core/a.py", "from plotly import graph_objects"),
        ("core/geometry/a.py", "from viz.geometry.map import figure"),
        ("core/geometry/a.py", "from ...viz import map"),
        ("core/a.py", "def f():\n    import pages.shared.page_frame"),
        ("viz/map.py", "import streamlit"),
        ("viz/map.py", "from pages import map"),
        ("pages/map.py", "import app"),
        ("launch/a.py", "import numpy"),
        ("launch/a.py", "from core import catalog"),
        ("launch/a.py", "from core.catalog import load"),
        ("run.py", "import core.catalog"),
        ("core/pip.py", "import filelock"),
    ],
)
def test_a_wrong_import_is_seen(name: str, code: str) -> None:
    assert layering_faults(name, code) != []


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("viz/components/word_map/a.py", "import streamlit"),
        ("pages/map.py", "from core.catalog import load\nfrom viz import map\nimport plotly"),
        ("core/geometry/a.py", "from . import neighbors\nfrom ..errors import InputError"),
        ("run.py", "from core.errors import PlaygroundError\nfrom launch import server"),
    ],
)
def test_a_right_import_is_let_be(name: str, code: str) -> None:
    assert layering_faults(name, code) == []


@pytest.mark.parametrize(
    "code",
    [
        "eval('1')",
        "exec('1')",
        "import pickle",
        "from pickle import loads",
        "st.markdown('<b>', unsafe_allow_html=True)",
        "np.load('x', allow_pickle=True)",
        "torch.load('x')",
        "torch.load('x', weights_only=False)",
        "subprocess.run('x', shell=True)",
    ],
)
def test_a_danger_is_seen(code: str) -> None:
    assert dangers(code) != []


def test_safe_calls_are_let_be() -> None:
    code = "np.load('x', allow_pickle=False)\ntorch.load('x', weights_only=True)\nmodel.eval()"
    assert dangers(code) == []


# Where packages come from is for pip's settings to say. (Written so that this file has none.)
INDEX_HOSTS = re.compile(
    r"\b(?:pypi\.(?:org|io)|pythonhosted\.(?:org)|download\.pytorch\.(?:org)"
    r"|conda\.anaconda\.(?:org)|registry\.npmjs\.(?:org))\b"
)
HOME_FOLDERS = re.compile(r"(?<![\w./~])/(?:root|home/\w+|Users/\w+)/")


@pytest.mark.parametrize("path", files(*TEXT), ids=short)
def test_no_index_and_no_home_folder_is_written_down(path: Path) -> None:
    text = path.read_text(encoding="utf-8", errors="replace")
    assert INDEX_HOSTS.findall(text) == []
    assert HOME_FOLDERS.findall(text) == []
