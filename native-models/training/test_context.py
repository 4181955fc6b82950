"""python -m unittest: what a token costs, and what the price on it does."""

import copy
import math
import unittest

import torch
import torch.nn.functional as F

from model.context import FREQUENCY_SHARE, RAMP, Context, Price
from model.tokenizer import CODES, DIM, Codebook


class Prices(unittest.TestCase):
    def setUp(self):
        torch.manual_seed(1)
        self.codebook = Codebook()

    def foreseen(self, ids: torch.Tensor, steps: int = 30) -> Price:
        """A price at full weight whose context model has learned `ids`."""
        price, z = Price(self.codebook, 1.0), self.codebook.lookup(ids)
        for _ in range(steps):
            price(z, ids, self.codebook)
        price.steps = RAMP
        return price

    def test_a_token_is_foreseen_from_those_around_it_alone(self):
        context, ids = Context(self.codebook.vectors), torch.randint(CODES, (1, 9, 9))
        changed = ids.clone()
        changed[0, 4, 4] = (ids[0, 4, 4] + 1) % CODES
        differs = (context(changed) - context(ids)).abs().amax(1)[0] > 1e-6
        expected = torch.zeros(9, 9, dtype=torch.bool)
        expected[2:7, 2:7] = True
        expected[4, 4] = False
        self.assertTrue(torch.equal(differs, expected))

    def test_what_was_learned_costs_less_than_what_is_chance(self):
        ids = torch.full((2, 8, 8), 7)
        price, chance = self.foreseen(ids), torch.randint(CODES, (2, 8, 8))
        self.assertLess(price.measure(ids), 3)
        self.assertGreater(price.measure(chance), math.log2(CODES))

    def test_a_latent_between_two_codes_is_drawn_to_the_foreseen_one(self):
        ids = torch.full((1, 8, 8), 7)
        price, (likely, other) = self.foreseen(ids), self.codebook.vectors[[7, 8]]
        z = F.normalize(likely + other, dim=0).view(1, DIM, 1, 1).repeat(1, 1, 8, 8).requires_grad_(True)
        cost, bits = price(z, ids, self.codebook)
        cost.backward()
        moved = F.normalize(z.detach() - 0.1 * F.normalize(z.grad, dim=1), dim=1)[0, :, 4, 4]
        self.assertGreater(float(moved @ likely), float(moved @ other) + 0.01)
        self.assertLess(float(bits), float(cost.detach()))  # the cost counts the unlikely code beside it too
        self.assertTrue(all(p.grad is None or p.grad.isfinite().all() for p in price.context.parameters()))

    def test_of_two_codes_that_nothing_foretells_the_rare_one_costs_less(self):
        costs = []
        for code in (7, 8):
            price = Price(self.codebook, 1.0)
            price.steps = RAMP
            for parameter in price.context.out[-1].parameters():
                torch.nn.init.zeros_(parameter)
            self.codebook.uses.fill_(1)[7] = 100
            ids = torch.full((1, 8, 8), code)
            costs.append(float(price(self.codebook.lookup(ids), ids, self.codebook)[0]))
        self.assertAlmostEqual(costs[0] - costs[1], FREQUENCY_SHARE * math.log2(100), places=1)

    def test_it_comes_in_slowly_and_goes_on_where_it_stopped(self):
        ids = torch.randint(CODES, (1, 8, 8))
        price, z = Price(self.codebook, 1.0), self.codebook.lookup(ids)
        first = float(price(z, ids, self.codebook)[0])
        self.assertLess(first, 2 * math.log2(CODES) / RAMP)
        again = Price(self.codebook, 1.0)
        again.load_state_dict(copy.deepcopy(price.state_dict()))
        for _ in range(3):
            self.assertEqual(float(again(z, ids, self.codebook)[0]), float(price(z, ids, self.codebook)[0]))


if __name__ == "__main__":
    unittest.main()
