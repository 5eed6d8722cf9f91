"""Linear layers whose weights are kept in the block layout of oneDNN, and in no other.

Writing text token by token multiplies all weights with a few rows at a time, and torch's general
matrix product is slow for few rows. oneDNN, which comes with torch, multiplies faster with weights
that it has laid out in blocks on some processors: 1.8 times for one row and 2.8 times for four rows
on one computer with AVX-512. On another, SmolLM2's layers take .5 to 1.8 times as long for one row,
by their shape, and .8 to 1.04 times for 32 rows. Results are equal up to rounding. `torch.compile`
does the same when it freezes a model, but needs a C++ compiler.

An output layer that is tied to the embedding stays as it is: it would be in memory twice, and for
the one row that writing needs, torch multiplied it faster (8 ms against 16 for 49,152 tokens).

The two operations are private in torch. Where one is missing or fails, layers stay as they are.
"""

import torch

OPERATIONS = torch.ops.mkldnn
PACKED_ROWS = 4  # the number of rows that the layout is made for


class PackedLinear(torch.nn.Module):
    """A linear layer on a processor, for inference.

    Args:
        linear: the float32 layer to replace.
    """

    def __init__(self, linear: torch.nn.Linear) -> None:
        super().__init__()
        self.bias = linear.bias
        weight = linear.weight.detach()
        self._packed = OPERATIONS._reorder_linear_weight(weight, PACKED_ROWS)  # noqa: SLF001

    @property
    def weight(self) -> torch.Tensor:
        """A copy of the weight, (out, in)."""
        unpacked: torch.Tensor = self._packed.to_dense()
        return unpacked

    def forward(self, rows: torch.Tensor) -> torch.Tensor:
        """Return rows (..., in) times the weight, plus the bias: (..., out)."""
        product: torch.Tensor = OPERATIONS._linear_pointwise(  # noqa: SLF001
            rows, self._packed, self.bias, "none", [], ""
        )
        return product


def pack(network: torch.nn.Module) -> bool:
    """Replace the linear layers of a float32 network on a processor; return whether torch can.

    Layers that share their weight with an embedding stay as they are.
    """
    if not _can_pack():
        return False
    modules = list(network.modules())
    tied = {id(module.weight) for module in modules if isinstance(module, torch.nn.Embedding)}
    for module in modules:
        for name, child in module.named_children():
            if type(child) is torch.nn.Linear and id(child.weight) not in tied:
                setattr(module, name, PackedLinear(child))
    return True


def _can_pack() -> bool:
    """Return whether torch has both operations, and they compute what a linear layer does."""
    linear, rows = torch.nn.Linear(3, 2), torch.ones(1, 3)
    try:
        with torch.inference_mode():
            return torch.allclose(PackedLinear(linear)(rows), linear(rows), atol=1e-5)
    except (AttributeError, RuntimeError, TypeError):
        return False
