"""The denoiser: a bidirectional transformer that predicts every missing token from all the others.

Absorbing diffusion needs no time step: how much is missing is visible in the input. Positions are rotary in two
dimensions (half of each head turns with y, half with x), so only distances matter and a window may have any size.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

CODES = 1024
MASK = CODES  # the id of a missing token
LAYERS = 8  # blocks; up to package 0.10.0 there were 6
HEAD = 64  # channels of each attention head
BASE = 100.0  # wavelengths from 2 pi to about 600 tokens: windows are at most a few dozen tokens wide


def rotary(height: int | Tensor, width: int | Tensor, head: int, device=None) -> tuple[Tensor, Tensor]:
    """cos and sin, each [height * width, head / 2]: the first half of the angles from y, the second from x."""
    quarter = head // 4
    frequencies = BASE ** (-torch.arange(quarter, device=device, dtype=torch.float32) / quarter)
    ys = torch.arange(height, device=device, dtype=torch.float32)[:, None] * frequencies  # [h, q]
    xs = torch.arange(width, device=device, dtype=torch.float32)[:, None] * frequencies  # [w, q]
    angles = torch.cat([
        ys[:, None, :].expand(ys.shape[0], xs.shape[0], quarter),
        xs[None, :, :].expand(ys.shape[0], xs.shape[0], quarter),
    ], dim=-1).reshape(-1, 2 * quarter)
    return angles.cos(), angles.sin()


def rotate(x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    """Turns the pairs (x[i], x[i + head/2]) of [B, heads, n, head] by their position's angles."""
    a, b = x.chunk(2, dim=-1)
    return torch.cat([a * cos - b * sin, a * sin + b * cos], dim=-1)


def attend(q: Tensor, k: Tensor, v: Tensor) -> Tensor:
    """Scaled dot-product attention, all [B, heads, n, head]. The fused kernel for CPUs is the slower way: a training step
    with plain products takes three quarters of its time."""
    if q.is_cuda:
        return F.scaled_dot_product_attention(q, k, v)
    shares = ((q * q.shape[-1] ** -0.5) @ k.transpose(-1, -2)).softmax(-1)
    return shares.to(v.dtype) @ v


class Block(nn.Module):
    """Pre-norm attention and MLP."""

    def __init__(self, width: int, heads: int):
        super().__init__()
        self.heads = heads
        self.norm1, self.norm2 = nn.LayerNorm(width), nn.LayerNorm(width)
        self.qkv, self.out = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.up, self.down = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)

    def forward(self, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
        """[B, n, width] -> [B, n, width]."""
        q, k, v = self.qkv(self.norm1(x)).unflatten(-1, (3, self.heads, -1)).permute(2, 0, 3, 1, 4).unbind(0)
        mixed = attend(rotate(q, cos, sin), rotate(k, cos, sin), v)
        x = x + self.out(mixed.transpose(1, 2).flatten(2))
        return x + self.down(F.gelu(self.up(self.norm2(x)), approximate="tanh"))


class Neighbours(nn.Module):
    """x + (3x3, 3x3)(x): hands each missing token what lies around it, which attention alone takes long to learn."""

    def __init__(self, width: int):
        super().__init__()
        self.first = nn.Conv2d(width, width, 3, padding=1)
        self.second = nn.Conv2d(width, width, 3, padding=1)

    def forward(self, x: Tensor) -> Tensor:
        """[B, h, w, width] -> the same."""
        y = self.second(F.gelu(self.first(x.permute(0, 3, 1, 2)), approximate="tanh"))
        return x + y.permute(0, 2, 3, 1)


class Denoiser(nn.Module):
    def __init__(self, layers: int = LAYERS, width: int = 256, heads: int = 4):
        super().__init__()
        self.head_width = width // heads
        self.embed = nn.Embedding(CODES + 1, width)
        self.blocks = nn.ModuleList(Block(width, heads) for _ in range(layers))
        self.norm = nn.LayerNorm(width)
        self.head = nn.Linear(width, CODES)
        self.neighbours = Neighbours(width)
        nn.init.normal_(self.embed.weight, std=0.5)
        for name, parameter in self.named_parameters():
            if name.endswith(("qkv.weight", "up.weight", "head.weight")):
                nn.init.normal_(parameter, std=0.04)
            elif name.endswith(("out.weight", "down.weight")):
                nn.init.normal_(parameter, std=0.02 / (2 * layers) ** 0.5)
            elif name.endswith(("bias", "second.weight")):
                nn.init.zeros_(parameter)

    @torch.no_grad()
    def start_from_codebook(self, vectors: Tensor, uses: Tensor) -> None:
        """Codes that look alike start with like embeddings and like head rows, rare codes with low logits.

        vectors [K, D] of the tokenizer, uses [K] how often each occurs. Without this every code has to be learned
        on its own, and in an hour of training each is seen only a few thousand times.
        """
        centred = vectors - vectors.mean(0)
        spread = centred / centred.norm(dim=1).mean()  # [K, D], mean length 1
        into, out = (torch.linalg.qr(torch.randn(self.head.in_features, vectors.shape[1]))[0].T for _ in range(2))
        self.embed.weight[:CODES] = 8 * spread @ into + 0.1 * torch.randn(CODES, into.shape[1])
        self.head.weight.copy_(spread @ out + 0.01 * torch.randn(CODES, out.shape[1]))
        self.head.bias.copy_(((uses + 1) / (uses + 1).sum()).log())

    @torch.no_grad()
    def remap_vocabulary(self, cooccurrence: Tensor) -> None:
        """For tokens of another tokenizer: each code starts as a blend of the old codes that stood in its places.

        cooccurrence [K, K]: how often a new code (row) stands where an old one (column) stood. The squares of the shares
        are the weights of the blend, so that it keeps to its main sources; experiments.md compares other powers.
        """
        share = F.normalize(F.normalize(cooccurrence, p=1, dim=1).square(), p=1, dim=1)
        old, new = ((cooccurrence.sum(axis) + 1).log() - (cooccurrence.sum() + CODES).log() for axis in (0, 1))
        self.embed.weight[:CODES] = share @ self.embed.weight[:CODES]
        self.head.weight.copy_(share @ self.head.weight)
        self.head.bias.copy_(share @ (self.head.bias - old) + new)

    @torch.no_grad()
    def deepen(self, layers: int) -> None:
        """Adds the blocks that it lacks to `layers`; no prediction changes before they have learned something."""
        width = self.embed.embedding_dim
        for block in Denoiser(layers, width, width // self.head_width).blocks[len(self.blocks):]:
            for last in (block.out, block.down):
                nn.init.zeros_(last.weight), nn.init.zeros_(last.bias)
            self.blocks.append(block)

    def forward(self, tokens: Tensor, select: Tensor) -> Tensor:
        """tokens int64 [B, h, w], MASK where missing; select int64 [M], flat positions -> logits [M, K]."""
        x = self.neighbours(self.embed(tokens)).flatten(1, 2)  # [B, n, width]
        cos, sin = (t.to(x.dtype) for t in rotary(tokens.shape[1], tokens.shape[2], self.head_width, tokens.device))
        for block in self.blocks:
            x = block(x, cos, sin)
        return self.head(self.norm(x.flatten(0, 1)[select]))
