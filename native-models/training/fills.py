"""A sheet of fills to judge by eye: python fills.py --package ../packages/tessera-base --crops work/crops --out fills.png

Each column: the picture with its hole, the fill, the truth. Sampling is MaskGIT's confidence order in 12 steps;
the tokenizer's own error around the hole is spread into it, so that colours meet at the border.
"""

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from PIL import Image

from data import Crops
from evaluate import MASK, session


@dataclass
class Networks:
    """The three networks on arrays: of a package, or of a training run."""

    encode: Callable[[np.ndarray], np.ndarray]  # [1, 3, H, W] in [-1, 1] -> ids [1, h, w]
    decode: Callable[[np.ndarray], np.ndarray]  # ids [1, h, w] -> [1, 3, H, W]
    predict: Callable[[np.ndarray, np.ndarray], np.ndarray]  # tokens [1, h, w], select [M] -> logits [M, K]

    @staticmethod
    def of_package(package: Path) -> "Networks":
        encoder, decoder, denoiser = (session(package / f"{n}.onnx") for n in ("encoder", "decoder", "denoiser"))
        return Networks(
            lambda image: encoder.run(["ids"], {"image": image})[0],
            lambda ids: decoder.run(None, {"ids": ids})[0],
            lambda tokens, select: denoiser.run(None, {"tokens": tokens, "select": select})[0],
        )

    @staticmethod
    def of_torch(tokenizer, denoiser) -> "Networks":
        device = tokenizer.codebook.vectors.device

        def call(network, *arrays: np.ndarray) -> np.ndarray:
            with torch.no_grad():
                return network(*(torch.from_numpy(a).to(device) for a in arrays)).float().cpu().numpy()

        return Networks(
            lambda image: call(tokenizer.encode, image).astype(np.int64),
            lambda ids: call(tokenizer.decode, ids).clip(-1, 1),
            lambda tokens, select: call(denoiser, tokens, select),
        )


def fill(predict, ids: np.ndarray, hole: np.ndarray, rng: np.random.Generator,
         steps: int = 12, temperature: float = 0.9, tau: float = 3.0) -> np.ndarray:
    """ids, hole [h, w] -> ids with the hole refilled. Schedules run over the hole's own tokens."""
    tokens, total = np.where(hole, MASK, ids), int(hole.sum())
    for step in range(steps):
        rho = (step + 1) / steps
        select = np.flatnonzero(tokens == MASK)
        logits = predict(tokens[None], select) / temperature
        logits -= logits.max(1, keepdims=True)
        log_p = logits - np.log(np.exp(logits).sum(1, keepdims=True))
        drawn = (log_p + rng.gumbel(size=log_p.shape)).argmax(1)
        confidence = log_p[np.arange(len(select)), drawn] + tau * (1 - rho) * rng.gumbel(size=len(select))
        still = 0 if step == steps - 1 else min(len(select) - 1, max(1, int(total * np.cos(np.pi / 2 * rho))))
        keep = np.argsort(-confidence)[: len(select) - still]
        tokens.ravel()[select[keep]] = drawn[keep]
    return tokens


def spread(values: np.ndarray, known: np.ndarray) -> np.ndarray:
    """Pull-push: values [H, W, C] where known [H, W], smoothly continued elsewhere."""
    if known.all() or min(known.shape) < 2:
        return np.where(known[..., None], values, values[known].mean(0) if known.any() else 0.0)
    weight = known[..., None].astype(np.float32)
    height, width = (s // 2 * 2 for s in known.shape)

    def halve(x: np.ndarray) -> np.ndarray:
        x = x[:height, :width]
        return x.reshape(height // 2, 2, width // 2, 2, -1).sum((1, 3))

    amount = halve(weight)
    coarse = spread(halve(values * weight) / np.maximum(amount, 1e-6), amount[..., 0] > 0)
    layers = [Image.fromarray(coarse[..., c].astype(np.float32)) for c in range(values.shape[2])]
    smooth = [np.asarray(layer.resize(known.shape[::-1], Image.Resampling.BILINEAR)) for layer in layers]
    return np.where(known[..., None], values, np.stack(smooth, -1))


def shapes(rng: np.random.Generator) -> np.ndarray:
    """A hole [32, 32]: a disc, a bar or a block somewhere inside."""
    ys, xs = np.mgrid[:32, :32]
    y, x, kind = rng.integers(10, 22), rng.integers(10, 22), rng.integers(3)
    if kind == 0:
        return (ys - y) ** 2 + (xs - x) ** 2 < rng.integers(4, 8) ** 2
    if kind == 1:
        return np.abs((ys - y) + (xs - x) * rng.uniform(-1, 1)) < 2.2
    return (np.abs(ys - y) < rng.integers(4, 8)) & (np.abs(xs - x) < rng.integers(4, 8))


def example(networks: Networks, picture: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """picture [256, 256, 3] in [-1, 1] -> hole, fill, truth below each other."""
    nchw = np.ascontiguousarray(picture.transpose(2, 0, 1)[None], np.float32)
    ids, hole = networks.encode(nchw)[0], shapes(rng)
    decoded = networks.decode(fill(networks.predict, ids, hole, rng)[None])[0].transpose(1, 2, 0)
    inside = np.kron(hole, np.ones((8, 8), bool))
    result = np.where(inside[..., None], decoded + spread(picture - decoded, ~inside), picture)
    return np.concatenate([np.where(inside[..., None], 0.9, picture), result, picture])


def sheet_of_fills(networks: Networks, pictures: torch.Tensor, file: Path, columns: int = 8) -> None:
    """pictures [N, 3, 256, 256] in [-1, 1], N a multiple of `columns` or less than that."""
    rng = np.random.default_rng(5)
    examples = [example(networks, p, rng) for p in pictures.permute(0, 2, 3, 1).numpy()]
    bands = [np.concatenate(examples[i:i + columns], axis=1) for i in range(0, len(examples), columns)]
    pixels = (np.concatenate(bands).clip(-1, 1) + 1) * 127.5
    Image.fromarray(pixels.round().astype(np.uint8)).save(file)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--package", type=Path, default=Path("../packages/tessera-base"))
    parser.add_argument("--crops", type=Path, default=Path("work/crops"))
    parser.add_argument("--out", type=Path, default=Path("work/fills.png"))
    parser.add_argument("--columns", type=int, default=8)
    parser.add_argument("--rows", type=int, default=2)
    args = parser.parse_args()
    crops = Crops(args.crops / "heldout")
    pictures = crops.images(crops.sample("photograph", args.columns * args.rows))
    sheet_of_fills(Networks.of_package(args.package), pictures, args.out, args.columns)


if __name__ == "__main__":
    main()
