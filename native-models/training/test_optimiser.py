"""Muon and AdamW side by side: python -m unittest test_optimiser"""

import copy
import unittest
from functools import partial

import numpy as np
import torch

from optimiser import Optimiser


class MuonAndAdam(unittest.TestCase):
    def losses(self, muon: bool, saved: bool) -> list[float]:
        """Of twelve steps of two convolutions, the first of which Muon may take; with `saved`, a state is loaded half-way."""
        torch.manual_seed(3)
        image, losses = torch.randn(2, 32, 6, 6), []
        first = torch.nn.Sequential(torch.nn.Conv2d(32, 32, 3, padding=1), torch.nn.Conv2d(32, 3, 1))
        model = copy.deepcopy(first).to(memory_format=torch.channels_last)
        make = partial(Optimiser, model, [model[0].weight] if muon else [], 1e-2, (0.9, 0.95), 0.01)
        optimiser = make()
        for step in range(12):
            if saved and step == 6:
                state = copy.deepcopy(optimiser.state_dict())
                optimiser = make()
                optimiser.load_state_dict(state)
            loss = (model(image) - image[:, :3]).square().mean()
            losses.append(float(loss.detach()))
            optimiser.step(loss, 1e-2)
        for before, after in zip(first.parameters(), model.parameters()):
            self.assertGreater(float((before - after).detach().abs().max()), 1e-3)
        return losses

    def test_all_weights_move_down_the_loss_and_a_saved_state_goes_on_alike(self):
        """Convolutions are handed to Muon as matrices over the same memory: the model itself must move."""
        for muon in (True, False):
            with self.subTest(muon=muon):
                straight, resumed = (self.losses(muon, saved) for saved in (False, True))
                self.assertLess(straight[-1], 0.7 * straight[0])
                np.testing.assert_allclose(straight, resumed, rtol=1e-4)



if __name__ == "__main__":
    unittest.main()
