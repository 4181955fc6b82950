"""denoiser.onnx: tokens int64 [B, h, w], select int64 [M] -> logits float32 [M, K]."""

from pathlib import Path

import numpy as np
import torch
from onnx import TensorProto
from torch import Tensor, nn

from model.denoiser import BASE, Block, Denoiser, Neighbours

from .graph import ORT, Graph

FLOAT, INT64 = TensorProto.FLOAT, TensorProto.INT64


def export_denoiser(model: Denoiser, file: Path, bits: int | None = 7) -> None:
    """bits: of the integer weights of convolutions and blocks; None keeps every weight float32.

    7 bits leave headroom on CPUs without VNNI, where products of u8 and s8 saturate in pairs.
    """
    g = Graph({"tokens": (INT64, ["B", "h", "w"]), "select": (INT64, ["M"])})
    width = model.embed.embedding_dim
    cos, sin = _rotary(g, model.head_width)
    store = g.half if bits else g.constant
    x = g("Gather", store(model.embed.weight), "tokens")  # [B, h, w, width]
    x = _neighbours(g, x, model.neighbours, bits)
    x = g("Reshape", x, g.constant([0, -1, width]))  # [B, n, width]
    for block in model.blocks:
        x = _block(g, x, block, cos, sin, bits)
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


def _neighbours(g: Graph, x: str, layer: Neighbours, bits: int | None) -> str:
    y = g("Gelu", _product(g, x, layer.first, bits), approximate="tanh")
    return g("Add", x, _product(g, y, layer.second, bits))


def _around(g: Graph, x: str, *zero: str) -> str:
    """[B, h, w, C] -> [B, h, w, 9 C]: the 3x3 cells around each, row by row; `zero` (0 if left out) beyond the border."""
    padded = g("Pad", x, g.constant([0, 1, 1, 0, 0, 1, 1, 0]), *zero)
    ends = [-2, -1, np.iinfo(np.int64).max]
    shifted = [
        g("Slice", padded, g.constant([row, column]), g.constant([ends[row], ends[column]]), g.constant([1, 2]))
        for row in range(3) for column in range(3)
    ]
    return g("Concat", *shifted, axis=-1)


def _block(g: Graph, x: str, block: Block, cos: str, sin: str, bits: int | None) -> str:
    """Attention and its rotation are operations of onnxruntime: attention that never holds all shares at once is quicker."""
    q, k, v = g("Split", _product(g, _norm(g, x, block.norm1), block.qkv, bits), outputs=3, axis=-1, num_outputs=3)
    first = g.constant([0])  # the position of the first token
    q, k = (
        g("RotaryEmbedding", part, first, cos, sin, domain=ORT, num_heads=block.heads, interleaved=0) for part in (q, k)
    )
    mixed = g("MultiHeadAttention", q, k, v, domain=ORT, num_heads=block.heads)  # [B, n, width]
    x = g("Add", x, _product(g, mixed, block.out, bits))
    up = g("Gelu", _product(g, _norm(g, x, block.norm2), block.up, bits), approximate="tanh")
    return g("Add", x, _product(g, up, block.down, bits))


def _norm(g: Graph, x: str, norm: nn.LayerNorm) -> str:
    return g("LayerNormalization", x, g.constant(norm.weight), g.constant(norm.bias), axis=-1, epsilon=norm.eps)


def _head(g: Graph, x: str, layer: nn.Linear, bits: int | None) -> str:
    """Logits are what the sampler sees, so the head keeps float precision; it is 4 % of the weights."""
    weight = layer.weight.t().contiguous()
    return g("Add", g("MatMul", x, g.half(weight) if bits else g.constant(weight)), g.constant(layer.bias))


def _product(g: Graph, x: str, layer: nn.Linear | nn.Conv2d, bits: int | None) -> str:
    """x W + b; a 3x3 convolution is a product with the cells around. With integers, which CPUs multiply several times as fast:
    inputs quantised per call to u8, weights per column to symmetric s8."""
    around = isinstance(layer, nn.Conv2d)
    weight = layer.weight.permute(0, 2, 3, 1).flatten(1) if around else layer.weight
    if bits is None:
        x = _around(g, x) if around else x
        return g("Add", g("MatMul", x, g.constant(weight.t().contiguous())), g.constant(layer.bias))
    integers, scales = quantise(weight, bits)
    values, scale, zero = g("DynamicQuantizeLinear", x, outputs=3)
    values = _around(g, values, zero) if around else values
    product = g("Cast", g("MatMulInteger", values, g.constant(integers), zero), to=FLOAT)
    return g("Add", g("Mul", product, g("Mul", scale, g.constant(scales))), g.constant(layer.bias))


def quantise(weight: Tensor, bits: int) -> tuple[np.ndarray, np.ndarray]:
    """[out, in] -> int8 [in, out] and float32 scales [out]."""
    columns = weight.detach().float().t().numpy()
    largest = 2 ** (bits - 1) - 1
    scales = np.maximum(np.abs(columns).max(axis=0), 1e-8) / largest
    return np.clip(np.round(columns / scales), -largest, largest).astype(np.int8), scales.astype(np.float32)
