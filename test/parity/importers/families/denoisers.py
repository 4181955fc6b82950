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
