"""Tokenizers of each family, small, with the names that their authors gave."""

import torch
import torch.nn.functional as F
from torch import nn

from layers import (
    Attention, Down, LinearAttention, Mean, PlainResidual, Residual, Up, convolution, group_norm, looked_up, nearest,
)

CHANNELS = 32  # no fewer, since every norm has 32 groups
WIDE = 64
CODES = 32


class Node(nn.Module):
    """A place in a tree of names, without a formula of its own."""

    def __init__(self, **parts):
        super().__init__()
        for name, part in parts.items():
            setattr(self, name, part)


class Unleashing(nn.Module):
    """samb-t/unleashing-transformers, models/vqgan.py: no swish before the last convolution, an unused shortcut in every block."""

    prefix, dim = "", 8

    def __init__(self):
        super().__init__()
        res = lambda a, b: Residual(a, b, "conv_out", always=True)
        self.ae = Node(
            encoder=Node(blocks=nn.ModuleList([
                convolution(3, CHANNELS), res(CHANNELS, CHANNELS), Down(CHANNELS), res(CHANNELS, WIDE), Attention(WIDE),
                res(WIDE, WIDE), Attention(WIDE), res(WIDE, WIDE), group_norm(WIDE), convolution(WIDE, self.dim),
            ])),
            quantize=Node(embedding=nn.Embedding(CODES, self.dim)),
            generator=Node(blocks=nn.ModuleList([
                convolution(self.dim, WIDE), res(WIDE, WIDE), Attention(WIDE), res(WIDE, WIDE), res(WIDE, WIDE), Up(WIDE),
                res(WIDE, CHANNELS), group_norm(CHANNELS), convolution(CHANNELS, 3),
            ])),
        )
        self.disc = Node(main=nn.ModuleList([nn.Conv2d(3, 4, 4)]))

    def encode(self, x):
        for block in self.ae.encoder.blocks:
            x = block(x)
        return nearest(x, self.ae.quantize.embedding.weight)

    def decode(self, ids):
        x = looked_up(ids, self.ae.quantize.embedding.weight)
        for block in self.ae.generator.blocks:
            x = block(x)
        return x


class Taming(nn.Module):
    """CompVis/taming-transformers and latent-diffusion: `up` runs from its last level to its first."""

    def __init__(self, dim=4, attention=True, mid_attention=True, gumbel=False):
        super().__init__()
        res = lambda a, b: Residual(a, b, "nin_shortcut")
        attn = lambda n: nn.ModuleList([Attention(WIDE) for _ in range(n if attention else 0)])
        mid = lambda: Node(block_1=res(WIDE, WIDE), **({"attn_1": Attention(WIDE)} if mid_attention else {}), block_2=res(WIDE, WIDE))
        self.encoder = Node(
            conv_in=convolution(3, CHANNELS),
            down=nn.ModuleList([
                Node(block=nn.ModuleList([res(CHANNELS, CHANNELS)]), attn=nn.ModuleList(), downsample=Down(CHANNELS)),
                Node(block=nn.ModuleList([res(CHANNELS, WIDE)]), attn=attn(1)),
            ]),
            mid=mid(), norm_out=group_norm(WIDE), conv_out=convolution(WIDE, dim),
        )
        self.decoder = Node(
            conv_in=convolution(dim, WIDE), mid=mid(),
            up=nn.ModuleList([
                Node(block=nn.ModuleList([res(WIDE, CHANNELS), res(CHANNELS, CHANNELS)]), attn=nn.ModuleList()),
                Node(block=nn.ModuleList([res(WIDE, WIDE), res(WIDE, WIDE)]), attn=attn(2), upsample=Up(WIDE)),
            ]),
            norm_out=group_norm(CHANNELS), conv_out=convolution(CHANNELS, 3),
        )
        if gumbel:
            self.quantize = Node(proj=convolution(dim, CODES, 1), embed=nn.Embedding(CODES, dim))
        else:
            self.quantize = Node(embedding=nn.Embedding(CODES, dim))
        self.quant_conv, self.post_quant_conv = convolution(dim, dim, 1), convolution(dim, dim, 1)
        self.loss = Node(discriminator=Node(main=nn.ModuleList([nn.Conv2d(3, 4, 4)])))

    def encode(self, x):
        x = self.encoder.conv_in(x)
        for level in self.encoder.down:
            x = blocks_of(level.block, level.attn, x)
            x = level.downsample(x) if hasattr(level, "downsample") else x
        x = self.encoder.conv_out(F.silu(self.encoder.norm_out(middle(self.encoder.mid, x))))
        z = self.quant_conv(x)
        if hasattr(self.quantize, "proj"):
            return self.quantize.proj(z).argmax(1)
        return nearest(z, self.quantize.embedding.weight)

    def decode(self, ids):
        book = self.quantize.embed if hasattr(self.quantize, "proj") else self.quantize.embedding
        x = middle(self.decoder.mid, self.decoder.conv_in(self.post_quant_conv(looked_up(ids, book.weight))))
        for level in reversed(self.decoder.up):
            x = blocks_of(level.block, level.attn, x)
            x = level.upsample(x) if hasattr(level, "upsample") else x
        return self.decoder.conv_out(F.silu(self.decoder.norm_out(x)))


