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


class MaskGIT(nn.Module):
    """valeoai/Maskgit-pytorch, branch v1.0, Network/transformer.py: one table of codes, a missing token, classes and no class."""

    classes = 1000

    def __init__(self, heads):
        super().__init__()
        rows = CODES + 1 + self.classes + 1
        self.tok_emb = nn.Embedding(rows, WIDTH)
        self.pos_emb = nn.Parameter(torch.zeros(1, SIDE**2 + 1, WIDTH))
        linear, norm = lambda a=WIDTH, b=WIDTH: nn.Linear(a, b), lambda: nn.LayerNorm(WIDTH, eps=1e-12)
        self.first_layer = nn.Sequential(norm(), nn.Dropout(), linear(), nn.GELU(), norm(), nn.Dropout(), linear())
        self.transformer = Node(layers=nn.ModuleList([
            nn.ModuleList([
                Node(norm=nn.LayerNorm(WIDTH), fn=Node(mha=nn.MultiheadAttention(WIDTH, heads, batch_first=True))),
                Node(norm=nn.LayerNorm(WIDTH), fn=Node(net=nn.Sequential(
                    linear(b=4 * WIDTH), nn.GELU(), nn.Dropout(), linear(4 * WIDTH), nn.Dropout()))),
            ]) for _ in range(LAYERS)
        ]))
        self.last_layer = nn.Sequential(norm(), nn.Dropout(), linear(), nn.GELU(), norm())
        self.bias = nn.Parameter(torch.zeros(SIDE**2 + 1, rows))

    def forward(self, tokens, label=None):
        """[B, n] with CODES where missing, label None for any class -> [B, n, CODES]"""
        label = self.classes if label is None else label
        last = torch.full((len(tokens), 1), CODES + 1 + label)
        x = self.first_layer(self.tok_emb(torch.cat([tokens, last], 1)) + self.pos_emb)
        for attention, inner in self.transformer.layers:
            n = attention.norm(x)
            x = x + attention.fn.mha(n, n, n)[0]
            x = x + inner.fn.net(inner.norm(x))
        return (self.last_layer(x) @ self.tok_emb.weight.T + self.bias)[:, :-1, :CODES]


class Mage(nn.Module):
    """LTH14/mage, models_mage.py: an encoder, and a decoder in which the first token's features stand for missing ones."""

    def __init__(self, heads, inner=32, decoder_heads=16):
        super().__init__()
        self.heads, self.decoder_heads = heads, decoder_heads
        rows, norm = CODES + 1000 + 1, lambda width: nn.LayerNorm(width, eps=1e-6)

        def block(width):
            attn = Node(qkv=nn.Linear(width, 3 * width), proj=nn.Linear(width, width))
            mlp = Node(fc1=nn.Linear(width, 4 * width), fc2=nn.Linear(4 * width, width))
            return Node(norm1=norm(width), attn=attn, norm2=norm(width), mlp=mlp)

        self.token_emb = Node(word_embeddings=nn.Embedding(rows, WIDTH), position_embeddings=nn.Embedding(SIDE**2 + 1, WIDTH),
                              LayerNorm=norm(WIDTH))
        self.token_emb.register_buffer("position_ids", torch.arange(SIDE**2 + 1).expand((1, -1)))
        self.patch_embed = Node(proj=nn.Conv2d(3, WIDTH, 2, 2))
        self.cls_token, self.pos_embed = nn.Parameter(torch.zeros(1, 1, WIDTH)), nn.Parameter(torch.zeros(1, SIDE**2 + 1, WIDTH))
        self.blocks, self.norm = nn.ModuleList([block(WIDTH) for _ in range(LAYERS)]), norm(WIDTH)
        self.decoder_embed, self.mask_token = nn.Linear(WIDTH, inner), nn.Parameter(torch.zeros(1, 1, inner))
        self.decoder_pos_embed = nn.Parameter(torch.zeros(1, SIDE**2 + 1, inner))
        self.decoder_pos_embed_learned = nn.Parameter(torch.zeros(1, SIDE**2 + 1, inner))
        self.decoder_blocks, self.decoder_norm = nn.ModuleList([block(inner) for _ in range(LAYERS)]), norm(inner)
        self.decoder_pred = nn.Linear(inner, 12)
        self.mlm_layer = Node(fc=nn.Linear(inner, WIDTH), ln=nn.LayerNorm(WIDTH), bias=nn.Parameter(torch.zeros(1, 1, rows)))

    def through(self, blocks, x, heads):
        for block in blocks:
            q, k, v = (part.unflatten(-1, (heads, -1)).transpose(1, 2) for part in block.attn.qkv(block.norm1(x)).chunk(3, -1))
            x = x + block.attn.proj(F.scaled_dot_product_attention(q, k, v).transpose(1, 2).flatten(2))
            x = x + block.mlp.fc2(F.gelu(block.mlp.fc1(block.norm2(x))))
        return x

    def forward(self, tokens):
        """[B, n] with CODES where missing -> [B, n, CODES]"""
        missing = tokens == CODES
        words, places = self.token_emb.word_embeddings.weight, self.token_emb.position_embeddings.weight
        ids = torch.where(missing, CODES + 1000, tokens)
        ids = torch.cat([torch.full((len(tokens), 1), CODES + 1100 - 1024), ids], 1)
        x = self.through(self.blocks, self.token_emb.LayerNorm(words[ids] + places), self.heads)
        x = self.decoder_embed(self.norm(x))
        x = torch.cat([x[:, :1], torch.where(missing[..., None], x[:, :1], x[:, 1:])], 1) + self.decoder_pos_embed_learned
        x = self.decoder_norm(self.through(self.decoder_blocks, x, self.decoder_heads))
        head = self.mlm_layer
        return (head.ln(F.gelu(head.fc(x))) @ words.T + head.bias)[:, 1:, :CODES]


