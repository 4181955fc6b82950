"""Random training batches from the crops that `dataset build` wrote."""

import json
import queue
import threading
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
        self.pixels = np.memmap(folder / "crops.u8", np.uint8, "r").reshape(-1, SIDE, SIDE, 3)
        self.pictures = [json.loads(line) for line in (folder / "pictures.jsonl").open()]
        self.picture_of = np.array([json.loads(line)["picture"] for line in (folder / "crops.jsonl").open()])
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


def to_float(pixels: Tensor) -> Tensor:
    """uint8 [n, H, W, 3] -> float [n, 3, H, W] in [-1, 1]."""
    return pixels.permute(0, 3, 1, 2).float() / 127.5 - 1


def batches(crops: Crops, batch: int, side: int, seed: int):
    """Endless [batch, 3, side, side] in [-1, 1]: sub-crops of 1 to 2 times `side`, mirrored half the time."""
    rng = np.random.default_rng(seed)
    cumulative = np.cumsum(crops.chance)
    ready: queue.Queue[Tensor] = queue.Queue(maxsize=4)

    def one() -> Tensor:
        row = min(int(np.searchsorted(cumulative, rng.random())), len(crops) - 1)
        span = side if rng.random() < 0.5 else int(rng.integers(side, SIDE + 1))
        x, y = rng.integers(0, SIDE - span + 1, 2)
        pixels = crops.pixels[row, y:y + span, x:x + span]
        image = to_float(torch.from_numpy(pixels[:, ::-1].copy() if rng.random() < 0.5 else pixels.copy())[None])
        return image if span == side else F.interpolate(image, (side, side), mode="bilinear", antialias=True)

    def work() -> None:
        while True:
            ready.put(torch.cat([one() for _ in range(batch)]))

    threading.Thread(target=work, daemon=True).start()
    while True:
        yield ready.get()
