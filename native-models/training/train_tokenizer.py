"""Trains the tokenizer for a fixed time, in two stages:

  python train_tokenizer.py joint      encoder, codebook and decoder together
  python train_tokenizer.py sharpen    encoder and codebook frozen; the decoder alone, with or without a discriminator

After the first stage the tokens are final, so the denoiser can train beside the second. The settings come from the
configuration that --config names. Each stage writes STAGE.jsonl, its curves, STAGE.pt and a held-out contact sheet to --out.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from torch import Tensor

from adversary import Adversary
from config import add_machine_flags, add_settings, fill_settings
from data import Crops, batches, stored_batches
from model.context import RateTerm
from model.tokenizer import Tokenizer
from onnx_export.read import read_tokenizer
from optimiser import Optimiser
from precision import mixed
from runlog import Log, TimeBox
from tokenizer_losses import Loss, joint_loss, noise_loss, reconstruction_loss, texture_loss
from trainer import Trainer, load_checkpoint

WARM_UP = 0.13  # share of the joint stage in which noise takes the place of the codes
START_BATCHES = 12  # whose encoder outputs place the codes
MUON_CHANNELS = 32  # a convolution with at least as many inputs and outputs goes to Muon
CURVES = ["psnr", "heldout_psnr", "heldout_psnr_photographs", "bits", "heldout_bits", "perplexity", "l1", "texture",
          "discriminator"]


class JointStage:
    """Encoder, codebook and decoder: reconstruction, commitment and the rate of the tokens."""

    def __init__(self, args: argparse.Namespace, model: Tokenizer, initial: dict):
        """initial: the checkpoint that the run starts from, or {}."""
        self.args, self.model = args, model
        self.rate_term = RateTerm(model.codebook, args.rate_weight) if args.rate_weight else None
        if self.rate_term and initial.get("rate_term"):
            self.rate_term.load_state_dict(initial["rate_term"])
        self.stream: Iterator[Tensor] = iter(())

    def open(self, train: Crops, trainer: Trainer) -> None:
        self.trainer = trainer
        self.stream = batches(train, self.args.batch, self.args.side, trainer.step + 1, self.args.device)

    def loss(self) -> Loss:
        image = self._next_image()
        if self.trainer.clock.progress > WARM_UP and not self.model.codebook.started:
            self._start_codebook()
        if not self.model.codebook.started:
            return noise_loss(self.model, image, self.args.log_mse_weight)
        return joint_loss(self.model, image, self.args.log_mse_weight, self.rate_term)

    def _next_image(self) -> Tensor:
        self.trainer.seen += self.args.batch
        return next(self.stream).to(memory_format=torch.channels_last)

    @torch.no_grad()
    def _start_codebook(self) -> None:
        """Places the codes by k-means over encoder outputs; the rate term's context model starts from them."""
        with mixed(self.args.device):
            outputs = [self.model.encoder(self._next_image())[1] for _ in range(START_BATCHES)]
        z = torch.cat(outputs)
        self.model.codebook.start_from(z, per_step=z[:, 0].numel() // START_BATCHES)
        if self.rate_term:
            self.rate_term = RateTerm(self.model.codebook, self.args.rate_weight)

    def measure(self, tokens: Tensor) -> dict[str, float]:
        """Held-out figures of tokens [N, h, w] besides the common ones."""
        return {"heldout_bits": self.rate_term.measure(tokens)} if self.rate_term else {}

    def state_dict(self) -> dict:
        return {"rate_term": self.rate_term.state_dict() if self.rate_term else None}

    def load_state_dict(self, state: dict) -> None:
        if self.rate_term and state["rate_term"]:
            self.rate_term.load_state_dict(state["rate_term"])


class SharpenStage:
    """The decoder alone, on tokens that stay as they are; against a discriminator if its weight is not 0."""

    def __init__(self, args: argparse.Namespace, model: Tokenizer, initial: dict):
        self.args, self.model = args, model
        self.adversary = None
        if args.discriminator_weight:
            self.adversary = Adversary(args.device, args.learning_rate, args.discriminator_weight, args.compile)
        self.rate_term = initial.get("rate_term")  # kept for a joint run that starts from this checkpoint
        model.encoder.requires_grad_(False)
        model.compensation.requires_grad_(False)
        if args.upper:
            model.decoder.lower().requires_grad_(False)

    def open(self, train: Crops, trainer: Trainer) -> None:
        self.trainer = trainer
        options = {"batch": self.args.batch, "side": self.args.side, "seed": trainer.step + 1, "device": self.args.device}
        if self.args.stored:
            self.stream = stored_batches(train, np.load(self.args.crops / "train/tokens.npy"), **options)
        else:
            self.stream = self._encoded(batches(train, **options))

    def _encoded(self, images: Iterator[Tensor]) -> Iterator[tuple[Tensor, Tensor]]:
        for image in images:
            image = image.to(memory_format=torch.channels_last)
            with mixed(image.device):
                ids = self.model.encode(image)
            yield image, ids

    def loss(self) -> Loss:
        image, ids = next(self.stream)
        image = image.to(memory_format=torch.channels_last)
        self.trainer.seen += len(image)
        with mixed(image.device):
            decoded = self.model.decoder(self.model.codebook.lookup(ids)).float()
        loss, figures = reconstruction_loss(decoded, image, self.args.log_mse_weight)
        if self.args.texture_weight:
            figures["texture"] = texture_loss(decoded, image)
            loss = loss + self.args.texture_weight * figures["texture"]
        if self.adversary:
            progress, learning_rate = self.trainer.clock.progress, self.trainer.learning_rate
            adversarial, figures["discriminator"] = self.adversary.loss(image, decoded, progress, learning_rate)
            loss = loss + adversarial
        return loss, figures

    def measure(self, tokens: Tensor) -> dict[str, float]:
        return {}

    def state_dict(self) -> dict:
        return {"rate_term": self.rate_term, "adversary": self.adversary.state_dict() if self.adversary else None}

    def load_state_dict(self, state: dict) -> None:
        self.rate_term = state["rate_term"]
        if self.adversary and state["adversary"]:
            self.adversary.load_state_dict(state["adversary"])


class HeldOut:
    """Held-out crops: photographs for the contact sheet, and one crop of every third picture."""

    def __init__(self, crops: Crops):
        self.photographs = crops.images(crops.sample("photograph", 32))
        self.everything = crops.images(crops.spread(1)[::3])

    def measure(self, model: Tokenizer, sheet: Path) -> tuple[dict, Tensor]:
        """PSNR in dB and codes in use, and the tokens [N, h, w] of every third picture; draws the contact sheet."""
        psnr_photographs, decoded, _ = reconstruct(model, self.photographs)
        psnr, _, tokens = reconstruct(model, self.everything)
        contact_sheet(self.photographs, decoded, sheet)
        return {"heldout_psnr": psnr, "heldout_psnr_photographs": psnr_photographs,
                "heldout_codes_used": len(tokens.unique())}, tokens


@torch.no_grad()
def reconstruct(model: Tokenizer, images: Tensor) -> tuple[float, Tensor, Tensor]:
    """Mean of per-picture PSNR in dB at 256 px, the decoded pictures, and their tokens [B, h, w]."""
    device = model.codebook.vectors.device
    decoded, tokens = [], []
    for part in images.split(8):
        ids = model.encode(part.to(device, memory_format=torch.channels_last))
        tokens.append(ids.cpu())
        decoded.append(model.decode(ids).clamp(-1, 1).cpu())
    decoded = torch.cat(decoded)
    mse = (decoded - images).square().mean((1, 2, 3))
    return float((10 * torch.log10(4 / mse.clamp_min(1e-6))).mean()), decoded, torch.cat(tokens)


def contact_sheet(images: Tensor, decoded: Tensor, file: Path, columns: int = 8) -> None:
    """Originals above, decoded below, in bands of `columns`."""
    rows, columns = [], min(columns, len(images))
    for at in range(0, len(images) - columns + 1, columns):
        for group in (images, decoded):
            rows.append(torch.cat(list(group[at:at + columns]), dim=2))
    pixels = ((torch.cat(rows, dim=1).permute(1, 2, 0) + 1) * 127.5).round().clamp(0, 255)
    Image.fromarray(pixels.numpy().astype(np.uint8)).save(file)


def parse_args() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    stages = parser.add_subparsers(dest="stage", required=True)
    common = {
        "minutes": {"type": float, "help": "of the stage, over all calls"},
        "batch": {"type": int},
        "side": {"type": int, "help": "px of a crop"},
        "learning_rate": {"type": float, "help": "the peak"},
        "log_mse_weight": {"type": float, "help": "of the log of each crop's mean squared error, which is its PSNR"},
    }
    own = {
        "joint": {"rate_weight": {"type": float, "help": "of a bit per token; 0 for fidelity alone"}},
        "sharpen": {
            "discriminator_weight": {"type": float, "help": "0 trains without a discriminator"},
            "texture_weight": {"type": float, "help": "of the difference in roughness; 0 leaves it out"},
            "upper": {"action": argparse.BooleanOptionalAction, "help": "train the layers above the first upsampling alone"},
            "stored": {"action": argparse.BooleanOptionalAction, "help": "train on the tokens that encode.py stored"},
        },
    }
    for name, settings in own.items():
        stage = stages.add_parser(name)
        stage.add_argument("--crops", type=Path, default=Path("work/crops"))
        stage.add_argument("--out", type=Path, default=Path("work/tokenizer"))
        stage.add_argument("--start", type=Path, help="start with the averaged weights of this checkpoint, of either stage")
        stage.add_argument("--from-package", type=Path, help="start with the weights of this package")
        add_machine_flags(stage)
        add_settings(stage, **common, **settings)
    args = parser.parse_args()
    return fill_settings(args, args.stage)


def initial_model(args: argparse.Namespace) -> tuple[Tokenizer, dict]:
    """A model of full depth: of a checkpoint, of a package, or new; and the checkpoint, or {}."""
    start = args.start
    if start is None and args.stage == "sharpen" and args.from_package is None:
        start = args.out / "joint.pt"
    initial = load_checkpoint(start, args.device) if start else {}
    if initial:
        model = Tokenizer.of_state(initial["average"])
    else:
        model = read_tokenizer(args.from_package) if args.from_package else Tokenizer()
    model.deepen()
    # channels_last: twice as fast as the default layout in bf16 on the CPUs measured
    model = model.to(args.device, memory_format=torch.channels_last)
    if args.compile:  # in place: the names of the weights stay
        model.encoder.compile()
        model.decoder.compile()
    return model, initial


def make_trainer(args: argparse.Namespace, model: Tokenizer) -> Trainer:
    trained = [p for p in model.parameters() if p.requires_grad]
    adversarial = args.stage == "sharpen" and args.discriminator_weight > 0  # whose gradients turn with every step: AdamW alone
    matrices = [] if adversarial else [p for p in trained if p.ndim == 4 and min(p.shape[:2]) >= MUON_CHANNELS]
    optimiser = Optimiser(model, matrices, args.learning_rate, betas=(0.8, 0.98), decay=0.01)
    clock, log = TimeBox(args.minutes, args.stop_after), Log(args.out / f"{args.stage}.jsonl")
    return Trainer(model, optimiser, clock, log, args.out / f"{args.stage}.pt", CURVES, args.learning_rate)


def main() -> None:
    args = parse_args()
    torch.set_num_threads(args.threads)
    torch.manual_seed(1)
    torch.backends.cudnn.benchmark = True

    model, initial = initial_model(args)
    stage = (JointStage if args.stage == "joint" else SharpenStage)(args, model, initial)
    trainer = make_trainer(args, model)
    if args.resume and trainer.checkpoint.exists():
        state = load_checkpoint(trainer.checkpoint, args.device)
        trainer.restore(state)
        stage.load_state_dict(state)
    stage.open(Crops(args.crops / "train"), trainer)
    held_out = HeldOut(Crops(args.crops / "heldout"))

    def measure() -> dict:
        figures, tokens = held_out.measure(model, args.out / f"{args.stage}.png")
        return figures | stage.measure(tokens)

    trainer.run(stage.loss, measure, stage.state_dict)


if __name__ == "__main__":
    main()
