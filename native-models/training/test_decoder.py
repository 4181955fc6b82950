"""Decoders of another depth: python -m unittest test_decoder"""

import tempfile
import unittest
from pathlib import Path

import numpy as np
import torch

from model.tokenizer import Decoder, Residual, Tokenizer
from onnx_export.read import read_tokenizer
from onnx_export.tokenizer import export_decoder, export_encoder

SHALLOW = (4, 3, 2)


class Depth(unittest.TestCase):
    def test_a_deeper_decoder_begins_with_the_same_pictures(self):
        shallow = Tokenizer(SHALLOW).decoder
        deep, latent = shallow.deepened(), torch.randn(1, 16, 6, 5)
        self.assertEqual(Decoder.depths_of(deep.parameters()), Decoder.DEPTHS)
        torch.testing.assert_close(deep(latent), shallow(latent))
        deep(latent).square().mean().backward()
        fresh = [layer for layer in deep if isinstance(layer, Residual) and not layer.mix.weight.any()]
        self.assertEqual(len(fresh), sum(Decoder.DEPTHS) - sum(SHALLOW))
        for layer in fresh:  # what comes before it moves as soon as it has
            self.assertTrue(bool(layer.mix.weight.grad.any()))

    def test_a_checkpoint_and_a_package_keep_their_depth(self):
        model = Tokenizer(SHALLOW).eval().requires_grad_(False)
        ids = torch.arange(20).view(1, 4, 5)
        with tempfile.TemporaryDirectory() as name:
            export_encoder(model, Path(name) / "encoder.onnx"), export_decoder(model, Path(name) / "decoder.onnx")
            of_package = read_tokenizer(Path(name))
        for again in (Tokenizer.of_state(model.state_dict()), of_package):
            self.assertEqual(Decoder.depths_of(again.decoder.parameters()), SHALLOW)
            np.testing.assert_allclose(again.decode(ids), model.decode(ids), atol=5e-3)


if __name__ == "__main__":
    unittest.main()
