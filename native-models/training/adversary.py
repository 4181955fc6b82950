"""The adversarial part of the decoder's training, with the hinge loss (Lim and Ye 2017) as in VQGAN (Esser et al. 2021)."""

import torch
import torch.nn.functional as F
from torch import Tensor

from model.discriminator import PatchDiscriminator
from precision import mixed

START = 0.04  # share of the stage in which the discriminator learns alone: a decoder taught by an untrained one draws noise
RAMP = 0.12  # share of the stage over which the weight then grows to its full value
FASTER = 4  # times the decoder's learning rate
SHIFT = 8  # px: pixels of a token


class Adversary:
    """A discriminator with an optimiser of its own, trained in step with the decoder.

    Both pictures are cut at a random place within a token first. Otherwise the discriminator's strides always lie alike
    over the tokens, and its own grid shows in what the decoder learns.
    """

    def __init__(self, device: str, learning_rate: float, weight: float, compile: bool = False):
        """weight: of the decoder's adversarial loss, once it has grown to its full value. At 1 its gradient at the picture
        is as long as that of the mean absolute error."""
        self.weight = weight
        self.discriminator = PatchDiscriminator().to(device, memory_format=torch.channels_last)
        self.optimiser = torch.optim.AdamW(self.discriminator.parameters(), FASTER * learning_rate, betas=(0.5, 0.98), fused=True)
        if compile:
            self.discriminator.compile()

    def loss(self, image: Tensor, decoded: Tensor, progress: float, learning_rate: float) -> tuple[Tensor, Tensor]:
        """Trains the discriminator for one step on image and decoded, both [B, 3, H, W]. Gives the weighted loss of the
        decoder, with gradients for `decoded` alone, and the loss of the discriminator for the log. progress: 0..1."""
        y, x = torch.randint(SHIFT, (2,)).tolist()
        trained = self._train(image[..., y:, x:], decoded.detach()[..., y:, x:], FASTER * learning_rate)
        weight = self.weight * min(1.0, max(0.0, progress - START) / RAMP)
        if weight == 0:
            return decoded.new_zeros(()), trained
        return weight * (self._direction(decoded.detach(), y, x) * decoded).sum(), trained

    def _train(self, real: Tensor, decoded: Tensor, learning_rate: float) -> Tensor:
        for group in self.optimiser.param_groups:
            group["lr"] = learning_rate
        with mixed(real.device):
            scores = self.discriminator(torch.cat([real, decoded])).float().chunk(2)
        loss = F.relu(1 - scores[0]).mean() + F.relu(1 + scores[1]).mean()
        self.optimiser.zero_grad(set_to_none=True)
        loss.backward()
        self.optimiser.step()
        return loss.detach()

    def _direction(self, decoded: Tensor, y: int, x: int) -> Tensor:
        """Where lower scores lie, at each pixel of `decoded`: as long as the gradient of a mean absolute error. Scores and
        their gradients grow and shrink as the discriminator learns; a fixed factor would be now too much, now too little."""
        decoded.requires_grad_(True)
        self.discriminator.requires_grad_(False)
        with mixed(decoded.device):
            score = self.discriminator(decoded[..., y:, x:]).float().mean()
        self.discriminator.requires_grad_(True)
        (gradient,) = torch.autograd.grad(-score, decoded)
        return gradient / (gradient.norm().clamp_min(1e-12) * decoded.numel() ** 0.5)

    def state_dict(self) -> dict:
        return {"discriminator": self.discriminator.state_dict(), "optimiser": self.optimiser.state_dict()}

    def load_state_dict(self, state: dict) -> None:
        self.discriminator.load_state_dict(state["discriminator"])
        self.optimiser.load_state_dict(state["optimiser"])
