"""The denoiser's graph and the way back from it: python -m unittest test_export"""

import shutil
import tempfile
import unittest
from pathlib import Path

import numpy as np
import torch

from evaluate import session
from model.denoiser import MASK, Denoiser
from onnx_export.denoiser import export_denoiser
from onnx_export.read import read_denoiser

PACKAGE = Path(__file__).parent / "../packages/tessera-base"


class GraphOfTheDenoiser(unittest.TestCase):
    def setUp(self):
        torch.manual_seed(1)
        self.model = Denoiser(2, 128, 2).eval().requires_grad_(False)
        torch.nn.init.normal_(self.model.neighbours.second.weight, std=0.03)  # zeros would hide what the convolutions do
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def logits(self, tokens: torch.Tensor, select: torch.Tensor) -> np.ndarray:
        feed = {"tokens": tokens.numpy(), "select": select.numpy()}
        return session(self.folder / "denoiser.onnx").run(None, feed)[0]

    def test_it_gives_what_pytorch_gives_for_any_window_and_batch(self):
        export_denoiser(self.model, self.folder / "denoiser.onnx", bits=None)
        for shape in ((1, 5, 8), (3, 8, 8), (2, 20, 9), (1, 1, 1)):
            tokens = torch.randint(0, MASK + 1, shape)
            select = torch.arange(0, tokens.numel(), 3)
            np.testing.assert_allclose(self.logits(tokens, select), self.model(tokens, select), atol=1e-4)

    def test_integers_are_close_and_come_back_as_they_were_rounded(self):
        export_denoiser(self.model, self.folder / "denoiser.onnx")
        tokens, select = torch.randint(0, MASK + 1, (2, 6, 9)), torch.arange(0, 108, 5)
        exact, ours = self.model(tokens, select).numpy(), self.logits(tokens, select)
        self.assertLess(np.abs(ours - exact).max(), 0.03 * np.abs(exact - exact.mean()).max())
        export_denoiser(read_denoiser(self.folder), self.folder / "denoiser.onnx")
        np.testing.assert_allclose(self.logits(tokens, select), ours, atol=1e-3)

    def test_a_graph_with_convolutions_of_its_own_is_refused_in_one_sentence(self):
        shutil.copy(PACKAGE / "decoder.onnx", self.folder / "denoiser.onnx")
        with self.assertRaisesRegex(SystemExit, "older than 0.12.0"):
            read_denoiser(self.folder)


if __name__ == "__main__":
    unittest.main()
