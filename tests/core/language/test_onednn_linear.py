import types

import pytest
import torch

from core.language import onednn_linear
from core.language.onednn_linear import PackedLinear, pack


class Tied(torch.nn.Module):
    """An embedding and two linear layers, of which one has the embedding's weight."""

    def __init__(self) -> None:
        super().__init__()
        self.embedding = torch.nn.Embedding(7, 5)
        self.inner = torch.nn.Linear(5, 5)
        self.head = torch.nn.Linear(5, 7, bias=False)
        self.head.weight = self.embedding.weight

    def forward(self, ids: torch.Tensor) -> torch.Tensor:
        made: torch.Tensor = self.head(self.inner(self.embedding(ids)))
        return made


def test_packed_layers_compute_the_same_and_hold_no_second_weight() -> None:
    network, ids = Tied().requires_grad_(requires_grad=False), torch.tensor([[1, 2, 6]])
    before, weight = network(ids), network.inner.weight.clone()
    assert pack(network)
    assert isinstance(network.inner, PackedLinear)
    torch.testing.assert_close(network(ids), before, atol=1e-6, rtol=1e-6)
    assert [name for name, _ in network.named_parameters()] == ["embedding.weight", "inner.bias"]
    torch.testing.assert_close(network.inner.weight, weight)
    assert type(network.head) is torch.nn.Linear  # it shares its weight: nothing is there twice
    assert network.head.weight is network.embedding.weight


@pytest.mark.parametrize("missing", ["_linear_pointwise", "_reorder_linear_weight", "both"])
def test_without_an_operation_of_torch_layers_stay(
    monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    names = ("_linear_pointwise", "_reorder_linear_weight")
    there = {
        name: getattr(torch.ops.mkldnn, name) for name in names if missing not in (name, "both")
    }
    monkeypatch.setattr(onednn_linear, "OPERATIONS", types.SimpleNamespace(**there))
    network, ids = Tied(), torch.tensor([[1, 2, 6]])
    before = network(ids)
    assert not pack(network)
    assert type(network.inner) is torch.nn.Linear
    assert network(ids).equal(before)


def test_where_an_operation_fails_layers_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise RuntimeError("not on this processor")

    there = types.SimpleNamespace(_linear_pointwise=refuse, _reorder_linear_weight=refuse)
    monkeypatch.setattr(onednn_linear, "OPERATIONS", there)
    network = Tied()
    assert not pack(network)
    assert type(network.inner) is torch.nn.Linear
