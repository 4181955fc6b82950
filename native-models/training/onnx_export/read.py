"""The way back: PyTorch models from the ONNX files of a package, so that training goes on from what was shipped.

The graphs are walked in the order in which they were written. What export folded stays folded in value: the gain of
a residual block is divided out of its last convolution again, integer weights become floats (their rounding stays).
"""

from collections.abc import Iterable, Iterator
from itertools import takewhile
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import NodeProto, numpy_helper
from torch import Tensor, nn

from model.denoiser import HEAD, Denoiser
from model.tokenizer import DIM, Compensation, Decoder, Encoder, Residual, Tokenizer, depths_of

from .tokenizer import reordered


class Weights:
    """Nodes of a graph by kind, and the constants that they take."""

    def __init__(self, file: Path):
        graph = onnx.load(file).graph
        self.nodes = list(graph.node)
        self.stored = {i.name: numpy_helper.to_array(i) for i in graph.initializer}
        self.made_by = {name: node for node in self.nodes for name in node.output}
        self.used_by = {name: node for node in self.nodes for name in node.input}

    def of(self, op: str) -> list[NodeProto]:
        return [node for node in self.nodes if node.op_type == op]

    def constant(self, name: str) -> Tensor | None:
        """The float32 value of an input that is stored, also if it is stored as float16; None if it is computed."""
        made = self.made_by.get(name)
        if made is not None and made.op_type == "Cast":
            name = made.input[0]
        return torch.from_numpy(self.stored[name].astype(np.float32)) if name in self.stored else None

    def constants(self, node: NodeProto) -> list[Tensor]:
        found = [self.constant(name) for name in node.input]
        return [value for value in found if value is not None]


@torch.no_grad()
def read_tokenizer(package: Path) -> Tokenizer:
    encoder, decoder = Weights(package / "encoder.onnx"), Weights(package / "decoder.onnx")
    trunk = takewhile(lambda weight: len(weight) > DIM, (weight for weight, _ in _convolutions(encoder)))  # its end has DIM outputs
    model = Tokenizer(depths_of(trunk, Encoder.WIDTHS), depths_of((weight for weight, _ in _convolutions(decoder)), Decoder.WIDTHS))
    stored = _convolutions(encoder)
    _read_layers(stored, [*model.encoder.trunk, *model.encoder.out])
    _read_compensation(list(stored), model.compensation)
    _read_layers(_convolutions(decoder), model.decoder)
    model.codebook.vectors.copy_(decoder.constant(decoder.of("Gather")[0].input[0]))
    model.codebook.keep_as_it_is()
    return model


def _convolutions(weights: Weights) -> Iterator[list[Tensor]]:
    """Weight and bias of each convolution."""
    return iter([weights.constants(node) for node in weights.of("Conv")])


def _read_compensation(stored: list[list[Tensor]], layer: Compensation) -> None:
    """Packages before 0.6.0 have none: it stays at doing nothing."""
    if stored:
        _fill(layer.features, *stored[0])
        for at, errors in enumerate(layer.errors):  # the other two are shared by all passes
            for part, values in zip((errors, layer.mix, layer.out), stored[1 + 3 * at:]):
                _fill(part, *values)


def _read_layers(stored: Iterator[list[Tensor]], layers: Iterable[nn.Module]) -> None:
    unshuffled = 0
    for layer in layers:
        if isinstance(layer, nn.PixelUnshuffle):
            unshuffled = layer.downscale_factor
        elif isinstance(layer, nn.Conv2d):
            weight, bias = next(stored)
            _fill(layer, reordered(weight, unshuffled, back=True) if unshuffled else weight, bias)
            unshuffled = 0
        elif isinstance(layer, Residual):
            _fill(layer.spatial, *next(stored))
            weight, bias = next(stored)
            gain = layer.gain.flatten()
            _fill(layer.mix, weight / gain[:, None, None, None], bias / gain)


@torch.no_grad()
def read_denoiser(package: Path) -> Denoiser:
    weights = Weights(package / "denoiser.onnx")
    if weights.of("Conv"):
        raise SystemExit(f"{package} is older than 0.12.0 and holds convolutions, which are not read: begin with a checkpoint.")
    embedding = weights.constant(weights.of("Gather")[_first_stored(weights)].input[0])
    dense = [pair for node in weights.nodes if (pair := _dense(weights, node)) is not None]
    around, dense = dense[:2], dense[2:]  # the convolutions are products too, and come first
    model = Denoiser(layers=(len(dense) - 1) // 4, width=embedding.shape[1], heads=embedding.shape[1] // HEAD)
    model.embed.weight.copy_(embedding)
    for layer, (weight, bias) in zip((model.neighbours.first, model.neighbours.second), around, strict=True):
        _fill(layer, weight.t().unflatten(1, (3, 3, -1)).permute(0, 3, 1, 2), bias)
    norms = [norm for block in model.blocks for norm in (block.norm1, block.norm2)] + [model.norm]
    for layer, node in zip(norms, weights.of("LayerNormalization"), strict=True):
        _fill(layer, *weights.constants(node))
    layers = [layer for block in model.blocks for layer in (block.qkv, block.out, block.up, block.down)] + [model.head]
    for layer, (weight, bias) in zip(layers, dense, strict=True):
        _fill(layer, weight.t(), bias)
    return model


def _first_stored(weights: Weights) -> int:
    """Which Gather looks up the embedding: the first whose table is two-dimensional."""
    tables = [weights.constant(node.input[0]) for node in weights.of("Gather")]
    return next(i for i, table in enumerate(tables) if table is not None and table.ndim == 2)


def _dense(weights: Weights, node: NodeProto) -> tuple[Tensor, Tensor] | None:
    """Weight [in, out] and bias of a product with stored weights, float or integer; None for any other node."""
    if node.op_type == "MatMul" and (stored := weights.constant(node.input[1])) is not None:
        return stored, weights.constants(weights.used_by[node.output[0]])[0]
    if node.op_type != "MatMulInteger":
        return None
    scaled = weights.used_by[weights.used_by[node.output[0]].output[0]]  # Cast, then Mul by both scales
    scales = next(s for n in scaled.input if n in weights.made_by for s in weights.constants(weights.made_by[n]) if s.ndim == 1)
    return weights.constant(node.input[1]) * scales, weights.constants(weights.used_by[scaled.output[0]])[0]


def _fill(layer: nn.Module, weight: Tensor, bias: Tensor) -> None:
    layer.weight.copy_(weight)
    layer.bias.copy_(bias)
