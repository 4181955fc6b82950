"""The adversarial part of the decoder's training, with the hinge loss (Lim and Ye 2017) as in VQGAN (Esser et al. 2021)."""

import torch
import torch.nn.functional as F
from torch import Tensor

from model.discriminator import PatchDiscriminator

RAMP = 0.15  # share of the stage over which the weight grows to its full value


class Adversary:
    """A discriminator with an optimiser of its own, trained in step with the decoder."""

    def __init__(self, device: str, learning_rate: float, weight: float, compile: bool = False):
        """weight: of the decoder's adversarial loss, once it has grown to its full value."""
        self.weight = weight
        self.discriminator = PatchDiscriminator().to(device, memory_format=torch.channels_last)
        self.optimiser = torch.optim.AdamW(self.discriminator.parameters(), learning_rate, betas=(0.5, 0.98), fused=True)
        if compile:
            self.discriminator.compile()

    def loss(self, image: Tensor, decoded: Tensor, progress: float, learning_rate: float) -> tuple[Tensor, Tensor]:
        """Trains the discriminator for one step on image and decoded, both [B, 3, H, W]. Gives the weighted loss of the
        decoder, with gradients for `decoded` alone, and the loss of the discriminator for the log. progress: 0..1."""
        trained = self._train(image, decoded.detach(), learning_rate)
        return -min(1.0, progress / RAMP) * self.weight * self._score(decoded), trained

    def _train(self, real: Tensor, decoded: Tensor, learning_rate: float) -> Tensor:
        for group in self.optimiser.param_groups:
            group["lr"] = learning_rate
        with torch.autocast(real.device.type, dtype=torch.bfloat16):
            scores = self.discriminator(real).float(), self.discriminator(decoded).float()
        loss = F.relu(1 - scores[0]).mean() + F.relu(1 + scores[1]).mean()
        self.optimiser.zero_grad(set_to_none=True)
        loss.backward()
        self.optimiser.step()
        return loss.detach()

    def _score(self, decoded: Tensor) -> Tensor:
        """The mean score, with gradients for the picture but not for the discriminator."""
        self.discriminator.requires_grad_(False)
        with torch.autocast(decoded.device.type, dtype=torch.bfloat16):
            score = self.discriminator(decoded).float().mean()
        self.discriminator.requires_grad_(True)
        return score

    def state_dict(self) -> dict:
        return {"discriminator": self.discriminator.state_dict(), "optimiser": self.optimiser.state_dict()}

    def load_state_dict(self, state: dict) -> None:
        self.discriminator.load_state_dict(state["discriminator"])
        self.optimiser.load_state_dict(state["optimiser"])
