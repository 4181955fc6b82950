"""Hole shapes for training: what people cut out of pictures, and how far a fill has come.

A hole alone would show the model only untouched holes; during a fill part of each hole is known already. So a
third of the shaped holes are thinned: a random share of their tokens is revealed again.

Every shape is made for the whole batch at once and the kinds choose among them: on a GPU that costs some dozen
kernels however large the batch, where one mask at a time would starve it.
"""

import math

import torch
from torch import Tensor

KINDS = ("scattered", "blocks", "strokes", "half plane", "frame")
CHANCES = (0.5, 0.2, 0.14, 0.08, 0.08)
THINNED = 0.33


class Maker:
    """Random numbers for `count` masks of height x width; every draw is [count, n, 1, 1], to be laid over the grid."""

    def __init__(self, count: int, height: int, width: int, rng: torch.Generator):
        self.count, self.height, self.width, self.rng = count, height, width, rng
        self.ys = torch.arange(height, device=rng.device)[:, None]
        self.xs = torch.arange(width, device=rng.device)[None, :]

    def uniform(self, n: int = 1, low: float = 0.0, high: float = 1.0) -> Tensor:
        return low + (high - low) * torch.rand((self.count, n, 1, 1), generator=self.rng, device=self.rng.device)

    def below(self, bound, n: int = 1) -> Tensor:
        return (self.uniform(n) * bound).floor()

    def present(self, n: int) -> Tensor:
        """Which of up to n parts a mask has: between one and all of them."""
        return torch.arange(n, device=self.rng.device)[:, None, None] <= self.below(n)

    def scattered(self) -> Tensor:
        """Ratios as a cosine schedule meets them."""
        noise = torch.rand((self.count, self.height, self.width), generator=self.rng, device=self.rng.device)
        return noise < torch.cos(self.uniform() * math.pi / 2)[:, 0]

    def blocks(self) -> Tensor:
        """One to three rectangles, up to 70 % of each side."""
        h = 2 + self.below(max(1, int(self.height * 0.7) - 2), 3)
        w = 2 + self.below(max(1, int(self.width * 0.7) - 2), 3)
        y, x = self.below(self.height - h + 1, 3), self.below(self.width - w + 1, 3)
        inside = (self.ys >= y) & (self.ys < y + h) & (self.xs >= x) & (self.xs < x + w)
        return (inside & self.present(3)).any(1)

    def strokes(self, most: int = 15) -> Tensor:
        """One to three wanderings of a round brush, each of 4 to 15 discs that lie a radius apart."""
        mask = torch.zeros((self.count, self.height, self.width), dtype=torch.bool, device=self.rng.device)
        present = self.present(3)
        for stroke in range(3):
            radius = self.uniform(low=0.6, high=2.5)
            turns = self.uniform(most, -1.04, 1.04)  # standard deviation 0.6
            angle = self.uniform(high=2 * math.pi) + turns.cumsum(1)
            y = self.uniform() * self.height + (angle.sin() * radius).cumsum(1)
            x = self.uniform() * self.width + (angle.cos() * radius).cumsum(1)
            discs = (self.ys - y) ** 2 + (self.xs - x) ** 2 <= radius**2
            lasting = torch.arange(most, device=self.rng.device)[:, None, None] < 4 + self.below(most - 3)
            mask |= (discs & lasting).any(1) & present[:, stroke]
        return mask

    def half_plane(self) -> Tensor:
        angle = self.uniform(high=2 * math.pi)
        side = (self.ys - self.height / 2) * angle.sin() + (self.xs - self.width / 2) * angle.cos()
        return (side > self.uniform(low=-0.3, high=0.3) * min(self.height, self.width))[:, 0]

    def frame(self) -> Tensor:
        """Outpainting: only a rectangle inside is known, touching one to four sides or none."""
        top, bottom = (self.below(0.4 * self.height) * self.below(2) for _ in range(2))
        left, right = (self.below(0.4 * self.width) * self.below(2) for _ in range(2))
        known = (self.ys >= top) & (self.ys < self.height - bottom) & (self.xs >= left) & (self.xs < self.width - right)
        return ~known[:, 0]


def random_masks(count: int, height: int, width: int, rng: torch.Generator) -> Tensor:
    """bool [count, height, width] on the generator's device, True where the token is missing; at least one is."""
    make = Maker(count, height, width, rng)
    shapes = torch.stack([make.blocks(), make.strokes(), make.half_plane(), make.frame()])  # [4, B, h, w]
    kind = torch.multinomial(torch.tensor(CHANCES, device=rng.device), count, replacement=True, generator=rng)
    shape = shapes[(kind - 1).clamp_min(0), torch.arange(count, device=rng.device)]
    scattered = make.scattered()
    whole = (make.uniform() >= THINNED)[:, 0]
    mask = torch.where((kind == 0)[:, None, None], scattered, shape & (scattered | whole))
    one = (make.ys == make.below(height)[:, 0]) & (make.xs == make.below(width)[:, 0])
    return mask | (one & ~mask.any((1, 2), keepdim=True))
