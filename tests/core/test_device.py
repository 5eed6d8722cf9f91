import pytest
import torch

from core.device import DEVICE_VARIABLE, device
from core.errors import InputError


@pytest.fixture(autouse=True)
def _undecided() -> None:
    device.cache_clear()


def test_cpu_can_always_be_had(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(DEVICE_VARIABLE, "cpu")
    assert device() == torch.device("cpu")


def test_it_is_decided_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(DEVICE_VARIABLE, raising=False)
    first = device()
    monkeypatch.setenv(DEVICE_VARIABLE, "nonsense")
    assert device() is first


@pytest.mark.parametrize(("cuda", "mps", "best"), [(1, 0, "cuda"), (0, 1, "mps"), (0, 0, "cpu")])
def test_the_fastest_is_taken(
    monkeypatch: pytest.MonkeyPatch, cuda: int, mps: int, best: str
) -> None:
    monkeypatch.delenv(DEVICE_VARIABLE, raising=False)
    monkeypatch.setattr(torch.cuda, "is_available", lambda: bool(cuda))
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: bool(mps))
    assert device().type == best


def test_a_device_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: False)
    monkeypatch.setenv(DEVICE_VARIABLE, "cuda")
    with pytest.raises(InputError, match="'cuda', which is not on this computer. Use cpu"):
        device()


def test_a_device_that_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(DEVICE_VARIABLE, "abacus")
    with pytest.raises(InputError, match="'abacus', which is no device. Use .*cpu"):
        device()


@pytest.mark.gpu
def test_the_fastest_device_computes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(DEVICE_VARIABLE, raising=False)
    if device().type == "cpu":
        pytest.skip("no CUDA, no MPS")
    assert torch.ones(3, device=device()).sum().item() == 3
