"""The tokenizer at f = 8, as in VQGAN (Esser et al. 2021): encoder, codebook, decoder. Convolutions only; pictures in [-1, 1].

There are no normalisation layers: group norm is slow on a CPU and makes a tile depend on the whole picture. Residual
gains that start small do its work. Decoder blocks are one 3x3 and one 1x1 convolution, which keeps the reach of
a token short (see `tileOverlap` in the manifest), so that only a small neighbourhood of a fill is decoded again.
"""

from collections.abc import Iterable
from itertools import takewhile

import torch
import torch.nn.functional as F
from torch import Tensor, nn

DOWNSAMPLE = 8
CODES = 1024
DIM = 16


class Residual(nn.Module):
    """x + gain * (3x3, 1x1)(x)."""

    def __init__(self, channels: int):
        super().__init__()
        self.spatial = nn.Conv2d(channels, channels, 3, padding=1)
        self.mix = nn.Conv2d(channels, channels, 1)
        self.gain = nn.Parameter(torch.full((channels, 1, 1), 0.2))

    def forward(self, x: Tensor) -> Tensor:
        y = self.mix(F.leaky_relu(self.spatial(F.leaky_relu(x, 0.2)), 0.2))
        return x + self.gain.to(y.dtype) * y


def _stack(channels: int, depth: int) -> list[nn.Module]:
    return [Residual(channels) for _ in range(depth)]


def depths_of(weights: Iterable[Tensor], widths: tuple[int, ...]) -> tuple[int, ...]:
    """How many residual blocks of each width a network with these weights has."""
    shapes = [tuple(weight.shape) for weight in weights]
    return tuple(shapes.count((width, width, 3, 3)) for width in widths)


@torch.no_grad()
def _deepened(shallow: nn.Sequential, deep: nn.Sequential) -> nn.Sequential:
    """`deep`, doing what `shallow` does: the blocks that the latter lacks begin as doing nothing."""
    left = list(shallow)
    for layer in deep:
        if left and type(left[0]) is type(layer):
            layer.load_state_dict(left.pop(0).state_dict())
        else:
            nn.init.zeros_(layer.mix.weight), nn.init.zeros_(layer.mix.bias)
    return deep


class Encoder(nn.Module):
    """[B, 3, 8h, 8w] -> features [B, 256, h, w], and what each token should be: [B, DIM, h, w], unit length along DIM."""

    WIDTHS = (128, 256)  # channels at a quarter and an eighth of the size
    DEPTHS = (3, 6)  # residual blocks there

    def __init__(self, depths: tuple[int, ...] = DEPTHS):
        quarter, eighth = self.WIDTHS
        super().__init__()
        self.trunk = nn.Sequential(
            nn.PixelUnshuffle(4),
            nn.Conv2d(48, quarter, 3, padding=1), *_stack(quarter, depths[0]),
            nn.Conv2d(quarter, eighth, 4, stride=2, padding=1), *_stack(eighth, depths[1]),
        )
        self.out = nn.Sequential(nn.LeakyReLU(0.2), nn.Conv2d(eighth, DIM, 1))

    def forward(self, image: Tensor) -> tuple[Tensor, Tensor]:
        features = self.trunk(image)
        return features, F.normalize(self.out(features).float(), dim=1)


class Decoder(nn.Sequential):
    """[B, DIM, h, w] unit vectors -> [B, 3, 8h, 8w], not clamped."""

    WIDTHS = (256, 128, 64)  # channels at an eighth, a quarter and a half of the size
    DEPTHS = (6, 5, 4)  # residual blocks there

    def __init__(self, depths: tuple[int, ...] = DEPTHS):
        eighth, quarter, half = self.WIDTHS
        super().__init__(
            nn.Conv2d(DIM, eighth, 3, padding=1), *_stack(eighth, depths[0]),
            nn.Conv2d(eighth, quarter * 4, 1), nn.PixelShuffle(2), *_stack(quarter, depths[1]),
            nn.Conv2d(quarter, half * 4, 1), nn.PixelShuffle(2), *_stack(half, depths[2]),
            nn.LeakyReLU(0.2), nn.Conv2d(half, 12, 3, padding=1), nn.PixelShuffle(2),
        )

    def lower(self) -> nn.ModuleList:
        """The layers at an eighth of the size: they settle what is drawn, the others how."""
        return nn.ModuleList(takewhile(lambda layer: not isinstance(layer, nn.PixelShuffle), self))


