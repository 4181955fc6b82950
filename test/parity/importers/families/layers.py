"""The layers that the convolutional tokenizers share, by the formulas; what they are called is each family's own."""

import torch
import torch.nn.functional as F
from torch import nn

GROUPS = 32


def group_norm(channels):
    return nn.GroupNorm(GROUPS, channels, eps=1e-6)


def convolution(inputs, outputs, kernel=3):
    return nn.Conv2d(inputs, outputs, kernel, padding=kernel // 2)


class Residual(nn.Module):
    """shortcut: what the family calls it; always: whether it is there also where the number of channels stays."""

    def __init__(self, inputs, outputs, shortcut, always=False):
        super().__init__()
        self.norm1, self.conv1 = group_norm(inputs), convolution(inputs, outputs)
        self.norm2, self.conv2 = group_norm(outputs), convolution(outputs, outputs)
        self.changes, self.name = inputs != outputs, shortcut
        if self.changes or always:
            setattr(self, shortcut, convolution(inputs, outputs, 1))

    def forward(self, x):
        y = self.conv1(F.silu(self.norm1(x)))
        y = self.conv2(F.silu(self.norm2(y)))
        return y + (getattr(self, self.name)(x) if self.changes else x)


class PlainResidual(nn.Module):
    """Without biases; the shortcut is a product of what the block gives (MAGE)."""

    def __init__(self, inputs, outputs):
        super().__init__()
        plain = lambda a, b, kernel=3: nn.Conv2d(a, b, kernel, padding=kernel // 2, bias=False)
        self.norm1, self.conv1 = group_norm(inputs), plain(inputs, outputs)
        self.norm2, self.conv2 = group_norm(outputs), plain(outputs, outputs)
        if inputs != outputs:
            self.nin_shortcut = plain(outputs, outputs, 1)

    def forward(self, x):
        y = self.conv1(F.silu(self.norm1(x)))
        y = self.conv2(F.silu(self.norm2(y)))
        return y + (self.nin_shortcut(y) if hasattr(self, "nin_shortcut") else x)


class Attention(nn.Module):
    """One head over all places; q, k, v and proj_out are 1x1 convolutions."""

    def __init__(self, channels):
        super().__init__()
        self.norm = group_norm(channels)
        self.q, self.k, self.v, self.proj_out = (convolution(channels, channels, 1) for _ in range(4))

    def forward(self, x):
        n = self.norm(x)
        return x + self.proj_out(attend(self.q(n), self.k(n), self.v(n)))


class LinearAttention(nn.Module):
    """The same with linear layers, as diffusers names them."""

    def __init__(self, channels, old_names):
        super().__init__()
        self.group_norm = group_norm(channels)
        linear = lambda: nn.Linear(channels, channels)
        self.names = ("query", "key", "value", "proj_attn") if old_names else ("to_q", "to_k", "to_v", "to_out")
        for name in self.names:
            setattr(self, name, nn.ModuleList([linear()]) if name == "to_out" else linear())

    def forward(self, x):
        n = self.group_norm(x).permute(0, 2, 3, 1)
        q, k, v = (getattr(self, name)(n).permute(0, 3, 1, 2) for name in self.names[:3])
        out = getattr(self, self.names[3])
        out = out[0] if isinstance(out, nn.ModuleList) else out
        return x + out(attend(q, k, v).permute(0, 2, 3, 1)).permute(0, 3, 1, 2)


def attend(q, k, v):
    """[B, C, H, W] each."""
    b, c, h, w = q.shape
    q, k, v = (part.flatten(2).transpose(1, 2) for part in (q, k, v))
    shares = (q @ k.transpose(1, 2) / c**0.5).softmax(-1)
    return (shares @ v).transpose(1, 2).reshape(b, c, h, w)


class Down(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.conv = nn.Conv2d(channels, channels, 3, stride=2)

    def forward(self, x):
        return self.conv(F.pad(x, (0, 1, 0, 1)))  # on the right and below alone


class Mean(nn.Module):
    """Halves both sides, without weights."""

    def forward(self, x):
        return F.avg_pool2d(x, 2, 2)


class Up(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.conv = convolution(channels, channels)

    def forward(self, x):
        return self.conv(x.repeat_interleave(2, 2).repeat_interleave(2, 3))


def nearest(z, codebook):
    """[B, D, h, w] -> [B, h, w]"""
    return torch.cdist(z.permute(0, 2, 3, 1).flatten(0, 2), codebook).argmin(1).reshape(z.shape[0], *z.shape[2:])


def looked_up(ids, codebook):
    return codebook[ids].permute(0, 3, 1, 2)
