"""Random training batches from the crops that `dataset build` wrote, made on the device that trains."""

import json
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from dataset.sources import load_list

SIDE = 256


class Crops:
    """One split: pixels uint8 [N, 256, 256, 3], memory mapped, and the chance to draw each."""

    def __init__(self, folder: Path):
        # copy on write: PyTorch wants memory that it might write to; nothing does
        self.pixels = np.memmap(folder / "crops.u8", np.uint8, "c").reshape(-1, SIDE, SIDE, 3)
        self.pictures = [json.loads(line) for line in (folder / "pictures.jsonl").read_text().splitlines()]
        index = (folder / "crops.jsonl").read_text().splitlines()
        self.picture_of = np.array([json.loads(line)["picture"] for line in index])
        self.kinds = np.array([p["kind"] for p in self.pictures])[self.picture_of]
        self.chance = self._chances()

    def _chances(self) -> np.ndarray:
        """Each kind gets its share (packages.json); within a kind, crops count by their package's weight."""
        weights = np.array([p["weight"] for p in self.pictures])[self.picture_of]
        chance = np.zeros(len(weights))
        for kind, share in load_list()["shares"].items():
            mine = self.kinds == kind
            if mine.any():
                chance[mine] = share * weights[mine] / weights[mine].sum()
        return chance / chance.sum()

    def __len__(self) -> int:
        return len(self.pixels)

    def images(self, rows: np.ndarray) -> Tensor:
        """[n, 3, 256, 256] float in [-1, 1]."""
        return to_float(torch.from_numpy(self.pixels[rows]))

    def spread(self, per_picture: int, kind: str | None = None) -> np.ndarray:
        """Rows of the first `per_picture` crops of each picture: figures are measured so that pictures count alike."""
        first = np.searchsorted(self.picture_of, self.picture_of)  # crops of a picture lie beside each other
        rows = np.flatnonzero(np.arange(len(self)) - first < per_picture)
        return rows if kind is None else rows[self.kinds[rows] == kind]

    def sample(self, kind: str, count: int) -> np.ndarray:
        """`count` rows of a kind, evenly over its pictures."""
        rows = self.spread(4, kind)
        return rows[np.linspace(0, len(rows) - 1, min(count, len(rows))).astype(int)]


class Draw:
    """Draws rows by their chances with a generator of its own, on the device."""

    def __init__(self, chance: np.ndarray, seed: int, device: str):
        self.cumulative = torch.from_numpy(np.cumsum(chance)).float().to(device)
        self.rng = torch.Generator(device).manual_seed(seed)
        self.device = device

    def rows(self, count: int) -> Tensor:
        found = torch.searchsorted(self.cumulative, self.uniform(count))
        return found.clamp_(max=len(self.cumulative) - 1)

    def uniform(self, *shape: int) -> Tensor:
        return torch.rand(shape, generator=self.rng, device=self.device)

    def below(self, bound: int | Tensor, count: int) -> Tensor:
        """[count] integers from 0 to bound - 1."""
        return (self.uniform(count) * bound).long()


def to_float(pixels: Tensor) -> Tensor:
    """uint8 [n, H, W, 3] -> float [n, 3, H, W] in [-1, 1]."""
    return pixels.permute(0, 3, 1, 2).float() / 127.5 - 1


def on_device(crops: Crops, device: str) -> Tensor:
    """All pixels: in the memory of a GPU once, or left in the mapped file on a CPU."""
    return torch.from_numpy(crops.pixels).to(device)


def cut(pixels: Tensor, rows: Tensor, span: int, draw: Draw) -> Tensor:
    """A square of `span` px from each row, half of them mirrored: [n, 3, span, span] in [-1, 1]."""
    n, steps = len(rows), torch.arange(span, device=draw.device)
    ys = draw.below(SIDE - span + 1, n)[:, None] + steps
    across = torch.where(draw.uniform(n, 1) < 0.5, steps, span - 1 - steps)
    xs = draw.below(SIDE - span + 1, n)[:, None] + across
    return to_float(pixels[rows[:, None, None], ys[:, :, None], xs[:, None, :]])


def batches(crops: Crops, batch: int, side: int, seed: int, device: str = "cpu"):
    """Endless [batch, 3, side, side] in [-1, 1]: half at 1:1, a quarter each shrunk from two spans up to the whole crop."""
    pixels, draw = on_device(crops, device), Draw(crops.chance, seed, device)
    spans = np.random.default_rng(seed)
    quarter = batch // 4
    while True:
        parts = [cut(pixels, draw.rows(batch - 2 * quarter), side, draw)]
        for _ in range(2 if quarter else 0):
            larger = cut(pixels, draw.rows(quarter), int(spans.integers(side, SIDE + 1)), draw)
            parts.append(F.interpolate(larger, (side, side), mode="bilinear", antialias=True))
        yield torch.cat(parts)


def stored_batches(crops: Crops, tokens: np.ndarray, batch: int, side: int, seed: int, device: str = "cpu"):
    """Endless pixels [batch, 3, side, side] in [-1, 1] at 1:1, and the tokens [batch, side / 8, side / 8] that `encode.py`
    stored of them: chosen with the whole crop in sight, as when a picture is filled."""
    pixels, draw, unit = on_device(crops, device), Draw(crops.chance, seed, device), SIDE // tokens.shape[-1]
    ids = torch.from_numpy(tokens[:, 0].astype(np.int64)).to(device)
    steps, cells = torch.arange(side, device=device), torch.arange(side // unit, device=device)
    while True:
        rows = draw.rows(batch)
        y, x = (draw.below((SIDE - side) // unit + 1, batch)[:, None] for _ in range(2))
        image = to_float(pixels[rows[:, None, None], (unit * y + steps)[:, :, None], (unit * x + steps)[:, None]])
        yield image, ids[rows[:, None, None], (y + cells)[:, :, None], (x + cells)[:, None]]