class Codebook(nn.Module):
    """1024 unit vectors, learned as moving averages of what is assigned to them; unused ones are replaced.

    A code is dead when it gets less than `dead_below` of an even share.
    """

    def __init__(self, decay: float = 0.99, dead_below: float = 1 / 8):
        super().__init__()
        self.decay, self.dead_below = decay, dead_below
        self.register_buffer("vectors", F.normalize(torch.randn(CODES, DIM), dim=1))  # [K, D]
        self.register_buffer("sums", self.vectors.clone())  # [K, D] moving sum of assigned encoder outputs
        self.register_buffer("uses", torch.ones(CODES))  # [K] moving count
        self.register_buffer("started", torch.zeros(()))

    def nearest(self, z: Tensor) -> Tensor:
        """[B, D, h, w] -> ids [B, h, w]. Both sides have unit length, so the largest product is the nearest."""
        with torch.autocast(z.device.type, enabled=False):  # in bf16 near ties would go to the lower id
            return (z.permute(0, 2, 3, 1) @ self.vectors.t()).argmax(-1)

    def lookup(self, ids: Tensor) -> Tensor:
        """[B, h, w] -> [B, D, h, w]."""
        return F.embedding(ids, self.vectors).permute(0, 3, 1, 2)

    @torch.no_grad()
    def update(self, z: Tensor, ids: Tensor) -> int:
        """Moves the codes towards their members; returns how many dead codes were replaced by random members."""
        flat, ids = z.permute(0, 2, 3, 1).reshape(-1, DIM), ids.reshape(-1)
        counts = torch.bincount(ids, minlength=CODES).float()
        self.uses.lerp_(counts, 1 - self.decay)
        self.sums.lerp_(torch.zeros_like(self.sums).index_add_(0, ids, flat), 1 - self.decay)
        even = len(flat) / CODES
        dead = self.uses < self.dead_below * even
        replaced = int(dead.sum())
        if replaced:
            fresh = flat[torch.randint(len(flat), (replaced,), device=flat.device)]
            self.sums[dead], self.uses[dead] = fresh * even / 4, even / 4
        self.vectors.copy_(F.normalize(self.sums, dim=1))
        return replaced

    @torch.no_grad()
    def start_from(self, z: Tensor, per_step: int, rounds: int = 12) -> None:
        """Before the first quantised step: spherical k-means over encoder outputs [B, D, h, w]; a step has `per_step` tokens."""
        flat = z.permute(0, 2, 3, 1).reshape(-1, DIM)
        self.vectors.copy_(flat[torch.randperm(len(flat), device=flat.device)[:CODES]])
        for _ in range(rounds):
            ids = torch.cat([(part @ self.vectors.t()).argmax(1) for part in flat.split(8192)])
            sums = torch.zeros_like(self.sums).index_add_(0, ids, flat)
            empty = torch.bincount(ids, minlength=CODES) == 0
            sums[empty] = flat[torch.randint(len(flat), (int(empty.sum()),), device=flat.device)]
            self.vectors.copy_(F.normalize(sums, dim=1))
        self.keep_as_it_is(per_step)

    @torch.no_grad()
    def keep_as_it_is(self, per_step: int = 4096) -> None:
        """The vectors are good: the moving averages begin with them, at the weight of one step of `per_step` tokens."""
        self.uses.fill_(per_step / CODES)
        self.sums.copy_(self.vectors * self.uses[:, None])
        self.started.fill_(1.0)


