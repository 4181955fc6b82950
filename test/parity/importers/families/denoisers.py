"""Denoisers of each family, small, with the names that their authors gave."""

import torch
import torch.nn.functional as F
from torch import nn

from tokenizers import CODES, Node

SIDE = 4  # tokens per side
WIDTH, LAYERS = 64, 2


class Unleashing(nn.Module):
    """samb-t/unleashing-transformers, models/transformer.py and absorbing_diffusion.py."""

    def __init__(self, heads):
        super().__init__()
        self.heads = heads
        self._denoise_fn = Node(
            tok_emb=nn.Embedding(CODES + 1, WIDTH), pos_emb=nn.Parameter(torch.zeros(1, SIDE**2, WIDTH)),
            start_tok=nn.Parameter(torch.zeros(1, 1, WIDTH)),
            blocks=nn.ModuleList([
                Node(
                    ln1=nn.LayerNorm(WIDTH), ln2=nn.LayerNorm(WIDTH),
                    attn=Node(**{name: nn.Linear(WIDTH, WIDTH) for name in ("key", "query", "value", "proj")}),
                    mlp=nn.ModuleDict({"0": nn.Linear(WIDTH, 4 * WIDTH), "2": nn.Linear(4 * WIDTH, WIDTH)}),
                ) for _ in range(LAYERS)
            ]),
            ln_f=nn.LayerNorm(WIDTH), head=nn.Linear(WIDTH, CODES, bias=False),
        )
        for name in ("Lt_history", "Lt_count", "loss_history"):
            self.register_buffer(name, torch.zeros(257))

    def forward(self, tokens):
        """[B, n] with CODES where missing -> [B, n, CODES]"""
        net = self._denoise_fn
        x = net.tok_emb(tokens) + net.pos_emb
        for block in net.blocks:
            n = block.ln1(x)
            q, k, v = (getattr(block.attn, name)(n).unflatten(-1, (self.heads, -1)).transpose(1, 2) for name in ("query", "key", "value"))
            mixed = F.scaled_dot_product_attention(q, k, v).transpose(1, 2).flatten(2)
            x = x + block.attn.proj(mixed)
            x = x + block.mlp["2"](F.gelu(block.mlp["0"](block.ln2(x))))
        return net.head(net.ln_f(x))


class Halton(nn.Module):
    """valeoai/Halton-MaskGIT, Network/transformer.py: the class leads every norm, and tokens without a place come last."""

    def __init__(self, heads, classes=4, hidden=128):
        super().__init__()
        self.heads, self.classes = heads, classes
        linear = lambda a, b, bias=False: nn.Linear(a, b, bias=bias)
        weight = lambda: Node(weight=nn.Parameter(torch.ones(WIDTH)))
        self.cls_emb, self.tok_emb = nn.Embedding(classes + 1, WIDTH), nn.Embedding(CODES + 1, WIDTH)
        self.pos_emb, self.reg_tokens = nn.Embedding(SIDE**2, WIDTH), nn.Embedding(1, WIDTH)
        self.transformer = Node(layers=nn.ModuleList([
            Node(
                mlp=nn.ModuleDict({"1": linear(WIDTH, 6 * WIDTH, True)}), ln1=weight(), ln2=weight(),
                attn=Node(**{name: linear(WIDTH, WIDTH) for name in ("wq", "wk", "wv", "wo")}),
                ff=Node(w1=linear(WIDTH, hidden), w2=linear(hidden, WIDTH), w3=linear(WIDTH, hidden)),
            ) for _ in range(LAYERS)
        ]))
        final = weight()
        final.bias = nn.Parameter(torch.zeros(WIDTH))
        self.last_norm = Node(norm_final=final, mlp=nn.ModuleDict({"1": linear(WIDTH, 2 * WIDTH, True)}))
        self.head = linear(WIDTH, CODES + 1, True)

    def forward(self, tokens, label=None):
        """[B, n] with CODES where missing, label None for any class -> [B, n, CODES]"""
        y = F.silu(self.cls_emb(torch.full((len(tokens),), self.classes if label is None else label)))[:, None]
        rms = lambda x: x / (x.square().mean(-1, keepdim=True) + 1e-5).sqrt()
        x = self.tok_emb(tokens) + self.pos_emb.weight
        x = torch.cat([x, self.reg_tokens.weight.expand(len(tokens), 1, -1)], 1)
        for layer in self.transformer.layers:
            shift1, scale1, gate1, shift2, scale2, gate2 = layer.mlp["1"](y).chunk(6, -1)
            n = rms(x) * layer.ln1.weight * (1 + scale1) + shift1
            parts = rms(layer.attn.wq(n)), rms(layer.attn.wk(n)), layer.attn.wv(n)
            q, k, v = (part.unflatten(-1, (self.heads, -1)).transpose(1, 2) for part in parts)
            x = x + gate1 * layer.attn.wo(F.scaled_dot_product_attention(q, k, v).transpose(1, 2).flatten(2))
            n = rms(x) * layer.ln2.weight * (1 + scale2) + shift2
            x = x + gate2 * layer.ff.w2(F.silu(layer.ff.w1(n)) * layer.ff.w3(n))
        shift, scale = self.last_norm.mlp["1"](y).chunk(2, -1)
        final = self.last_norm.norm_final
        x = (rms(x[:, :-1]) * final.weight + final.bias) * (1 + scale) + shift
        return self.head(x)[..., :CODES]