def middle(mid, x):
    for part in ("block_1", "attn_1", "block_2"):
        x = getattr(mid, part)(x) if hasattr(mid, part) else x
    return x


def blocks_of(blocks, attentions, x):
    for at, block in enumerate(blocks):
        x = block(x)
        x = attentions[at](x) if at < len(attentions) else x
    return x


class Mage(nn.Module):
    """LTH14/mage, taming/modules/diffusionmodules/model.py: the names of Taming Transformers, no attention, few biases."""

    def __init__(self, dim=8):
        super().__init__()
        res = PlainResidual
        mid = lambda: Node(block_1=res(WIDE, WIDE), block_2=res(WIDE, WIDE))
        self.encoder = Node(
            conv_in=nn.Conv2d(3, CHANNELS, 3, padding=1, bias=False),
            down=nn.ModuleList([
                Node(block=nn.ModuleList([res(CHANNELS, CHANNELS)]), downsample=Mean()),
                Node(block=nn.ModuleList([res(CHANNELS, WIDE)])),
            ]),
            mid=mid(), norm_out=group_norm(WIDE), conv_out=convolution(WIDE, dim, 1),
        )
        self.decoder = Node(
            conv_in=convolution(dim, WIDE), mid=mid(),
            up=nn.ModuleList([
                Node(block=nn.ModuleList([res(WIDE, CHANNELS)])),
                Node(block=nn.ModuleList([res(WIDE, WIDE)]), upsample=Up(WIDE)),
            ]),
            norm_out=group_norm(CHANNELS), conv_out=convolution(CHANNELS, 3),
        )
        self.quantize = Node(embedding=nn.Embedding(CODES, dim))

    def encode(self, x):
        x = self.encoder.conv_in(x)
        for level in self.encoder.down:
            x = blocks_of(level.block, [], x)
            x = level.downsample(x) if hasattr(level, "downsample") else x
        z = self.encoder.conv_out(F.silu(self.encoder.norm_out(middle(self.encoder.mid, x))))
        return nearest(z, self.quantize.embedding.weight)

    def decode(self, ids):
        x = middle(self.decoder.mid, self.decoder.conv_in(looked_up(ids, self.quantize.embedding.weight)))
        for level in reversed(self.decoder.up):
            x = blocks_of(level.block, [], x)
            x = level.upsample(x) if hasattr(level, "upsample") else x
        return self.decoder.conv_out(F.silu(self.decoder.norm_out(x)))


