from collections.abc import Iterator

import numpy as np
import pytest
import torch

from core.geometry import byte_products
from core.geometry.byte_products import MAX_FLOAT32_WIDTH, multiply_bytes


@pytest.fixture(autouse=True)
def _measure_anew() -> Iterator[None]:
    byte_products._bytes_are_faster.cache_clear()
    yield
    byte_products._bytes_are_faster.cache_clear()


def force(monkeypatch: pytest.MonkeyPatch, *, bytes_faster: bool) -> None:
    """Let one of the two methods win the measurement."""
    slower = "_multiply_as_floats" if bytes_faster else "_multiply_as_bytes"

    def seconds(multiply: object, *_: object) -> float:
        return 2.0 if multiply is getattr(byte_products, slower) else 1.0

    monkeypatch.setattr(byte_products, "_seconds", seconds)


@pytest.mark.parametrize("bytes_faster", [True, False])
@pytest.mark.parametrize("columns", [1, 5])
@pytest.mark.parametrize("width", [64, MAX_FLOAT32_WIDTH, 2 * MAX_FLOAT32_WIDTH])
def test_both_methods_give_the_exact_product(
    bytes_faster: bool, columns: int, width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    force(monkeypatch, bytes_faster=bytes_faster)
    rng = np.random.default_rng(0)
    rows = rng.integers(-127, 128, (96, width)).astype(np.int8)
    by = rng.integers(-63, 64, (width, columns)).astype(np.int8)
    rows[:2], by[:, 0] = [[127], [-127]], 63  # the largest sums that a scan can ask for
    product = multiply_bytes(torch.from_numpy(rows), torch.from_numpy(by))
    assert product.is_floating_point() != bytes_faster
    assert product.tolist() == (rows.astype(int) @ by.astype(int)).tolist()


@pytest.mark.parametrize("columns", [1, 5])
def test_floats_are_used_without_the_private_function(
    columns: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(torch, "_int_mm")
    rows = torch.full((3, 64), 127, dtype=torch.int8)
    by = torch.full((64, columns), -63, dtype=torch.int8)
    assert multiply_bytes(rows, by).tolist() == [[-127 * 63 * 64] * columns] * 3


def test_the_faster_method_is_measured_once(monkeypatch: pytest.MonkeyPatch) -> None:
    measured = []

    def seconds(multiply: object, *_: object) -> float:
        measured.append(multiply)
        return 1.0

    monkeypatch.setattr(byte_products, "_seconds", seconds)
    rows, by = torch.ones(3, 64, dtype=torch.int8), torch.ones(64, 2, dtype=torch.int8)
    for _ in range(3):
        multiply_bytes(rows, by)
    assert len(measured) == 2
