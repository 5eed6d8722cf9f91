"""A figure made while another thread is still importing pandas, as happens at a server's start."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

RACE = """
import sys, threading
from importlib.abc import MetaPathFinder
from importlib.machinery import PathFinder

half_way, go_on = threading.Event(), threading.Event()

class Slow(MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if name != "pandas.core.api":
            return None
        spec = PathFinder.find_spec(name, path)
        execute = spec.loader.exec_module

        def exec_module(module):
            half_way.set()
            assert go_on.wait(60)
            execute(module)

        spec.loader.exec_module = exec_module
        return spec

sys.meta_path.insert(0, Slow())
threading.Thread(target=__import__, args=("pandas",), daemon=True).start()
assert half_way.wait(60)
assert not hasattr(sys.modules["pandas"], "Series")  # there, but not whole

def let_go(frame, event, argument):
    # The import may end when this thread is about to wait for it.
    if event == "call" and frame.f_code.co_name == "_lock_unlock_module":
        if frame.f_locals["name"] == "pandas":
            go_on.set()

sys.setprofile(let_go)

import numpy as np
from viz.geometry.vector_strip import strip_figure

figure = strip_figure(["king"], np.ones((1, 2), dtype=np.float32))
assert figure.data  # validated by plotly
"""


def test_a_figure_waits_until_pandas_is_whole() -> None:
    done = subprocess.run(
        [sys.executable, "-c", RACE], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
