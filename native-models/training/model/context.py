"""The rate of tokens: bits under a small context model that sees only the tokens around one. Used in training, never shipped."""

import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from model.tokenizer import CODES, DIM, Codebook
from precision import mixed

TEMPERATURE = 0.02  # of the softmax over cosines that says which codes are near a latent: two or three have weight
FREQUENCY_SHARE = 0.5  # share of a code's unigram bits that the rate leaves out; otherwise rare codes fall out of use
RAMP = 400  # steps over which the weight grows to its full value; bits swing up and down where it starts at once


class Context(nn.Module):
    """ids [B, h, w] -> logits [B, CODES, h, w], each from the 24 tokens around its own."""

    def __init__(self, vectors: Tensor, width: int = 64, hidden: int = 512):
        """vectors [CODES, DIM]: of the codebook; similar codes start with similar embeddings."""
        super().__init__()
        self.embedding = nn.Embedding(CODES, width)
        with torch.no_grad():
            self.embedding.weight[:, :DIM] = 2 * vectors
            self.embedding.weight[:, DIM:] *= 0.3
        self.around = nn.Conv2d(width, hidden, 5, padding=2)
        self.out = nn.Sequential(nn.GELU(), nn.Conv2d(hidden, 256, 1), nn.GELU(), nn.Conv2d(256, CODES, 1))
        hole = torch.ones(1, 1, 5, 5)
        hole[..., 2, 2] = 0
        self.register_buffer("hole", hole)

    def forward(self, ids: Tensor) -> Tensor:
        embedded = self.embedding(ids).permute(0, 3, 1, 2)
        return self.out(F.conv2d(embedded, self.around.weight * self.hole, self.around.bias, padding=2))


class RateTerm:
    """The rate, in bits per token, as a term of the tokenizer's loss; trains the context model that measures it.

    Entropy-constrained vector quantisation (Chou, Lookabaugh and Gray 1989) by gradients, as learned compression does it
    (Ballé et al. 2018): a latent is drawn towards those nearby codes that its context predicts.
    """

    def __init__(self, codebook: Codebook, weight: float, learning_rate: float = 1.5e-3):
        """weight: of a bit per token in the loss (lambda); learning_rate: of the context model."""
        self.weight, self.steps, vectors = weight, 0, codebook.vectors
        self.context = Context(vectors).to(vectors.device, memory_format=torch.channels_last)
        self.optimiser = torch.optim.AdamW(self.context.parameters(), learning_rate, fused=True)

    def __call__(self, z: Tensor, ids: Tensor, codebook: Codebook) -> tuple[Tensor, Tensor]:
        """z [B, D, h, w], ids [B, h, w] -> the weighted rate of the codes near z, with gradients for z alone, and the mean
        bits per token of the chosen codes. The context model takes one step, too."""
        with mixed(z.device):
            logits = self.context(ids)
        log_p = F.log_softmax(logits.permute(0, 2, 3, 1).float(), -1)  # [B, h, w, CODES]: along memory, four times as fast
        chosen = F.nll_loss(log_p.flatten(0, 2), ids.flatten())
        self.optimiser.zero_grad(set_to_none=True)
        chosen.backward()
        self.optimiser.step()
        near = (z.permute(0, 2, 3, 1) @ codebook.vectors.t() / TEMPERATURE).softmax(-1)  # [B, h, w, CODES]
        log_unigram = F.normalize(codebook.uses, p=1, dim=0).clamp_min(1e-6).log()
        bits = -(near * (log_p.detach() - FREQUENCY_SHARE * log_unigram)).sum(-1).mean() / math.log(2)
        self.steps += 1
        return self.weight * min(1.0, self.steps / RAMP) * bits, chosen.detach() / math.log(2)

    @torch.no_grad()
    def measure(self, ids: Tensor) -> float:
        """Mean bits per token of held-out ids [B, h, w]."""
        parts = ids.to(self.context.hole.device).split(8)
        nats = sum(float(F.cross_entropy(self.context(part), part, reduction="sum")) for part in parts)
        return nats / ids.numel() / math.log(2)

    def state_dict(self) -> dict:
        return {"context": self.context.state_dict(), "optimiser": self.optimiser.state_dict(), "steps": self.steps}

    def load_state_dict(self, state: dict) -> None:
        self.context.load_state_dict(state["context"])
        self.optimiser.load_state_dict(state["optimiser"])
        self.steps = state["steps"]
