"""Muon (Jordan et al. 2024) for the weights that mix many channels, AdamW for all others, at one learning rate; experiments.md compares them."""

import torch
from torch import Tensor, nn

NEWTON_SCHULZ_STEPS = 5  # with which Muon makes an update orthogonal


class Optimiser:
    """Muon works on matrices: a convolution [out, in, h, w] is one of [out, h * w * in], over the same memory."""

    def __init__(self, model: nn.Module, matrices: list[nn.Parameter], rate: float, betas: tuple[float, float], decay: float):
        """matrices: the parameters for Muon, of two or four dimensions, or none; betas: of AdamW; decay: weight decay of Muon."""
        taken = set(map(id, matrices))
        others = [p for p in model.parameters() if p.requires_grad and id(p) not in taken]
        self.all = matrices + others
        self.matrices = [(p, nn.Parameter(_matrix(p.detach()))) for p in matrices]
        self.parts: list[torch.optim.Optimizer] = [torch.optim.AdamW(others, rate, betas=betas, weight_decay=0.0, fused=True)]
        if matrices:
            self.parts.insert(0, torch.optim.Muon([m for _, m in self.matrices], rate, weight_decay=decay,
                                                  ns_steps=NEWTON_SCHULZ_STEPS, adjust_lr_fn="match_rms_adamw"))

    def step(self, loss: Tensor, rate: float) -> None:
        """One step down `loss`, whose gradients are clipped to length 1."""
        for parameter in self.all:
            parameter.grad = None
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.all, 1.0)
        for parameter, matrix in self.matrices:  # what had no part in the loss stays
            matrix.grad = None if parameter.grad is None else _matrix(parameter.grad)
        for part in self.parts:
            for group in part.param_groups:
                group["lr"] = rate
            part.step()

    def state_dict(self) -> list[dict]:
        return [part.state_dict() for part in self.parts]

    def load_state_dict(self, states: list[dict]) -> None:
        for part, state in zip(self.parts, states, strict=True):
            part.load_state_dict(state)


def _matrix(weight: Tensor) -> Tensor:
    """A view where the weight lies as channels_last, as both models do: Muon then writes into the weight itself."""
    return weight if weight.ndim == 2 else weight.permute(0, 2, 3, 1).flatten(1)
