"""The house rules that can be checked by reading the code."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from graphlib import TopologicalSorter
from importlib.metadata import packages_distributions
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
# Installed because a dependency needs them.
BROUGHT_ALONG = {"huggingface-hub"}
# Files that need an extra, which is installed only for them.
EXTRAS = {"viz/notebook.py": "notebook"}
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


def imports(name: str, code: str) -> Iterator[tuple[int, str]]:
    """Yield the line and the full name of everything that a file imports."""
    package = name.removesuffix(".py").split("/")[:-1]
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join([*base, *(node.module or "").split(".")]).strip(".")
            yield node.lineno, module
            yield from ((node.lineno, f"{module}.{alias.name}") for alias in node.names)


def forbidden_imports(name: str, code: str) -> list[str]:
    layer = name.split("/", maxsplit=1)[0].removesuffix(".py")
    if layer == "tests":
        return []
    faults = []
    for line, imported in imports(name, code):
        top, *below = imported.split(".")
        at = f"{name}:{line}: {imported}"
        if top in OURS and top not in ALLOWED[layer]:
            faults.append(f"{at} is not for {layer}")
        if top == "plotly" and layer not in ("viz", "pages", "benchmarks"):
            faults.append(f"{at} is not for {layer}")
        if top == "streamlit" and not name.startswith(STREAMLIT):
            faults.append(f"{at} is not for {layer}")
        if name.startswith(BEFORE_INSTALLATION) and not is_there_before_installation(imported):
            faults.append(f"{at} is not installed yet")
        folder = page_folder(name)
        if folder and top == "pages" and below and below[0] not in {folder, "shared", "registry"}:
            faults.append(f"{at} is not for pages/{folder}")
    return faults


def page_folder(name: str) -> str | None:
    """Return the folder in pages/ that a file is in."""
    parts = name.split("/")
    return parts[1] if parts[0] == "pages" and len(parts) > 2 else None


def is_there_before_installation(module: str) -> bool:
    return (
        module.split(".", maxsplit=1)[0] in {"launch", *sys.stdlib_module_names}
        or ".".join(module.split(".")[:2]) in STANDARD_LIBRARY_ONLY
    )


def dangers(code: str) -> list[str]:
    """Return the calls and imports that could run code from data, with their lines."""
    return [f"{node.lineno}: {danger}" for node, danger in _dangers(ast.parse(code))]


def _dangers(tree: ast.Module) -> Iterator[tuple[ast.stmt | ast.expr, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            modules = [alias.name for alias in node.names]
            if isinstance(node, ast.ImportFrom):
                modules = [node.module or ""]
            unsafe = {"pickle", "cPickle", "dill", "cloudpickle", "shelve", "marshal"}
            yield from ((node, module) for module in modules if module.split(".")[0] in unsafe)
        if not isinstance(node, ast.Call):
            continue
        keywords = {keyword.arg: keyword.value for keyword in node.keywords}
        called = ast.unparse(node.func)
        if called in ("eval", "exec", "__import__", "os.system", "joblib.load", "pd.read_pickle"):
            yield node, called
        for keyword in ("unsafe_allow_html", "allow_pickle", "shell", "trust_remote_code"):
            value = keywords.get(keyword)
            if value is not None and ast.unparse(value) != "False":
                yield node, keyword
        if called == "torch.load" and ast.unparse(keywords.get("weights_only", node)) != "True":
            yield node, "torch.load without weights_only=True"


def test_imports_point_one_way() -> None:
    assert [fault for name, code in CODE.items() for fault in forbidden_imports(name, code)] == []


def test_what_the_app_imports_is_installed_with_it() -> None:
    # The libraries of the tests are installed here too, so an import of them would not fail.
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    installed = distributions_of(project["dependencies"])
    packages = packages_distributions()
    for name, code in CODE.items():
        if name.startswith(("tests/", "benchmarks/")):
            continue
        extra = project["optional-dependencies"].get(EXTRAS.get(name, ""), ())
        allowed = installed | BROUGHT_ALONG | distributions_of(extra)
        for line, imported in imports(name, code):
            top = imported.split(".")[0]
            if top not in sys.stdlib_module_names and top not in OURS:
                distributions = {canonical(each) for each in packages[top]}
                assert distributions & allowed, f"{name}:{line}: {imported}"


def distributions_of(requirements: Iterable[str]) -> set[str]:
    return {canonical(re.split(r"[<>=~!; \[]", line)[0]) for line in requirements}


def canonical(distribution: str) -> str:
    return re.sub(r"[-_.]+", "-", distribution).lower()


def test_the_folders_of_core_import_one_another_one_way() -> None:
    needs: dict[str, set[str]] = {}
    for name, code in CODE.items():
        if name.startswith("core/") and name != "core/__main__.py":
            own = folder_in_core(name)
            modules = {module.replace(".", "/") for _, module in imports(name, code)}
            paths = {f"{module}{end}" for module in modules for end in (".py", "/__init__.py")}
            imported = {folder_in_core(file) for file in paths & CODE.keys() if file != name}
            needs.setdefault(own, set()).update(imported - {own})
    TopologicalSorter(needs).prepare()  # raises CycleError, which names the folders


def folder_in_core(name: str) -> str:
    return name.rpartition("/")[0]


def test_files_of_pages_shared_serve_two_pages_or_more() -> None:
    assert {name: pages for name, pages in served(CODE).items() if len(pages) < 2} == {}


def served(sources: Mapping[str, str]) -> dict[str, set[str]]:
    """Return the pages that each file of pages/shared serves, by itself or through others there."""
    imported = {name: {module for _, module in imports(name, sources[name])} for name in sources}

    def pages(module: str, seen: frozenset[str]) -> set[str]:
        found: set[str] = set()
        for name in sources:
            folder = page_folder(name)
            if folder is None or module not in imported[name] or name in seen:
                continue
            if folder == "shared":
                found |= pages(name.removesuffix(".py").replace("/", "."), seen | {name})
            else:
                found.add(folder)
        return found

    return {
        name: pages(name.removesuffix(".py").replace("/", "."), frozenset({name}))
        for name in sources
        if page_folder(name) == "shared" and not name.endswith("__init__.py")
    }


def test_nothing_runs_code_from_data() -> None:
    found = [f"{name}:{danger}" for name, code in CODE.items() for danger in dangers(code)]
    assert found == []


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
        ("pages/map/page.py", "from pages.tokens.cuts import show"),
        ("pages/shared/tables.py", "from pages.tokens import cuts"),
    ],
)
def test_a_forbidden_import_is_found(name: str, code: str) -> None:
    assert forbidden_imports(name, code) != []


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("viz/components/word_map/a.py", "import streamlit"),
        ("pages/map.py", "from core.catalog import load\nfrom viz import map\nimport plotly"),
        ("core/geometry/a.py", "from . import neighbors\nfrom ..errors import InputError"),
        ("run.py", "from core.errors import PlaygroundError\nfrom launch import server"),
        ("pages/map/page.py", "from pages import registry\nfrom pages.shared.tables import shown"),
        ("pages/map/page.py", "from pages.map.search import found\nfrom pages.map import words"),
    ],
)
def test_an_allowed_import_is_not_reported(name: str, code: str) -> None:
    assert forbidden_imports(name, code) == []


def test_pages_are_counted_through_other_shared_files() -> None:
    sources = {
        "pages/shared/inner.py": "from pages.shared import outer",
        "pages/shared/outer.py": "from pages.shared import inner",
        "pages/shared/alone.py": "",
        "pages/map/page.py": "from pages.shared.outer import show",
        "pages/map/search.py": "from pages.shared.outer import show",
        "pages/tokens/page.py": "from pages.shared import inner",
        "pages/main.py": "from pages.shared import alone",
    }
    assert served(sources) == {
        "pages/shared/inner.py": {"map", "tokens"},
        "pages/shared/outer.py": {"map", "tokens"},
        "pages/shared/alone.py": set(),
    }


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
def test_a_danger_is_found(code: str) -> None:
    assert dangers(code) != []


def test_safe_calls_are_not_reported() -> None:
    code = "np.load('x', allow_pickle=False)\ntorch.load('x', weights_only=True)\nmodel.eval()"
    assert dangers(code) == []


# Where packages come from is for pip's settings to say. (Written so that this file has none.)
INDEX_HOSTS = re.compile(
    r"\b(?:pypi\.(?:org|io)|pythonhosted\.(?:org)|download\.pytorch\.(?:org)"
    r"|conda\.anaconda\.(?:org)|registry\.npmjs\.(?:org))\b"
)
HOME_FOLDERS = re.compile(r"(?<![\w./~])/(?:root|home/\w+|Users/\w+)/")


def test_no_package_index_and_no_home_folder_is_named() -> None:
    found = [
        f"{short(path)}:{number}: {match}"
        for path in files(*TEXT)
        for number, line in enumerate(
            path.read_text(encoding="utf-8", errors="replace").splitlines(), 1
        )
        for pattern in (INDEX_HOSTS, HOME_FOLDERS)
        for match in pattern.findall(line)
    ]
    assert found == []
