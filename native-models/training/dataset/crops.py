"""From one picture file to its 256 px crops."""

import io
import math
from zipfile import BadZipFile

import numpy as np
from PIL import Image, ImageFile

from . import archives, filters
from .sources import Candidate

SIDE = 256
LARGEST = 1400  # px of the source that one crop may span
EVEN = 2.5  # standard deviation of an even crop, of 255
EVEN_SHARE = 1 / 12  # of a picture's crops: people fill skies and walls most, but there is little to learn from each
ImageFile.LOAD_TRUNCATED_IMAGES = False
Image.MAX_IMAGE_PIXELS = 120_000_000


def decode(candidate: Candidate) -> tuple[Image.Image, np.ndarray | None] | None:
    """RGB image and, for cut-outs, the opaque pixels; None if it is not usable. Very large ones come at half size."""
    try:
        image = Image.open(io.BytesIO(archives.read(candidate.path, candidate.member)))
        if min(image.size) < filters.SMALLEST or image.mode in ("P", "1", "I", "F", "I;16"):
            return None
        if min(image.size) > 2 * LARGEST:
            image.draft("RGB", (image.width // 2, image.height // 2))
        opaque = None
        if image.mode in ("RGBA", "LA"):
            alpha = np.asarray(image.getchannel("A"))
            if (alpha < 250).mean() > 0.005:
                if candidate.kind != "photograph":
                    return None
                opaque = alpha >= 250
        image = image.convert("RGB")
        if min(image.size) > 2 * LARGEST:
            image = image.reduce(2)
            opaque = None if opaque is None else opaque[::2, ::2][: image.height, : image.width]
        return image, opaque
    except (OSError, ValueError, SyntaxError, NotImplementedError, BadZipFile, Image.DecompressionBombError):
        return None


def wanted(width: int, height: int, kind: str) -> int:
    """How many crops a picture gives: more for large ones, five times as many for photographs, which are rare."""
    per = {"photograph": 5.0, "art": 2.5}.get(kind, 1.0)
    return max(1, min(80 if kind == "photograph" else 8, round(per * (width * height / SIDE**2) ** 0.55)))


def cut(image: Image.Image, opaque: np.ndarray | None, count: int, rng: np.random.Generator) -> np.ndarray:
    """[n, 256, 256, 3] uint8, n <= count: side log-uniform between 256 px and what fits, at most LARGEST.

    Even crops are at most EVEN_SHARE of what was cut, or one; none is of one colour only."""
    largest = min(LARGEST, *image.size)
    found = []
    for _ in range(count * (1 if opaque is None else 6)):
        side = round(math.exp(rng.uniform(math.log(SIDE), math.log(largest))))
        x, y = (int(rng.integers(0, s - side + 1)) for s in image.size)
        if opaque is not None and opaque[y:y + side, x:x + side].mean() < 0.97:
            continue
        crop = image.resize((SIDE, SIDE), Image.Resampling.LANCZOS, box=(x, y, x + side, y + side))
        found.append(np.asarray(crop))
        if len(found) == count:
            break
    spread = [c.std(axis=(0, 1)).max() for c in found]
    even = [i for i, s in enumerate(spread) if s <= EVEN]
    most = max(1, round(EVEN_SHARE * len(found)))
    dropped = {i for i in even if spread[i] == 0} | set([i for i in even if spread[i] > 0][most:])
    kept = [c for i, c in enumerate(found) if i not in dropped]  # in the order drawn: figures are taken on the first ones
    return np.stack(kept) if kept else np.zeros((0, SIDE, SIDE, 3), np.uint8)