class Compensation(nn.Module):
    """Chooses the codes in four passes; each knows what rounding to a code has cost in the passes before it.

    Rounded one by one, all tokens of an even area get the same code, and its error with it. Here neighbours make up for
    each other's errors, as in error diffusion (Floyd and Steinberg 1976), with learned weights. They start at zero:
    then every token simply gets the nearest code.
    """

    PASSES = ((0, 0), (1, 1), (0, 1), (1, 0))  # row and column of a pass in a 2x2 pattern: diagonals first
    LOUD = 8.0  # an error is about 1/8 per dimension; layers learn best from inputs of about 1

    def __init__(self, features: int = 256, width: int = 128):
        super().__init__()
        self.features = nn.Conv2d(features, width, 1)
        self.errors = nn.ModuleList(nn.Conv2d(DIM + 1, width, 5, padding=2) for _ in self.PASSES)
        self.mix = nn.Conv2d(width, width, 3, padding=1)
        self.out = nn.Conv2d(width, DIM, 1)
        nn.init.zeros_(self.out.weight), nn.init.zeros_(self.out.bias)

    def forward(self, features: Tensor, z: Tensor, codebook: Codebook) -> tuple[Tensor, Tensor]:
        """Features and z of the encoder -> z with what was made up for [B, D, h, w], and ids [B, h, w]."""
        seen, done, ids = self.features(features), torch.zeros_like(z[:1, :1]), codebook.nearest(z.detach())
        for layer, (row, column) in zip(self.errors, self.PASSES):
            errors = self.LOUD * done * (z - codebook.lookup(ids)).detach()
            known = torch.cat([errors, done.expand(len(z), -1, -1, -1)], 1)
            change = self.out(F.leaky_relu(self.mix(F.leaky_relu(seen + layer(known), 0.2)), 0.2))
            mine = torch.zeros_like(done)
            mine[..., row::2, column::2] = 1
            z, done = F.normalize(z + mine * change.float(), dim=1), done + mine
            ids[:, row::2, column::2] = codebook.nearest(z[..., row::2, column::2].detach())  # no other token has moved
        return z, ids


class Tokenizer(nn.Module):
    def __init__(self, encoder: tuple[int, ...] = Encoder.DEPTHS, decoder: tuple[int, ...] = Decoder.DEPTHS):
        """encoder, decoder: their residual blocks at each size; older packages have fewer."""
        super().__init__()
        self.encoder, self.compensation = Encoder(encoder), Compensation()
        self.codebook, self.decoder = Codebook(), Decoder(decoder)

    @classmethod
    def of_state(cls, state: dict[str, Tensor]) -> "Tokenizer":
        """With the weights of a checkpoint, and as deep as they are."""
        parts = (("encoder.", Encoder.WIDTHS), ("decoder.", Decoder.WIDTHS))
        model = cls(*(depths_of((w for name, w in state.items() if name.startswith(part)), widths) for part, widths in parts))
        model.load_state_dict(state)
        return model

    def deepen(self) -> None:
        """Adds the blocks to the full depth that it lacks; no token and no picture changes before they have learned something."""
        self.encoder.trunk = _deepened(self.encoder.trunk, Encoder().trunk)
        self.decoder = _deepened(self.decoder, Decoder())

    @torch.no_grad()
    def encode(self, image: Tensor) -> Tensor:
        """[B, 3, 8h, 8w] in [-1, 1] -> ids [B, h, w]."""
        return self.compensation(*self.encoder(image), self.codebook)[1]

    @torch.no_grad()
    def decode(self, ids: Tensor) -> Tensor:
        """ids [B, h, w] -> [B, 3, 8h, 8w] in about [-1, 1]."""
        return self.decoder(self.codebook.lookup(ids))