class LlamaGen(nn.Module):
    """FoundationVision/LlamaGen, tokenizer_image/vq_model.py: codes are directions, also when they are decoded."""

    def __init__(self, dim=4, hidden=16):
        super().__init__()
        res = lambda a, b: Residual(a, b, "nin_shortcut")
        mid = lambda: nn.ModuleList([res(WIDE, WIDE), Attention(WIDE), res(WIDE, WIDE)])
        self.encoder = Node(
            conv_in=convolution(3, CHANNELS),
            conv_blocks=nn.ModuleList([
                Node(res=nn.ModuleList([res(CHANNELS, CHANNELS)]), attn=nn.ModuleList(), downsample=Down(CHANNELS)),
                Node(res=nn.ModuleList([res(CHANNELS, WIDE)]), attn=nn.ModuleList([Attention(WIDE)])),
            ]),
            mid=mid(), norm_out=group_norm(WIDE), conv_out=convolution(WIDE, hidden),
        )
        self.decoder = Node(
            conv_in=convolution(hidden, WIDE), mid=mid(),
            conv_blocks=nn.ModuleList([
                Node(res=nn.ModuleList([res(WIDE, WIDE)]), attn=nn.ModuleList([Attention(WIDE)]), upsample=Up(WIDE)),
                Node(res=nn.ModuleList([res(WIDE, CHANNELS)]), attn=nn.ModuleList()),
            ]),
            norm_out=group_norm(CHANNELS), conv_out=convolution(CHANNELS, 3),
        )
        self.quantize = Node(embedding=nn.Embedding(CODES, dim))
        self.quantize.register_buffer("codebook_used", torch.zeros(16))
        self.quant_conv, self.post_quant_conv = convolution(hidden, dim, 1), convolution(dim, hidden, 1)

    def book(self):
        return F.normalize(self.quantize.embedding.weight, dim=-1)

    def encode(self, x):
        x = self.encoder.conv_in(x)
        for level in self.encoder.conv_blocks:
            x = blocks_of(level.res, level.attn, x)
            x = level.downsample(x) if hasattr(level, "downsample") else x
        for part in self.encoder.mid:
            x = part(x)
        z = self.quant_conv(self.encoder.conv_out(F.silu(self.encoder.norm_out(x))))
        return nearest(F.normalize(z, dim=1), self.book())

    def decode(self, ids):
        x = self.decoder.conv_in(self.post_quant_conv(looked_up(ids, self.book())))
        for part in self.decoder.mid:
            x = part(x)
        for level in self.decoder.conv_blocks:
            x = blocks_of(level.res, level.attn, x)
            x = level.upsample(x) if hasattr(level, "upsample") else x
        return self.decoder.conv_out(F.silu(self.decoder.norm_out(x)))


class Diffusers(nn.Module):
    """VQModel of huggingface/diffusers, with attention and its old or new names."""

    def __init__(self, dim=4, old_names=False):
        super().__init__()
        res = lambda a, b: Residual(a, b, "conv_shortcut")
        attn = lambda n: nn.ModuleList([LinearAttention(WIDE, old_names) for _ in range(n)])
        mid = lambda: Node(resnets=nn.ModuleList([res(WIDE, WIDE), res(WIDE, WIDE)]), attentions=attn(1))
        self.encoder = Node(
            conv_in=convolution(3, CHANNELS),
            down_blocks=nn.ModuleList([
                Node(resnets=nn.ModuleList([res(CHANNELS, CHANNELS)]), downsamplers=nn.ModuleList([Down(CHANNELS)])),
                Node(resnets=nn.ModuleList([res(CHANNELS, WIDE)]), attentions=attn(1)),
            ]),
            mid_block=mid(), conv_norm_out=group_norm(WIDE), conv_out=convolution(WIDE, dim),
        )
        self.decoder = Node(
            conv_in=convolution(dim, WIDE), mid_block=mid(),
            up_blocks=nn.ModuleList([
                Node(resnets=nn.ModuleList([res(WIDE, WIDE)]), attentions=attn(1), upsamplers=nn.ModuleList([Up(WIDE)])),
                Node(resnets=nn.ModuleList([res(WIDE, CHANNELS)])),
            ]),
            conv_norm_out=group_norm(CHANNELS), conv_out=convolution(CHANNELS, 3),
        )
        self.quantize = Node(embedding=nn.Embedding(CODES, dim))
        self.quant_conv, self.post_quant_conv = convolution(dim, dim, 1), convolution(dim, dim, 1)

    def levels(self, levels, x, resample):
        for level in levels:
            x = blocks_of(level.resnets, getattr(level, "attentions", []), x)
            x = getattr(level, resample)[0](x) if hasattr(level, resample) else x
        return x

    def middle(self, mid, x):
        return mid.resnets[1](mid.attentions[0](mid.resnets[0](x)))

    def encode(self, x):
        x = self.levels(self.encoder.down_blocks, self.encoder.conv_in(x), "downsamplers")
        x = F.silu(self.encoder.conv_norm_out(self.middle(self.encoder.mid_block, x)))
        return nearest(self.quant_conv(self.encoder.conv_out(x)), self.quantize.embedding.weight)

    def decode(self, ids):
        x = self.decoder.conv_in(self.post_quant_conv(looked_up(ids, self.quantize.embedding.weight)))
        x = self.levels(self.decoder.up_blocks, self.middle(self.decoder.mid_block, x), "upsamplers")
        return self.decoder.conv_out(F.silu(self.decoder.conv_norm_out(x)))
