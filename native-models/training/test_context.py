"""The rate of tokens, and its term in the loss: python -m unittest test_context"""

import copy
import math
import unittest

import torch
import torch.nn.functional as F

from model.context import FREQUENCY_SHARE, RAMP, Context, RateTerm
from model.tokenizer import CODES, DIM, Codebook


class RateOfTokens(unittest.TestCase):
    def setUp(self):
        torch.manual_seed(1)
        self.codebook = Codebook()

    def learned(self, ids: torch.Tensor, steps: int = 30) -> RateTerm:
        """A rate term at full weight whose context model has learned `ids`."""
        term, z = RateTerm(self.codebook, 1.0), self.codebook.lookup(ids)
        for _ in range(steps):
            term(z, ids, self.codebook)
        term.steps = RAMP
        return term

    def test_logits_depend_on_the_tokens_around_and_not_on_the_token_itself(self):
        context, ids = Context(self.codebook.vectors), torch.randint(CODES, (1, 9, 9))
        changed = ids.clone()
        changed[0, 4, 4] = (ids[0, 4, 4] + 1) % CODES
        differs = (context(changed) - context(ids)).abs().amax(1)[0] > 1e-6
        expected = torch.zeros(9, 9, dtype=torch.bool)
        expected[2:7, 2:7] = True
        expected[4, 4] = False
        self.assertTrue(torch.equal(differs, expected))

    def test_learned_tokens_have_fewer_bits_than_random_ones(self):
        ids = torch.full((2, 8, 8), 7)
        term, chance = self.learned(ids), torch.randint(CODES, (2, 8, 8))
        self.assertLess(term.measure(ids), 3)
        self.assertGreater(term.measure(chance), math.log2(CODES))

    def test_a_latent_between_two_codes_moves_to_the_predicted_one(self):
        ids = torch.full((1, 8, 8), 7)
        term, (likely, other) = self.learned(ids), self.codebook.vectors[[7, 8]]
        z = F.normalize(likely + other, dim=0).view(1, DIM, 1, 1).repeat(1, 1, 8, 8).requires_grad_(True)
        cost, bits = term(z, ids, self.codebook)
        cost.backward()
        moved = F.normalize(z.detach() - 0.1 * F.normalize(z.grad, dim=1), dim=1)[0, :, 4, 4]
        self.assertGreater(float(moved @ likely), float(moved @ other) + 0.01)
        self.assertLess(float(bits), float(cost.detach()))  # the cost counts the unlikely code beside it too
        self.assertTrue(all(p.grad is None or p.grad.isfinite().all() for p in term.context.parameters()))

    def test_without_a_prediction_a_rare_code_costs_less_than_a_frequent_one(self):
        costs = []
        for code in (7, 8):
            term = RateTerm(self.codebook, 1.0)
            term.steps = RAMP
            for parameter in term.context.out[-1].parameters():
                torch.nn.init.zeros_(parameter)
            self.codebook.uses.fill_(1)[7] = 100
            ids = torch.full((1, 8, 8), code)
            costs.append(float(term(self.codebook.lookup(ids), ids, self.codebook)[0]))
        self.assertAlmostEqual(costs[0] - costs[1], FREQUENCY_SHARE * math.log2(100), places=1)

    def test_the_weight_grows_slowly_and_a_saved_state_continues_alike(self):
        ids = torch.randint(CODES, (1, 8, 8))
        term, z = RateTerm(self.codebook, 1.0), self.codebook.lookup(ids)
        first = float(term(z, ids, self.codebook)[0])
        self.assertLess(first, 2 * math.log2(CODES) / RAMP)
        again = RateTerm(self.codebook, 1.0)
        again.load_state_dict(copy.deepcopy(term.state_dict()))
        for _ in range(3):
            self.assertEqual(float(again(z, ids, self.codebook)[0]), float(term(z, ids, self.codebook)[0]))


if __name__ == "__main__":
    unittest.main()
