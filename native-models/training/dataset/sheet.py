"""A contact sheet of random crops, to look at what training will see."""

from pathlib import Path

import numpy as np
from PIL import Image


def sheet(split: Path, file: Path, columns: int = 16, rows: int = 12, seed: int = 0) -> None:
    crops = np.memmap(split / "crops.u8", np.uint8, "r").reshape(-1, 256, 256, 3)
    chosen = np.random.default_rng(seed).integers(0, len(crops), rows * columns)
    tiles = crops[np.sort(chosen)][:, ::2, ::2].reshape(rows, columns, 128, 128, 3)
    Image.fromarray(tiles.transpose(0, 2, 1, 3, 4).reshape(rows * 128, columns * 128, 3)).save(file)