class VqDiffusionClasses(nn.Module):
    """microsoft/VQ-Diffusion, image_synthesis/modeling/transformers/transformer_utils.py: Condition2ImageTransformer with blocks
    "selfcondition". The table of places is for twice as many a side as the grid has."""

    steps = 20

    def __init__(self, heads, rows):
        super().__init__()
        self.heads = heads
        norm = lambda count: Node(emb=nn.Embedding(count, WIDTH), linear=nn.Linear(WIDTH, 2 * WIDTH))
        self.content_emb = Node(emb=nn.Embedding(CODES + 1, WIDTH), height_emb=nn.Embedding(2 * SIDE, WIDTH),
                                width_emb=nn.Embedding(2 * SIDE, WIDTH))
        self.blocks = nn.ModuleList([
            Node(
                ln1=norm(self.steps), ln2=norm(rows),
                attn=Node(**{name: nn.Linear(WIDTH, WIDTH) for name in ("key", "query", "value", "proj")}),
                mlp=Node(conv1=nn.Conv2d(WIDTH, 2 * WIDTH, 3, padding=1), conv2=nn.Conv2d(2 * WIDTH, WIDTH, 3, padding=1)),
            ) for _ in range(LAYERS)
        ])
        self.to_logits = nn.ModuleDict({"0": nn.LayerNorm(WIDTH), "1": nn.Linear(WIDTH, CODES)})

    def forward(self, tokens, t, label):
        """[B, n] with CODES where missing, label 1000 for no class -> [B, n, CODES]"""

        def led(norm, x, at):
            seen = norm.emb.weight.mean(0) if at >= len(norm.emb.weight) else norm.emb.weight[at]
            scale, shift = norm.linear(F.silu(seen)).chunk(2, -1)
            return F.layer_norm(x, (WIDTH,)) * (1 + scale) + shift

        rows, columns = (torch.arange(SIDE**2).div(2 * SIDE, rounding_mode="floor"), torch.arange(SIDE**2) % (2 * SIDE))
        places = self.content_emb.height_emb(rows) + self.content_emb.width_emb(columns)
        x = self.content_emb.emb(tokens) + places
        for block in self.blocks:
            n = led(block.ln1, x, t)
            q, k, v = (getattr(block.attn, name)(n).unflatten(-1, (self.heads, -1)).transpose(1, 2) for name in ("query", "key", "value"))
            x = x + block.attn.proj(F.scaled_dot_product_attention(q, k, v).transpose(1, 2).flatten(2))
            n = led(block.ln2, x, label).transpose(1, 2).unflatten(-1, (SIDE, SIDE))
            inner = block.mlp.conv1(n)
            x = x + block.mlp.conv2(inner * torch.sigmoid(1.702 * inner)).flatten(2).transpose(1, 2)
        return self.to_logits["1"](self.to_logits["0"](x))
