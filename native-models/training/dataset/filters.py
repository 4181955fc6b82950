"""What makes a decoded file a picture worth learning from, by simple statistics."""

import numpy as np
from PIL import Image

SMALLEST = 256  # px, shorter side


def acceptable(image: Image.Image, kind: str) -> bool:
    """image: RGB. Refuses drawings and screenshots, also of flat colours, shader data, washed-out greys."""
    small = np.asarray(image.resize((128, 128), Image.Resampling.BOX), np.int16)  # [128, 128, 3]
    return not (_looks_drawn(image) or _looks_like_normals(small) or (kind == "texture" and _is_grey(small)))


def _looks_drawn(image: Image.Image) -> bool:
    """Screenshots, plots and clip art repeat one exact colour; photographs do not."""
    pixels = np.asarray(image.resize((256, 256), Image.Resampling.NEAREST), np.uint32)
    packed = (pixels[..., 0] << 16 | pixels[..., 1] << 8 | pixels[..., 2]).ravel()
    counts = np.unique(packed, return_counts=True)[1]
    return counts.max() > 0.3 * packed.size or len(counts) < 400


def _looks_like_normals(small: np.ndarray) -> bool:
    red, green, blue = small.mean(axis=(0, 1))
    return blue > 190 and abs(red - 128) < 30 and abs(green - 128) < 30


def _is_grey(small: np.ndarray) -> bool:
    return np.abs(small[..., 0] - small[..., 1]).mean() + np.abs(small[..., 1] - small[..., 2]).mean() < 2


def difference_hash(image: Image.Image) -> int:
    """64 bits: is each cell of an 8x8 grid brighter than its left neighbour."""
    grey = np.asarray(image.convert("L").resize((9, 8), Image.Resampling.BOX), np.int16)
    bits = (grey[:, 1:] > grey[:, :-1]).ravel()
    return int.from_bytes(np.packbits(bits).tobytes(), "big")


class Seen:
    """Remembers hashes; a picture within `radius` bits of an earlier one is a near duplicate."""

    def __init__(self, radius: int = 3):
        self.hashes = np.zeros(0, np.uint64)
        self.radius = radius

    def add(self, value: int) -> bool:
        """True if it is new."""
        bits = np.bitwise_count(self.hashes ^ np.uint64(value))
        if (bits <= self.radius).any():
            return False
        self.hashes = np.append(self.hashes, np.uint64(value))
        return True
