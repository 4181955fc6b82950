"""Hole shapes for training: what people cut out of pictures, and how far a fill has come.

A hole alone would show the model only untouched holes; during a fill part of each hole is known already. So a
third of the shaped holes are thinned: a random share of their tokens is revealed again.
"""

import numpy as np


def random_mask(height: int, width: int, rng: np.random.Generator) -> np.ndarray:
    """bool [height, width], True where the token is missing; at least one is."""
    kind = rng.choice(["scattered", "blocks", "strokes", "half", "frame"], p=[0.5, 0.2, 0.14, 0.08, 0.08])
    if kind == "scattered":
        mask = _scattered(height, width, np.cos(rng.random() * np.pi / 2), rng)
    else:
        mask = {"blocks": _blocks, "strokes": _strokes, "half": _half_plane, "frame": _frame}[kind](height, width, rng)
        if rng.random() < 0.33:
            mask &= _scattered(height, width, np.cos(rng.random() * np.pi / 2), rng)
    if not mask.any():
        mask[rng.integers(height), rng.integers(width)] = True
    return mask


def _scattered(height: int, width: int, ratio: float, rng: np.random.Generator) -> np.ndarray:
    return rng.random((height, width)) < ratio


def _blocks(height: int, width: int, rng: np.random.Generator) -> np.ndarray:
    mask = np.zeros((height, width), bool)
    for _ in range(rng.integers(1, 4)):
        h, w = rng.integers(2, max(3, int(height * 0.7))), rng.integers(2, max(3, int(width * 0.7)))
        y, x = rng.integers(0, max(1, height - h + 1)), rng.integers(0, max(1, width - w + 1))
        mask[y:y + h, x:x + w] = True
    return mask


def _strokes(height: int, width: int, rng: np.random.Generator) -> np.ndarray:
    """A wandering round brush."""
    ys, xs = np.mgrid[:height, :width]
    mask = np.zeros((height, width), bool)
    for _ in range(rng.integers(1, 4)):
        y, x, angle = rng.random() * height, rng.random() * width, rng.random() * 2 * np.pi
        radius = rng.uniform(0.6, 2.5)
        for _ in range(rng.integers(4, 16)):
            mask |= (ys - y) ** 2 + (xs - x) ** 2 <= radius**2
            angle += rng.normal() * 0.6
            y, x = y + np.sin(angle) * radius, x + np.cos(angle) * radius
    return mask


def _half_plane(height: int, width: int, rng: np.random.Generator) -> np.ndarray:
    ys, xs = np.mgrid[:height, :width]
    angle = rng.random() * 2 * np.pi
    side = (ys - height / 2) * np.sin(angle) + (xs - width / 2) * np.cos(angle)
    return side > rng.uniform(-0.3, 0.3) * min(height, width)


def _frame(height: int, width: int, rng: np.random.Generator) -> np.ndarray:
    """Outpainting: only a rectangle inside is known, touching one to four sides or none."""
    mask = np.ones((height, width), bool)
    top, bottom = (int(rng.random() * 0.4 * height) * rng.integers(0, 2) for _ in range(2))
    left, right = (int(rng.random() * 0.4 * width) * rng.integers(0, 2) for _ in range(2))
    mask[top:height - bottom, left:width - right] = False
    return mask
