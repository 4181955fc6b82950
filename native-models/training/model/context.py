"""What a token costs: bits under a small model that sees only the tokens around it. Used in training, never shipped."""

import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from model.tokenizer import CODES, DIM, Codebook

SOFTNESS = 0.02  # of the cosines that say which codes are near a latent: two or three have a say
FREQUENCY_SHARE = 0.5  # of what a code's frequency foretells is not in the price: without that rare codes fall out of use
RAMP = 400  # steps over which the price comes in; bits swing up and down where it comes at once


class Context(nn.Module):
    """ids [B, h, w] -> logits [B, CODES, h, w], each from the 24 tokens around its own."""

    def __init__(self, vectors: Tensor, width: int = 64, hidden: int = 512):
        """vectors [CODES, DIM]: of the codebook, so that codes that look alike begin alike."""
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


class Price:
    """Bits as a part of the tokenizer's loss, and the training of the context model that tells them.

    Entropy-constrained vector quantisation (Chou, Lookabaugh and Gray 1989) by gradients, as learned compression does it
    (Ballé et al. 2018): a latent is drawn to those of the codes near it that its surroundings foresee.
    """

    def __init__(self, codebook: Codebook, price: float, rate: float = 1.5e-3):
        """price: of a bit per token, in units of the loss; rate: at which the context model learns."""
        self.price, self.steps, vectors = price, 0, codebook.vectors
        self.context = Context(vectors).to(vectors.device, memory_format=torch.channels_last)
        self.optimiser = torch.optim.AdamW(self.context.parameters(), rate, fused=True)

    def __call__(self, z: Tensor, ids: Tensor, codebook: Codebook) -> tuple[Tensor, Tensor]:
        """z [B, D, h, w], ids [B, h, w] -> the price of the codes near z, with gradients for z alone, and the mean bits per
        token of the codes chosen. The context model takes one step, too."""
        with torch.autocast(z.device.type, dtype=torch.bfloat16):
            logits = self.context(ids)
        likely = F.log_softmax(logits.permute(0, 2, 3, 1).float(), -1)  # [B, h, w, CODES]: along memory, four times as fast
        chosen = F.nll_loss(likely.flatten(0, 2), ids.flatten())
        self.optimiser.zero_grad(set_to_none=True)
        chosen.backward()
        self.optimiser.step()
        near = (z.permute(0, 2, 3, 1) @ codebook.vectors.t() / SOFTNESS).softmax(-1)  # [B, h, w, CODES]
        frequent = F.normalize(codebook.uses, p=1, dim=0).clamp_min(1e-6).log()
        foretold = likely.detach() - FREQUENCY_SHARE * frequent
        bits = -(near * foretold).sum(-1).mean() / math.log(2)
        self.steps += 1
        return self.price * min(1.0, self.steps / RAMP) * bits, chosen.detach() / math.log(2)

    @torch.no_grad()
    def measure(self, ids: Tensor) -> float:
        """Mean bits per token of ids [B, h, w] that it has not learned from."""
        parts = ids.to(self.context.hole.device).split(8)
        nats = sum(float(F.cross_entropy(self.context(part), part, reduction="sum")) for part in parts)
        return nats / ids.numel() / math.log(2)

    def state_dict(self) -> dict:
        return {"context": self.context.state_dict(), "optimiser": self.optimiser.state_dict(), "steps": self.steps}

    def load_state_dict(self, state: dict) -> None:
        self.context.load_state_dict(state["context"]), self.optimiser.load_state_dict(state["optimiser"])
        self.steps = state["steps"]
