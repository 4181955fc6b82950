"""denoiser.onnx: tokens int64 [B, h, w], select int64 [M] -> logits float32 [M, K]."""

from pathlib import Path

import numpy as np
import torch
from onnx import TensorProto
from torch import Tensor, nn

from model.denoiser import BASE, Block, Denoiser, Neighbours

from .graph import Graph

FLOAT, INT64 = TensorProto.FLOAT, TensorProto.INT64


def export_denoiser(model: Denoiser, file: Path, bits: int | None = 7) -> None:
    """bits: of the integer weights inside the blocks; None keeps every weight float32.

    7 bits leave headroom on CPUs without VNNI, where products of u8 and s8 saturate in pairs.
    """
    g = Graph({"tokens": (INT64, ["B", "h", "w"]), "select": (INT64, ["M"])})
    width = model.embed.embedding_dim
    cos, sin = _rotary(g, model.head_width)
    store = g.half if bits else g.constant
    x = g("Gather", store(model.embed.weight), "tokens")  # [B, h, w, width]
    x = _neighbours(g, x, model.neighbours, store)
    x = g("Reshape", x, g.constant([0, -1, width]))  # [B, n, width]
    for block in model.blocks:
        x = _block(g, x, block, cos, sin, model.head_width, bits)
    chosen = g("Gather", g("Reshape", x, g.constant([-1, width])), "select")  # [M, width]
    chosen = _norm(g, chosen, model.norm)
    logits = _head(g, chosen, model.head, bits)
    g("Identity", logits, name="logits")
    g.save(file, {"logits": (FLOAT, ["M", model.head.out_features])})


def _rotary(g: Graph, head: int) -> tuple[str, str]:
    """cos and sin [h * w, head / 2] for the size of this window; see model.denoiser.rotary."""
    quarter = head // 4
    frequencies = g.constant(BASE ** (-torch.arange(quarter).float() / quarter))
    shape = g("Shape", "tokens")
    sizes = [g("Gather", shape, g.constant(np.int64(axis))) for axis in (1, 2)]
    full = g("Concat", *(g("Unsqueeze", s, g.constant([0])) for s in sizes), g.constant([quarter]), axis=0)
    angles = []
    for size, spread in zip(sizes, ([1, 2], [0, 2])):  # y varies along rows, x along columns
        index = g("Range", g.constant(np.int64(0)), size, g.constant(np.int64(1)))
        position = g("Unsqueeze", g("Cast", index, to=FLOAT), g.constant(spread))
        angles.append(g("Expand", g("Mul", position, frequencies), full))  # [h, w, quarter]
    flat = g("Reshape", g("Concat", *angles, axis=-1), g.constant([-1, 2 * quarter]))
    return g("Cos", flat), g("Sin", flat)


def _neighbours(g: Graph, x: str, layer: Neighbours, store) -> str:
    y = g("Transpose", x, perm=[0, 3, 1, 2])
    y = g("Conv", y, store(layer.first.weight), g.constant(layer.first.bias), pads=[1, 1, 1, 1])
    y = g("Gelu", y, approximate="tanh")
    y = g("Conv", y, store(layer.second.weight), g.constant(layer.second.bias), pads=[1, 1, 1, 1])
    return g("Add", x, g("Transpose", y, perm=[0, 2, 3, 1]))


def _block(g: Graph, x: str, block: Block, cos: str, sin: str, head: int, bits: int | None) -> str:
    width = block.out.out_features
    parts = g("Split", _linear(g, _norm(g, x, block.norm1), block.qkv, bits), outputs=3, axis=-1, num_outputs=3)
    q, k, v = (
        g("Transpose", g("Reshape", part, g.constant([0, 0, block.heads, head])), perm=[0, 2, 1, 3]) for part in parts
    )  # [B, heads, n, head]
    q = g("Mul", _rotate(g, q, cos, sin), g.constant(head**-0.5))
    k = g("Transpose", _rotate(g, k, cos, sin), perm=[0, 1, 3, 2])
    mixed = g("MatMul", g("Softmax", g("MatMul", q, k), axis=-1), v)
    mixed = g("Reshape", g("Transpose", mixed, perm=[0, 2, 1, 3]), g.constant([0, 0, width]))
    x = g("Add", x, _linear(g, mixed, block.out, bits))
    up = g("Gelu", _linear(g, _norm(g, x, block.norm2), block.up, bits), approximate="tanh")
    return g("Add", x, _linear(g, up, block.down, bits))


def _rotate(g: Graph, x: str, cos: str, sin: str) -> str:
    a, b = g("Split", x, outputs=2, axis=-1, num_outputs=2)
    return g("Concat", g("Sub", g("Mul", a, cos), g("Mul", b, sin)), g("Add", g("Mul", a, sin), g("Mul", b, cos)), axis=-1)


def _norm(g: Graph, x: str, norm: nn.LayerNorm) -> str:
    return g("LayerNormalization", x, g.constant(norm.weight), g.constant(norm.bias), axis=-1, epsilon=norm.eps)


def _head(g: Graph, x: str, layer: nn.Linear, bits: int | None) -> str:
    """Logits are what the sampler sees, so the head keeps float precision; it is 4 % of the weights."""
    weight = layer.weight.t().contiguous()
    return g("Add", g("MatMul", x, g.half(weight) if bits else g.constant(weight)), g.constant(layer.bias))


def _linear(g: Graph, x: str, layer: nn.Linear, bits: int | None) -> str:
    """x W + b. With integers: inputs quantised per call to u8, weights per column to symmetric s8."""
    if bits is None:
        return g("Add", g("MatMul", x, g.constant(layer.weight.t().contiguous())), g.constant(layer.bias))
    integers, scales = quantise(layer.weight, bits)
    values, scale, zero = g("DynamicQuantizeLinear", x, outputs=3)
    product = g("Cast", g("MatMulInteger", values, g.constant(integers), zero), to=FLOAT)
    return g("Add", g("Mul", product, g("Mul", scale, g.constant(scales))), g.constant(layer.bias))


def quantise(weight: Tensor, bits: int) -> tuple[np.ndarray, np.ndarray]:
    """[out, in] -> int8 [in, out] and float32 scales [out]."""
    columns = weight.detach().float().t().numpy()
    largest = 2 ** (bits - 1) - 1
    scales = np.maximum(np.abs(columns).max(axis=0), 1e-8) / largest
    return np.clip(np.round(columns / scales), -largest, largest).astype(np.int8), scales.astype(np.float32)
