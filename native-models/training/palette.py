"""How codes look when a person picks them: a colour for each, and an order in which neighbours look alike."""

import numpy as np
import torch

from model.tokenizer import CODES, Tokenizer


@torch.no_grad()
def swatches(model: Tokenizer, context: int = 5) -> np.ndarray:
    """[K, 8, 8, 3] in [0, 1]: the middle of a field of `context` x `context` tokens that are all the same code."""
    middle = context // 2 * 8
    ids = torch.arange(CODES)[:, None, None].expand(-1, context, context)
    parts = [model.decode(part)[:, :, middle:middle + 8, middle:middle + 8] for part in ids.split(128)]
    return (torch.cat(parts).clamp(-1, 1).permute(0, 2, 3, 1).numpy() + 1) / 2


def palette(model: Tokenizer) -> dict:
    patches = swatches(model)
    colors = patches.mean((1, 2))  # [K, 3]
    return {
        "order": [int(i) for i in similar_order(features(patches))],
        "colors": ["#" + "".join(f"{round(float(c) * 255):02x}" for c in color) for color in colors],
    }


def features(patches: np.ndarray) -> np.ndarray:
    """[K, F]: mean colour in Lab, and weakly the contrast of the patch, so that textures lie beside each other."""
    lab = to_lab(patches.mean((1, 2)))
    return np.concatenate([lab, 40 * patches.mean(-1).std((1, 2))[:, None]], axis=1)


def to_lab(rgb: np.ndarray) -> np.ndarray:
    """sRGB in [0, 1] -> CIE Lab (D65), [..., 3]."""
    linear = np.where(rgb > 0.04045, ((rgb + 0.055) / 1.055) ** 2.4, rgb / 12.92)
    to_xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    xyz = linear @ to_xyz.T / np.array([0.9505, 1.0, 1.089])
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.stack([116 * f[..., 1] - 16, 500 * (f[..., 0] - f[..., 1]), 200 * (f[..., 1] - f[..., 2])], -1)


def similar_order(points: np.ndarray, rounds: int = 30) -> np.ndarray:
    """A short open path through all points from the darkest: nearest neighbours first, then 2-opt."""
    distance = np.linalg.norm(points[:, None] - points[None], axis=-1)
    order, left = [int(points[:, 0].argmin())], np.ones(len(points), bool)
    left[order[0]] = False
    while left.any():
        nearest = int(np.where(left, distance[order[-1]], np.inf).argmin())
        order.append(nearest)
        left[nearest] = False
    path = np.array(order)
    for _ in range(rounds):
        changed = False
        for i in range(1, len(path) - 2):
            # reversing path[i..j] replaces the edges (i-1, i) and (j, j+1)
            j = np.arange(i + 1, len(path) - 1)
            gain = (distance[path[i - 1], path[i]] + distance[path[j], path[j + 1]]
                    - distance[path[i - 1], path[j]] - distance[path[i], path[j + 1]])
            best = int(gain.argmax())
            if gain[best] > 1e-9:
                path[i:j[best] + 1] = path[i:j[best] + 1][::-1]
                changed = True
        if not changed:
            break
    return path
