"""encoder.onnx and decoder.onnx."""

from pathlib import Path

from onnx import TensorProto
from torch import Tensor, nn

from model.tokenizer import Residual, Tokenizer

from .graph import Graph

FLOAT, INT64 = TensorProto.FLOAT, TensorProto.INT64


def export_encoder(model: Tokenizer, file: Path) -> None:
    """image float32 [B, 3, H, W] in [-1, 1] -> ids int64 [B, h, w], distance float32 [B, h, w] (0 to 2)."""
    g = Graph({"image": (FLOAT, ["B", 3, "H", "W"])})
    features = layers(g, "image", model.encoder.trunk)
    z = _compensated(g, features, _unit(g, layers(g, features, model.encoder.out)), model)
    likeness = _likeness(g, z, model)
    g("ArgMax", likeness, axis=-1, keepdims=0, name="ids")
    best = g("ReduceMax", likeness, g.constant([-1]), keepdims=0)
    squared = g("Sub", g.constant(2.0), g("Mul", g.constant(2.0), best))
    g("Sqrt", g("Max", squared, g.constant(0.0)), name="distance")
    g.save(file, {"ids": (INT64, ["B", "h", "w"]), "distance": (FLOAT, ["B", "h", "w"])})


def _unit(g: Graph, x: str) -> str:
    """x [B, D, h, w] at length 1 along D."""
    length = g("ReduceL2", x, g.constant([1]), keepdims=1)
    return g("Div", x, g("Max", length, g.constant(1e-12)))


def _likeness(g: Graph, z: str, model: Tokenizer) -> str:
    """Cosines of z [B, D, h, w] with all codes: [B, h, w, K]."""
    codes = g.constant(model.codebook.vectors.t().contiguous())
    return g("MatMul", g("Transpose", z, perm=[0, 2, 3, 1]), codes)


def _compensated(g: Graph, features: str, z: str, model: Tokenizer) -> str:
    """z [B, D, h, w] in which later tokens make up for the rounding of earlier ones: see `Compensation`."""
    layer, vectors = model.compensation, g.constant(model.codebook.vectors)
    seen = _convolution(g, features, layer.features, layer.features.weight)
    rows, columns = _parity(g, z, axis=2), _parity(g, z, axis=3)
    done = g("Mul", g("Slice", z, g.constant([0]), g.constant([1]), g.constant([1])), g.constant(0.0))  # [B, 1, h, w]
    for errors, (row, column) in zip(layer.errors, layer.PASSES):
        chosen = g("Gather", vectors, g("ArgMax", _likeness(g, z, model), axis=-1, keepdims=0))
        lost = g("Sub", z, g("Transpose", chosen, perm=[0, 3, 1, 2]))
        known = g("Concat", g("Mul", g("Mul", lost, done), g.constant(layer.LOUD)), done, axis=1)
        x = g("LeakyRelu", g("Add", seen, _convolution(g, known, errors, errors.weight)), alpha=0.2)
        x = g("LeakyRelu", _convolution(g, x, layer.mix, layer.mix.weight), alpha=0.2)
        change = _convolution(g, x, layer.out, layer.out.weight)
        mine = g("And", g("Equal", g("Unsqueeze", rows, g.constant([1])), g.constant(row)), g("Equal", columns, g.constant(column)))
        mine = g("Cast", mine, to=FLOAT)  # [h, w]
        z, done = _unit(g, g("Add", z, g("Mul", change, mine))), g("Add", done, mine)
    return z


def _parity(g: Graph, z: str, axis: int) -> str:
    """0, 1, 0, 1 ... along an axis."""
    count = g("Gather", g("Shape", z), g.constant(axis))
    return g("Mod", g("Range", g.constant(0), count, g.constant(1)), g.constant(2))


def export_decoder(model: Tokenizer, file: Path) -> None:
    """ids int64 [B, h, w] -> image float32 [B, 3, 8h, 8w], clamped to [-1, 1]."""
    g = Graph({"ids": (INT64, ["B", "h", "w"])})
    x = g("Transpose", g("Gather", g.constant(model.codebook.vectors), "ids"), perm=[0, 3, 1, 2])
    x = layers(g, x, model.decoder)
    g("Clip", x, g.constant(-1.0), g.constant(1.0), name="image")
    g.save(file, {"image": (FLOAT, ["B", 3, "H", "W"])})


def layers(g: Graph, x: str, layers: nn.Sequential) -> str:
    unshuffled = 0
    for layer in layers:
        if isinstance(layer, nn.PixelUnshuffle):
            unshuffled = layer.downscale_factor
            x = g("SpaceToDepth", x, blocksize=unshuffled)
        elif isinstance(layer, nn.PixelShuffle):
            x = g("DepthToSpace", x, blocksize=layer.upscale_factor, mode="CRD")
        elif isinstance(layer, nn.Conv2d):
            weight = reordered(layer.weight, unshuffled) if unshuffled else layer.weight
            x, unshuffled = _convolution(g, x, layer, weight), 0
        elif isinstance(layer, nn.LeakyReLU):
            x = g("LeakyRelu", x, alpha=layer.negative_slope)
        elif isinstance(layer, Residual):
            y = _convolution(g, g("LeakyRelu", x, alpha=0.2), layer.spatial, layer.spatial.weight)
            # the gain is folded into the last convolution
            gain = layer.gain.detach().flatten()
            mix = layer.mix.weight * gain[:, None, None, None]
            y = g("Conv", g("LeakyRelu", y, alpha=0.2), g.half(mix), g.half(layer.mix.bias * gain))
            x = g("Add", x, y)
        else:
            raise TypeError(f"no ONNX form for {type(layer).__name__}")
    return x


def _convolution(g: Graph, x: str, layer: nn.Conv2d, weight: Tensor) -> str:
    pads = [*layer.padding, *layer.padding]
    return g("Conv", x, g.half(weight), g.half(layer.bias), pads=pads, strides=list(layer.stride))


def reordered(weight: Tensor, block: int, back: bool = False) -> Tensor:
    """PyTorch's unshuffle orders channels (c, y, x), ONNX's SpaceToDepth (y, x, c): the next weight makes up for it."""
    outputs, _, *kernel = weight.shape
    if back:
        return weight.reshape(outputs, block, block, -1, *kernel).permute(0, 3, 1, 2, 4, 5).reshape(weight.shape)
    return weight.reshape(outputs, -1, block, block, *kernel).permute(0, 2, 3, 1, 4, 5).reshape(weight.shape)
