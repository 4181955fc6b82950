"""The discriminator, its loss, and roughness: python -m unittest test_adversary"""

import copy
import math
import unittest
from unittest.mock import patch

import torch

from adversary import RAMP, START, Adversary
from model.discriminator import PatchDiscriminator
from tokenizer_losses import texture_loss


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
        weighted, _ = self.adversary.loss(self.real, self.decoded, 1.0, 0.0)
        self.adversary.optimiser.zero_grad(set_to_none=True)
        weighted.backward()
        self.assertTrue(bool(self.decoded.grad.any()))
        self.assertTrue(all(p.grad is None for p in self.adversary.discriminator.parameters()))

    def test_a_step_along_the_gradient_raises_the_score(self):
        for _ in range(20):
            self.adversary.loss(self.real, self.decoded, 0.0, 1e-3)
        with patch("adversary.SHIFT", 1):  # the score below is of whole pictures
            self.adversary.loss(self.real, self.decoded, 1.0, 0.0)[0].backward()
        discriminator = self.adversary.discriminator.eval()
        with torch.no_grad():
            before, after = (float(discriminator(self.decoded - step * self.decoded.grad).mean()) for step in (0, 10))
        self.assertGreater(after, before)

    def test_the_discriminator_learns_alone_first_and_then_the_weight_grows(self):
        length = self.decoded.numel() ** -0.5  # of the gradient of a mean absolute error
        for progress, share in ((0.0, 0.0), (START, 0.0), (START + RAMP / 2, 0.5), (1.0, 1.0)):
            self.decoded.grad = None
            loss, _ = self.adversary.loss(self.real, self.decoded, progress, 1e-3)
            if share:
                loss.backward()
                self.assertAlmostEqual(float(self.decoded.grad.norm()) / length, share * 0.5, places=3)
            else:
                self.assertFalse(loss.requires_grad)

    def test_a_saved_state_continues_alike(self):
        self.adversary.loss(self.real, self.decoded, 1.0, 1e-3)
        again = Adversary("cpu", 1e-3, 0.5)
        again.load_state_dict(copy.deepcopy(self.adversary.state_dict()))
        for seed in range(3):
            losses = [self.loss_at(seed, a) for a in (self.adversary, again)]
            self.assertAlmostEqual(losses[0], losses[1], places=4)

    def loss_at(self, seed: int, adversary: Adversary) -> float:
        torch.manual_seed(seed)  # both cut the pictures alike
        return float(adversary.loss(self.real, self.decoded, 1.0, 1e-3)[1])


class Roughness(unittest.TestCase):
    def setUp(self):
        torch.manual_seed(2)
        self.lawn = 0.2 * torch.randn(2, 3, 64, 64)

    def test_it_asks_for_as_much_texture_and_not_for_the_same(self):
        another, softer, rougher = 0.2 * torch.randn(2, 3, 64, 64), 0.5 * self.lawn, 2 * self.lawn
        self.assertLess(float(texture_loss(another, self.lawn)), 0.5)
        self.assertAlmostEqual(float(texture_loss(softer, self.lawn)), math.log(4), places=1)
        self.assertGreater(float(texture_loss(rougher, self.lawn)), math.log(4))  # more of what repeats, too

    def test_a_chequered_pattern_does_not_pass_for_texture(self):
        rows = torch.arange(64)
        chequers = 0.2 * (1 - 2.0 * ((rows[:, None] + rows) % 2)).expand(2, 3, 64, 64)
        self.assertGreater(float(texture_loss(chequers, self.lawn)), 5 * float(texture_loss(self.lawn.flip(3), self.lawn)))

    def test_a_grid_costs_more_than_as_much_noise(self):
        tile = 0.05 * torch.randn(1, 3, 8, 8)
        grid = self.lawn + tile.repeat(1, 1, 8, 8)
        noise = self.lawn + tile.std() * torch.randn_like(self.lawn)
        self.assertGreater(float(texture_loss(grid, self.lawn)), 3 * float(texture_loss(noise, self.lawn)))

    def test_what_nobody_sees_costs_nothing(self):
        sky = torch.linspace(-0.2, 0.2, 64).expand(1, 3, 64, 64)
        self.assertLess(float(texture_loss(sky + 0.002 * torch.randn_like(sky), sky)), 0.15)

    def test_identical_even_pictures_give_finite_gradients(self):
        even = torch.zeros(1, 3, 64, 64, requires_grad=True)
        texture_loss(even, torch.zeros(1, 3, 64, 64)).backward()
        self.assertTrue(bool(even.grad.isfinite().all()))


if __name__ == "__main__":
    unittest.main()
