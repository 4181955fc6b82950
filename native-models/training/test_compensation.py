"""The passes in which the encoder chooses codes: python -m unittest test_compensation"""

import tempfile
import unittest
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

from evaluate import session
from model.tokenizer import Tokenizer
from onnx_export.read import read_tokenizer
from onnx_export.tokenizer import export_decoder, export_encoder
from tokenizer_losses import COMMITMENT_WEIGHT


class Compensated(unittest.TestCase):
    """The encoder's four passes, with weights that do something where the test needs them to."""

    def tokenizer(self, strength: float) -> Tokenizer:
        torch.manual_seed(5)
        model = Tokenizer().eval()
        torch.nn.init.normal_(model.compensation.out.weight, std=strength)
        for parameter in model.parameters():  # as the files store them
            parameter.data = parameter.data.half().float()
        return model.requires_grad_(False)

    def test_without_weights_each_token_is_the_nearest_code(self):
        model = self.tokenizer(0.0)
        image = torch.rand(2, 3, 40, 56) * 2 - 1
        np.testing.assert_array_equal(model.encode(image), model.codebook.nearest(model.encoder(image)[1]))

    def test_a_pass_hears_of_the_passes_before_it_alone(self):
        model = self.tokenizer(0.05)
        features, z = model.encoder(torch.rand(1, 3, 72, 72) * 2 - 1)
        before, ids = model.compensation(features, z, model.codebook)
        for turn, (row, column) in enumerate(model.compensation.PASSES):
            other = z.clone()
            other[..., 4 + row, 4 + column] *= -1  # one token of this pass wants the opposite
            after, others = model.compensation(features, other, model.codebook)
            moved = (after != before).any(1)[0]
            self.assertNotEqual(int(others[0, 4 + row, 4 + column]), int(ids[0, 4 + row, 4 + column]))
            for later, (y, x) in enumerate(model.compensation.PASSES):
                others_moved = moved[y::2, x::2].clone()
                if later == turn:
                    others_moved[(4 + row) // 2, (4 + column) // 2] = False
                self.assertEqual(bool(others_moved.any()), later > turn, (turn, later))

    def test_an_even_area_gets_more_than_one_code_after_some_steps(self):
        """One grey with codes around it, none on it: training the passes alone brings the mean of several nearer to it."""
        model = self.tokenizer(0.0)
        features, z = model.encoder(torch.full((1, 3, 96, 96), 0.3))
        model.codebook.vectors.copy_(F.normalize(z[0, :, 6, 6] + torch.randn(1024, 16) / 4, dim=1))
        layer = model.compensation.requires_grad_(True)
        adam = torch.optim.Adam(layer.parameters(), 1e-3)

        def errors() -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
            moved, ids = layer(features, z, model.codebook)
            rounding = model.codebook.lookup(ids) - moved
            wrong = F.avg_pool2d(moved + rounding.detach() - z, 2).square().sum(1).mean()
            return wrong, COMMITMENT_WEIGHT * rounding.square().sum(1).mean(), ids

        first, _, ids = errors()
        self.assertEqual(len(ids[0, 4:8, 4:8].unique()), 1)
        for _ in range(60):
            adam.zero_grad()
            wrong, commitment, _ = errors()
            (wrong + commitment).backward()
            adam.step()
        last, _, ids = errors()
        self.assertLess(last.item(), 0.6 * first.item())
        self.assertGreater(len(ids[0, 4:8, 4:8].unique()), 1)

    def test_the_graph_computes_the_same_and_is_read_back(self):
        model = self.tokenizer(0.05)
        image = torch.rand(2, 3, 72, 40) * 2 - 1
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            export_encoder(model, folder / "encoder.onnx"), export_decoder(model, folder / "decoder.onnx")
            ids, distance = session(folder / "encoder.onnx").run(["ids", "distance"], {"image": image.numpy()})
            again = read_tokenizer(folder)
        self.assertGreater((model.encode(image).numpy() == ids).mean(), 0.97)
        self.assertGreater((model.encode(image) != model.codebook.nearest(model.encoder(image)[1])).float().mean(), 0.1)
        self.assertTrue(0 < distance.min() and distance.max() < 2)
        for ours, theirs in zip(model.compensation.parameters(), again.compensation.parameters()):
            np.testing.assert_array_equal(ours, theirs.detach())


if __name__ == "__main__":
    unittest.main()
