"""Networks of another depth: python -m unittest test_depth"""

import tempfile
import unittest
from pathlib import Path

import torch

from model.denoiser import MASK, Denoiser
from model.tokenizer import Decoder, Encoder, Residual, Tokenizer, depths_of
from onnx_export.denoiser import export_denoiser
from onnx_export.read import read_denoiser, read_tokenizer
from onnx_export.tokenizer import export_decoder, export_encoder

SHALLOW = ((2, 3), (4, 3, 2))  # of the encoder, of the decoder


def depths(model: Tokenizer) -> tuple[tuple[int, ...], ...]:
    return depths_of(model.encoder.parameters(), Encoder.WIDTHS), depths_of(model.decoder.parameters(), Decoder.WIDTHS)


class DepthOfTheTokenizer(unittest.TestCase):
    def test_a_deeper_tokenizer_begins_with_the_same_tokens_and_pictures(self):
        model, image, ids = Tokenizer(*SHALLOW), torch.rand(1, 3, 48, 40) * 2 - 1, torch.arange(30).view(1, 6, 5)
        self.assertEqual(depths(model), SHALLOW)
        latent, picture = model.encoder(image)[1], model.decode(ids)
        model.deepen()
        self.assertEqual(depths(model), (Encoder.DEPTHS, Decoder.DEPTHS))
        torch.testing.assert_close(model.encoder(image)[1], latent)
        torch.testing.assert_close(model.decode(ids), picture)

    def test_fresh_blocks_learn(self):
        model = Tokenizer(*SHALLOW)
        model.deepen()
        model.decoder(model.encoder(torch.rand(1, 3, 48, 40))[1]).square().mean().backward()
        fresh = [layer for layer in model.modules() if isinstance(layer, Residual) and not layer.mix.weight.any()]
        self.assertEqual(len(fresh), sum(Encoder.DEPTHS + Decoder.DEPTHS) - sum(map(sum, SHALLOW)))
        for layer in fresh:  # what comes before it moves as soon as it has
            self.assertTrue(bool(layer.mix.weight.grad.any()))

    def test_a_checkpoint_and_a_package_keep_their_depth(self):
        model = Tokenizer(*SHALLOW).eval().requires_grad_(False)
        ids, image = torch.arange(20).view(1, 4, 5), torch.rand(1, 3, 32, 40) * 2 - 1
        with tempfile.TemporaryDirectory() as name:
            export_encoder(model, Path(name) / "encoder.onnx"), export_decoder(model, Path(name) / "decoder.onnx")
            of_package = read_tokenizer(Path(name))
        for again in (Tokenizer.of_state(model.state_dict()), of_package):
            self.assertEqual(depths(again), SHALLOW)
            torch.testing.assert_close(again.encoder(image)[1].detach(), model.encoder(image)[1], atol=5e-3, rtol=0)
            torch.testing.assert_close(again.decode(ids), model.decode(ids), atol=5e-3, rtol=0)


class DepthOfTheDenoiser(unittest.TestCase):
    def setUp(self):
        self.model = Denoiser(2, 128, 2)
        self.tokens, self.select = torch.arange(40).view(1, 5, 8).clone(), torch.tensor([7, 12])
        self.tokens.view(-1)[self.select] = MASK

    def test_a_deeper_one_begins_with_the_same_predictions_and_learns(self):
        before = self.model(self.tokens, self.select).detach()
        self.model.deepen(4)
        self.assertEqual([block.heads for block in self.model.blocks], [2] * 4)
        after = self.model(self.tokens, self.select)
        torch.testing.assert_close(after.detach(), before, rtol=0, atol=0)
        after.logsumexp(-1).sum().backward()
        for block in self.model.blocks[2:]:
            self.assertTrue(bool(block.out.weight.grad.any() and block.down.weight.grad.any()))

    def test_one_that_is_deep_enough_stays_as_it_is(self):
        before = {name: weight.clone() for name, weight in self.model.state_dict().items()}
        self.model.deepen(1)
        self.assertEqual(list(self.model.state_dict()), list(before))
        for name, weight in self.model.state_dict().items():
            self.assertTrue(torch.equal(weight, before[name]), name)

    def test_blocks_that_have_learned_nothing_come_back_from_a_package(self):
        before = self.model.eval()(self.tokens, self.select).detach()
        self.model.deepen(3)
        with tempfile.TemporaryDirectory() as name:
            export_denoiser(self.model, Path(name) / "denoiser.onnx", bits=None)
            again = read_denoiser(Path(name))
        self.assertEqual(len(again.blocks), 3)
        torch.testing.assert_close(again(self.tokens, self.select).detach(), before, rtol=0, atol=1e-4)


if __name__ == "__main__":
    unittest.main()
