import pytest
import torch

from core.device import DEVICE_VARIABLE, device
from core.errors import InputError


@pytest.fixture(autouse=True)
def _not_chosen_yet() -> None:
    device.cache_clear()


def test_cpu_is_always_available(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(DEVICE_VARIABLE, "cpu")
    assert device() == torch.device("cpu")


def test_it_is_chosen_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(DEVICE_VARIABLE, raising=False)
    first = device()
    monkeypatch.setenv(DEVICE_VARIABLE, "nonsense")
    assert device() is first


@pytest.mark.parametrize(
    ("cuda", "mps", "expected"), [(1, 0, "cuda"), (1, 1, "cuda"), (0, 1, "cpu"), (0, 0, "cpu")]
)
def test_cuda_is_the_default_and_mps_is_not(
    monkeypatch: pytest.MonkeyPatch, cuda: int, mps: int, expected: str
) -> None:
    monkeypatch.delenv(DEVICE_VARIABLE, raising=False)
    monkeypatch.setattr(torch.cuda, "is_available", lambda: bool(cuda))
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: bool(mps))
    assert device().type == expected


def test_mps_is_used_when_the_variable_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: True)
    monkeypatch.setenv(DEVICE_VARIABLE, "mps")
    assert device().type == "mps"


def test_a_device_that_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: False)
    monkeypatch.setenv(DEVICE_VARIABLE, "cuda")
    with pytest.raises(InputError, match="'cuda', which is not on this computer. Use cpu"):
        device()


def test_an_unknown_device(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(DEVICE_VARIABLE, "abacus")
    with pytest.raises(InputError, match="'abacus', which is not a device. Use .*cpu"):
        device()


@pytest.mark.gpu
def test_a_gpu_computes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(DEVICE_VARIABLE, raising=False)
    if device().type == "cpu":
        pytest.skip("no CUDA")
    assert torch.ones(3, device=device()).sum().item() == 3
