"""The discriminator and its loss: python -m unittest test_adversary"""

import copy
import unittest

import torch

from adversary import RAMP, Adversary
from model.discriminator import PatchDiscriminator


class AdversarialLoss(unittest.TestCase):
    def setUp(self):
        torch.manual_seed(1)
        self.real = torch.rand(8, 3, 32, 32) * 2 - 1
        self.decoded = torch.zeros(8, 3, 32, 32, requires_grad=True)
        self.adversary = Adversary("cpu", 1e-3, 0.5)

    def test_a_score_sees_a_patch(self):
        discriminator = PatchDiscriminator().eval()
        image = torch.zeros(1, 3, 128, 128)
        self.assertEqual(discriminator(image).shape, (1, 1, 16, 16))
        changed = image.clone()
        changed[..., 64, 64] = 1
        rows = (discriminator(changed) != discriminator(image))[0, 0].any(1).nonzero().flatten()
        self.assertLessEqual(int(rows.max() - rows.min()) * 8, 48)

    def test_it_learns_to_tell_real_pictures_from_decoded_ones(self):
        losses = [float(self.adversary.loss(self.real, self.decoded, 1.0, 1e-3)[1]) for _ in range(40)]
        self.assertLess(losses[-1], 0.5 * losses[0])

    def test_gradients_reach_the_decoded_picture_and_not_the_discriminator(self):
        self.adversary.loss(self.real, self.decoded, 1.0, 1e-3)
        self.adversary.optimiser.zero_grad(set_to_none=True)
        loss = -self.adversary._score(self.decoded)
        loss.backward()
        self.assertTrue(bool(self.decoded.grad.any()))
        self.assertTrue(all(p.grad is None for p in self.adversary.discriminator.parameters()))

    def test_the_weight_grows_from_zero(self):
        for progress, share in ((0.0, 0.0), (RAMP / 2, 0.5), (1.0, 1.0)):
            adversary = copy.deepcopy(self.adversary)
            loss, _ = adversary.loss(self.real, self.decoded, progress, 0.0)
            self.assertAlmostEqual(float(loss.detach()), -share * 0.5 * float(adversary._score(self.decoded).detach()), places=2)

    def test_a_saved_state_continues_alike(self):
        self.adversary.loss(self.real, self.decoded, 1.0, 1e-3)
        again = Adversary("cpu", 1e-3, 0.5)
        again.load_state_dict(copy.deepcopy(self.adversary.state_dict()))
        for _ in range(3):
            losses = [float(a.loss(self.real, self.decoded, 1.0, 1e-3)[1]) for a in (self.adversary, again)]
            self.assertAlmostEqual(losses[0], losses[1], places=4)


if __name__ == "__main__":
    unittest.main()
