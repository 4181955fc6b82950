"""A few steps of every stage, on crops made of noise: python -m unittest test_runs"""

import json
import tempfile
import unittest
from pathlib import Path
from unittest.mock import patch

import torch

import encode
import export
import train_denoiser
import train_tokenizer
from onnx_export.read import read_tokenizer
from test_support import PACKAGE, make_crops, run

SMALL = ["--batch", "4", "--side", "64"]


def averaged_weights(file: Path) -> dict[str, torch.Tensor]:
    return torch.load(file, weights_only=True)["average"]


def changed_parts(before: Path, after: Path) -> set[str]:
    """The parts of the tokenizer whose weights differ."""
    old, new = averaged_weights(before), averaged_weights(after)
    return {name.split(".")[0] for name in old if not torch.equal(old[name], new[name])}


class Runs(unittest.TestCase):
    """Each test has a folder with crops of two pictures."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        make_crops(self.folder / "crops", pictures=2, each=1)
        self.common = ["--crops", str(self.folder / "crops"), "--device", "cpu"]

    def tokenizer(self, stage: str, *flags: str, minutes: int = 2, out: str = "tokenizer") -> None:
        run(train_tokenizer, stage, *self.common, "--out", str(self.folder / out), "--minutes", str(minutes), *flags)

    def denoiser(self, *flags: str, minutes: int = 2, out: str = "denoiser") -> None:
        with patch("train_denoiser.SHEET", 1):
            run(train_denoiser, *self.common, "--tokenizer", str(self.folder / "tokenizer"), "--out", str(self.folder / out),
                "--minutes", str(minutes), "--batch-scale", "0.1", *flags)

    def encode(self) -> None:
        run(encode, *self.common, "--tokenizer", str(self.folder / "tokenizer"))

    def state(self, file: str) -> dict:
        return torch.load(self.folder / file, weights_only=True)

    def last_line(self, file: str) -> dict:
        return json.loads((self.folder / file).read_text().splitlines()[-1])

    def test_a_tokenizer_from_nothing_gets_its_codes_after_the_noise(self):
        with patch("train_tokenizer.WARM_UP", 0.5):
            self.tokenizer("joint", *SMALL, minutes=6)
        state = self.state("tokenizer/joint.pt")
        self.assertTrue(bool(state["model"]["codebook.started"]))
        self.assertEqual(state["step"], 6)
        self.assertGreater(state["rate_term"]["steps"], 0)
        lengths = state["model"]["codebook.vectors"].norm(dim=1)
        self.assertLess(float((lengths - 1).abs().max()), 1e-4)

    def test_the_stages_of_the_configuration_make_the_shipped_kind_of_package(self):
        self.tokenizer("joint", *SMALL, "--from-package", str(PACKAGE))
        self.encode()
        self.tokenizer("sharpen", "--batch", "2")
        self.assertEqual(changed_parts(self.folder / "tokenizer/joint.pt", self.folder / "tokenizer/sharpen.pt"), {"decoder"})
        self.denoiser("--from-package", str(PACKAGE))
        run(export, "--work", str(self.folder), "--out", str(self.folder / "package"), "--draft")
        made, shipped = (json.loads((place / "manifest.json").read_text()) for place in (self.folder / "package", PACKAGE))
        self.assertEqual({key: made[key] for key in ("format", "id", "version", "license", "denoiser")},
                         {key: shipped[key] for key in ("format", "id", "version", "license", "denoiser")})
        self.assertEqual(made["tokenizer"], shipped["tokenizer"])
        runs = [line["run"] for line in made["provenance"]["training"]]
        self.assertEqual(runs, ["tokenizer, joint", "tokenizer, decoder sharpened", "denoiser"])
        for file in ("tokenizer/joint.curves.png", "tokenizer/joint.png", "denoiser/fills.png", "denoiser/log.curves.png"):
            self.assertTrue((self.folder / file).exists(), file)

    def test_a_discriminator_sharpens_the_decoder_alone_and_resumes(self):
        self.tokenizer("joint", *SMALL, "--from-package", str(PACKAGE))
        flags = [*SMALL, "--no-stored", "--discriminator-weight", "0.06"]
        self.tokenizer("sharpen", *flags)
        first = self.state("tokenizer/sharpen.pt")
        self.tokenizer("sharpen", *flags, "--resume", minutes=4)
        second = self.state("tokenizer/sharpen.pt")
        self.assertEqual((first["step"], second["step"]), (2, 4))
        self.assertTrue(second["adversary"]["optimiser"]["state"])
        self.assertEqual(changed_parts(self.folder / "tokenizer/joint.pt", self.folder / "tokenizer/sharpen.pt"), {"decoder"})

    def test_the_upper_layers_alone_learn_texture(self):
        flags = ["--no-stored", "--discriminator-weight", "1", "--texture-weight", "0.03", "--upper"]
        self.tokenizer("sharpen", *SMALL, *flags, "--from-package", str(PACKAGE))
        shipped, trained = read_tokenizer(PACKAGE), averaged_weights(self.folder / "tokenizer/sharpen.pt")
        changed = {int(name.split(".")[1]) for name, weight in shipped.state_dict().items()
                   if name.startswith("decoder.") and not torch.equal(weight, trained[name])}
        layers = range(len(shipped.decoder.lower()), len(shipped.decoder))
        self.assertEqual(changed, {at for at in layers if list(shipped.decoder[at].parameters())})

    def test_the_context_model_of_the_rate_survives_resuming_and_sharpening(self):
        self.tokenizer("joint", *SMALL, "--from-package", str(PACKAGE))
        steps = [self.state("tokenizer/joint.pt")["rate_term"]["steps"]]
        self.tokenizer("joint", *SMALL, "--resume", minutes=4)
        steps.append(self.state("tokenizer/joint.pt")["rate_term"]["steps"])
        self.tokenizer("sharpen", *SMALL, "--no-stored")
        self.tokenizer("joint", *SMALL, "--start", str(self.folder / "tokenizer/sharpen.pt"), out="again")
        steps.append(self.state("again/joint.pt")["rate_term"]["steps"])
        self.assertEqual(steps, [2, 4, 6])
        self.assertGreater(self.last_line("again/joint.jsonl")["heldout_bits"], 0)

    def test_without_a_rate_term_no_bits_are_measured(self):
        self.tokenizer("joint", *SMALL, "--from-package", str(PACKAGE), "--rate-weight", "0")
        self.assertNotIn("heldout_bits", self.last_line("tokenizer/joint.jsonl"))

    def test_a_denoiser_resumes_and_goes_on_deeper_with_the_tokens_of_another_tokenizer(self):
        self.tokenizer("joint", *SMALL, "--from-package", str(PACKAGE))
        self.encode()
        self.denoiser("--layers", "1", "--width", "64")
        self.denoiser("--layers", "1", "--width", "64", "--resume", minutes=4)
        state = self.state("denoiser/checkpoint.pt")
        self.assertEqual(state["shape"], {"layers": 1, "width": 64})
        self.assertGreater(state["seen"], 0)
        self.denoiser("--start", str(self.folder / "denoiser/checkpoint.pt"), "--layers", "2",
                      "--old-tokens", str(self.folder / "crops/train/tokens.npy"), out="further")
        self.assertEqual(self.state("further/checkpoint.pt")["shape"], {"layers": 2, "width": 64})
        self.assertEqual(self.last_line("further/first.jsonl")["step"], state["step"])


if __name__ == "__main__":
    unittest.main()
