"""A figure made while another thread is still importing pandas, as happens at a server's start."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

RACE = """
import sys, threading, time
from importlib.abc import MetaPathFinder

half_way, go_on = threading.Event(), threading.Event()

class Slow(MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if name == "pandas.core.api":
            half_way.set()
            go_on.wait(20)

sys.meta_path.insert(0, Slow())
threading.Thread(target=__import__, args=("pandas",)).start()
assert half_way.wait(20)
assert not hasattr(sys.modules["pandas"], "Series")  # there, but not whole
threading.Timer(1, go_on.set).start()

import numpy as np
from viz.geometry.vector_strip import strip_figure

strip_figure(["king"], np.ones((1, 2), dtype=np.float32))
"""


def test_a_figure_waits_until_pandas_is_whole() -> None:
    done = subprocess.run(
        [sys.executable, "-c", RACE], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
