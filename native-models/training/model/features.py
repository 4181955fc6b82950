"""A small network whose features stand for how a patch of a picture looks, for Fréchet distances in the bench.

Fully convolutional with a short reach, so that the features of a fill come from the fill and not from around it.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from .tokenizer import Residual

FEATURES = 64
STRIDE = 16  # px


class Features(nn.Sequential):
    """[B, 3, H, W] in [-1, 1] -> [B, FEATURES, H/16, W/16]."""

    def __init__(self):
        super().__init__(
            nn.PixelUnshuffle(2), nn.Conv2d(12, 32, 3, padding=1), Residual(32),
            nn.Conv2d(32, 64, 4, stride=2, padding=1), Residual(64),
            nn.Conv2d(64, 96, 4, stride=2, padding=1), Residual(96),
            nn.Conv2d(96, 128, 4, stride=2, padding=1), Residual(128),
            nn.LeakyReLU(0.2), nn.Conv2d(128, FEATURES, 1),
        )


DAMAGES = ("blur", "noise", "patchwork", "banding")


def damage(image: Tensor, kind: Tensor, strength: Tensor) -> Tensor:
    """image [B, 3, H, W], kind [B] into DAMAGES, strength [B] in [0, 1] -> damaged; what fills do wrong, exaggerated."""
    every = torch.stack([
        blur(image, 3 * strength), image + 0.35 * strength[:, None, None, None] * torch.randn_like(image),
        patchwork(image, strength), banding(image, strength),
    ])
    return every[kind, torch.arange(len(image), device=image.device)].clamp(-1, 1)


def blur(image: Tensor, sigma: Tensor) -> Tensor:
    """Gaussian, sigma [B] px, separable."""
    offsets = torch.arange(-8, 9, device=image.device)
    weights = torch.exp(-(offsets**2) / (2 * sigma.clamp_min(0.05)[:, None] ** 2))
    kernel = (weights / weights.sum(1, keepdim=True)).repeat_interleave(3, 0)  # [3B, 17]
    flat = F.pad(image.flatten(0, 1)[None], (8, 8, 8, 8), mode="reflect")
    flat = F.conv2d(flat, kernel[:, None, None, :], groups=len(kernel))
    return F.conv2d(flat, kernel[:, None, :, None], groups=len(kernel)).view_as(image)


def patchwork(image: Tensor, share: Tensor, tile: int = 8) -> Tensor:
    """A share [B] of the tiles comes from other places of the same picture, as badly chosen codes would."""
    tiles = F.unfold(image, tile, stride=tile)  # [B, 3 * 64, n]
    n = tiles.shape[2]
    other = tiles[:, :, torch.randperm(n, device=image.device)]
    taken = torch.rand(len(image), 1, n, device=image.device) < share[:, None, None]
    return F.fold(torch.where(taken, other, tiles), image.shape[2:], tile, stride=tile)


def banding(image: Tensor, strength: Tensor) -> Tensor:
    """Few levels per channel: 24 down to 3."""
    levels = (24 * (1 / 8) ** strength)[:, None, None, None]
    return torch.where(strength[:, None, None, None] > 0, (image * levels / 2).round() * 2 / levels, image)
