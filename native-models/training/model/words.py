"""Words beside the denoiser: what a person asks for leads it, and none of its own weights change.

Before each block, and before the head, every token looks at up to eight words and takes in what they say of it: something that is
added to it, and how loud each of some neurons is that see the token itself. One more choice stands beside the words and says nothing.
Where there are no words it is the only one, so that exactly 0 is added. Each word also makes some codes likelier than others, wherever
they are. Without words, predictions are those of the denoiser alone.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from .denoiser import CODES, Denoiser, rotary

MOST = 8  # words at a time
HEADS, KEY = 4, 16  # of the looks at the words, and channels of each
NEURONS = 64  # of each look, whose loudness the words set
ROOM = 128  # channels of a word
PRIOR, START = 400.0, 0.5  # codes that every word is thought to have been seen with; see start_from_counts


class Look(nn.Module):
    """One look of all tokens at the words; it adds nothing before it has learned something."""

    def __init__(self, width: int):
        super().__init__()
        self.query = nn.Linear(width, HEADS * KEY)
        self.key = nn.Linear(ROOM, HEADS * KEY)
        self.value = nn.Linear(ROOM, width, bias=False)
        self.into, self.out = nn.Linear(width, NEURONS), nn.Linear(NEURONS, width, bias=False)
        self.loudness = nn.Linear(ROOM, NEURONS, bias=False)
        nn.init.zeros_(self.value.weight)
        nn.init.zeros_(self.out.weight)

    @property
    def taught(self) -> bool:
        return bool(self.value.weight.any() or self.out.weight.any())

    def forward(self, x: Tensor, words: Tensor, given: Tensor) -> Tensor:
        """x [B, n, width], words [B, MOST, ROOM], given bool [B, MOST] -> what is added to x."""
        q = self.query(x).unflatten(-1, (HEADS, KEY)).transpose(1, 2)  # [B, H, n, key]
        k = self.key(words).unflatten(-1, (HEADS, KEY)).transpose(1, 2)  # [B, H, MOST, key]
        scores = (q @ k.transpose(-1, -2)).float() * KEY**-0.5
        scores = scores.masked_fill(~given[:, None, None, :], -1e9)
        nothing = scores.new_zeros(scores.shape[:-1] + (1,))
        shares = torch.cat([nothing, scores], -1).softmax(-1)[..., 1:]  # [B, H, n, MOST]
        heard = F.gelu(self.into(x), approximate="tanh") * _mixed(shares, self.loudness(words))
        return _mixed(shares, self.value(words)) + self.out(heard)


def _mixed(shares: Tensor, said: Tensor) -> Tensor:
    """shares [B, H, n, MOST] of what the words say [B, MOST, C] -> [B, n, C]; each head mixes its part of the channels."""
    parts = said.unflatten(-1, (HEADS, -1)).transpose(1, 2)  # [B, H, MOST, C / H]
    return (shares.to(parts.dtype) @ parts).transpose(1, 2).flatten(2)


class Words(nn.Module):
    """The embeddings of a vocabulary and the looks at them; id 0 is no word."""

    def __init__(self, words: int, layers: int, width: int):
        super().__init__()
        self.embed = nn.Embedding(words + 1, ROOM)
        self.codes = nn.Embedding(words + 1, CODES)  # what is added to the logits
        self.looks = nn.ModuleList(Look(width) for _ in range(layers + 1))
        nn.init.normal_(self.embed.weight, std=1.0)
        nn.init.zeros_(self.codes.weight)

    @torch.no_grad()
    def start_from_counts(self, counts: Tensor) -> None:
        """counts [words + 1, K]: how often each code occurs where a word is said, in row 0 of all. Codes that a word makes twice as
        frequent start as that much likelier, to the power of START: what lies around a token says some of it already."""
        overall = (counts[0] + 1) / (counts[0] + 1).sum()
        smooth = (counts + PRIOR * overall) / (counts.sum(1, keepdim=True) + PRIOR)
        self.codes.weight[1:] = START * (smooth / overall).log()[1:].clamp(-4, 4)

    @torch.no_grad()
    def keep(self, ids: list[int]) -> None:
        """Forgets all other words; those of `ids` become 1, 2, ..."""
        for table in (self.embed, self.codes):
            table.weight = nn.Parameter(table.weight[[0, *ids]])
            table.num_embeddings = len(table.weight)

    def likelier(self, words: Tensor) -> Tensor:
        """What is added to the logits, the mean over the words: int64 [B, MOST] -> [B, K]."""
        given = (words > 0).float()
        return (self.codes(words) * given[..., None]).sum(1) / given.sum(1, keepdim=True).clamp_min(1)


class LedDenoiser(nn.Module):
    """A frozen denoiser and the words that lead it."""

    def __init__(self, denoiser: Denoiser, words: int):
        super().__init__()
        self.denoiser = denoiser.requires_grad_(False)
        self.words = Words(words, len(denoiser.blocks), denoiser.embed.embedding_dim)

    def forward(self, tokens: Tensor, select: Tensor, words: Tensor) -> Tensor:
        """tokens int64 [B, h, w], MASK where missing; select int64 [M], flat positions; words int64 [B, MOST], 0 for none ->
        logits [M, K]."""
        base, given, said = self.denoiser, words > 0, self.words.embed(words)
        x = base.neighbours(base.embed(tokens)).flatten(1, 2)
        cos, sin = (t.to(x.dtype) for t in rotary(tokens.shape[1], tokens.shape[2], base.head_width, tokens.device))
        for block, look in zip(base.blocks, self.words.looks):
            x = block(x + look(block.norm1(x), said, given), cos, sin)
        x = x + self.words.looks[-1](base.norm(x), said, given)
        logits = base.head(base.norm(x.flatten(0, 1)[select]))
        return logits + self.words.likelier(words)[select // (tokens.shape[1] * tokens.shape[2])]
