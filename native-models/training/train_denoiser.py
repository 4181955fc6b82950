"""Trains the denoiser for a fixed time: python train_denoiser.py

Needs tokens.npy from encode.py. The settings come from the configuration that --config names. Writes log.jsonl, its curves,
a sheet of fills and checkpoint.pt to --out.
"""

import argparse
import math
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from config import add_machine_flags, add_settings, fill_settings
from data import Crops, Draw
from encode import load_tokenizer
from fills import Networks, sheet_of_fills
from masks import random_masks
from model.denoiser import CODES, HEAD, MASK, Denoiser
from model.tokenizer import Tokenizer
from onnx_export.read import read_denoiser, read_tokenizer
from optimiser import Optimiser
from precision import mixed
from runlog import Log, TimeBox
from trainer import Trainer, load_checkpoint, record_earlier_training

# Window sizes with their batch and their share of the steps. Batches hold about the same number of tokens.
WINDOWS = [((16, 16), 20, 0.60), ((24, 24), 9, 0.18), ((32, 32), 5, 0.12), ((8, 8), 60, 0.02), ((12, 12), 35, 0.04),
           ((12, 20), 21, 0.02), ((20, 12), 21, 0.02)]
RATIOS = (0.10, 0.25, 0.50, 0.75, 0.95)  # of masked tokens, for the figures in the log
SHEET = 8  # held-out photographs whose fills are drawn
CURVES = ["bits", "bits_25%", "bits_95%", "top1_50%"]


class Windows:
    """Random windows of the token grids, drawn with the same chances as the tokenizer's crops.

    All tokens are on the device, and batches are made there.
    """

    def __init__(self, folder: Path, device: str = "cpu", scale: float = 1.0, seed: int = 0):
        """scale: multiplies the batches of WINDOWS, which fit two CPU cores."""
        self.tokens = torch.from_numpy(np.load(folder / "tokens.npy").astype(np.int16)).to(device)  # [N, V, 32, 32]
        self.draw = Draw(Crops(folder).chance, seed, device)
        self.sizes, self.scale = np.random.default_rng(seed), scale

    def counts(self) -> Tensor:
        """[K] how often each code occurs."""
        return torch.bincount(self.tokens.flatten().int(), minlength=CODES).float()

    def batch(self) -> tuple[Tensor, Tensor]:
        """tokens int64 [B, h, w] and missing bool [B, h, w]."""
        (height, width), size, _ = WINDOWS[self.sizes.choice(len(WINDOWS), p=[w[2] for w in WINDOWS])]
        n, device = max(1, round(size * self.scale)), self.draw.device
        view = self.draw.below(self.tokens.shape[1], n)[:, None, None]
        ys = self.draw.below(33 - height, n)[:, None] + torch.arange(height, device=device)
        xs = self.draw.below(33 - width, n)[:, None] + torch.arange(width, device=device)
        rows = self.draw.rows(n)[:, None, None]
        ids = self.tokens[rows, view, ys[:, :, None], xs[:, None, :]].long()
        return ids, random_masks(n, height, width, self.draw.rng)


def predict_missing(model, ids: Tensor, missing: Tensor) -> tuple[Tensor, Tensor]:
    """Logits [M, K] of the missing tokens and their true ids [M]."""
    select = missing.flatten().nonzero().squeeze(1)
    with mixed(ids.device):
        logits = model(ids.masked_fill(missing, MASK), select)
    return logits.float(), ids.flatten()[select]


@torch.no_grad()
def held_out_bits(model, tokens: Tensor, batch: int = 32) -> dict[str, float]:
    """Bits per missing token at each masking ratio, and top-1 at one half. tokens int64 [N, 16, 16]; fixed masks."""
    order = torch.rand(tokens.shape, generator=torch.Generator().manual_seed(7)).to(tokens.device)
    figures = {}
    for ratio in RATIOS:
        total = right = count = 0.0
        for ids, rank in zip(tokens.split(batch), order.split(batch)):
            logits, truth = predict_missing(model, ids, rank < ratio)
            total += float(F.cross_entropy(logits, truth, reduction="sum"))
            right += float((logits.argmax(-1) == truth).sum())
            count += len(truth)
        figures[f"bits_{ratio:.0%}"] = total / count / math.log(2)
        if ratio == 0.5:
            figures["top1_50%"] = right / count
    return figures


def held_out_windows(folder: Path) -> Tensor:
    """The middle 16x16 tokens of one crop of each held-out picture: int64 [N, 16, 16]."""
    rows = Crops(folder).spread(1)
    return torch.from_numpy(np.load(folder / "tokens.npy")[rows, 0, 8:24, 8:24].astype(np.int64))


def cooccurrence(new: Tensor, old: np.ndarray) -> Tensor:
    """float32 [K, K]: how often code i of `new` stands where code j of `old` stood, both [N, 1 or 2, h, w] of the same crops."""
    if len(new) != len(old):
        raise SystemExit(f"The old tokens are of {len(old)} crops, the new ones of {len(new)}.")
    counts = torch.zeros(CODES * CODES, dtype=torch.int64)
    for ids, before in zip(new[:, 0].cpu().split(1000), torch.from_numpy(old[:, 0].astype(np.int64)).split(1000)):
        counts += torch.bincount((ids.long() * CODES + before).flatten(), minlength=len(counts))
    return counts.view(CODES, CODES).float()


def load_frozen_tokenizer(args: argparse.Namespace) -> Tokenizer:
    """The tokenizer that made the tokens."""
    trained = args.tokenizer / "joint.pt"
    tokenizer = load_tokenizer(trained, args.device) if trained.exists() else read_tokenizer(args.from_package)
    return tokenizer.eval().requires_grad_(False).to(args.device)


def initial_denoiser(args: argparse.Namespace, start: dict | None, windows: Windows, tokenizer: Tokenizer) -> Denoiser:
    """Of the checkpoint `start`, of the package, or new; as deep as the settings say, or deeper."""
    if start:
        model = Denoiser(**start["shape"], heads=start["shape"]["width"] // HEAD)
        model.load_state_dict(start["average"])
    elif args.from_package:
        model = read_denoiser(args.from_package)
    else:
        model = Denoiser(args.layers, args.width, args.width // HEAD)
        model.start_from_codebook(tokenizer.codebook.vectors.cpu(), windows.counts().cpu())
    if args.old_tokens:
        model.remap_vocabulary(cooccurrence(windows.tokens, np.load(args.old_tokens)))
    model.deepen(args.layers)
    return model


def resumed_denoiser(state: dict) -> Denoiser:
    """With the shape of a checkpoint; `Trainer.restore` gives it its weights."""
    return Denoiser(**state["shape"], heads=state["shape"]["width"] // HEAD)


def make_trainer(args: argparse.Namespace, model: Denoiser) -> Trainer:
    matrices = [p for p in model.blocks.parameters() if p.ndim == 2]
    optimiser = Optimiser(model, matrices, args.learning_rate, betas=(0.9, 0.96), decay=0.03)
    clock, log = TimeBox(args.minutes, args.stop_after), Log(args.out / "log.jsonl")
    return Trainer(model, optimiser, clock, log, args.out / "checkpoint.pt", CURVES, args.learning_rate, args.warmup)


def parse_args() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--crops", type=Path, default=Path("work/crops"))
    parser.add_argument("--out", type=Path, default=Path("work/denoiser"))
    parser.add_argument("--tokenizer", type=Path, default=Path("work/tokenizer"))
    parser.add_argument("--start", type=Path, help="start with the averaged weights of this checkpoint, whatever its width")
    parser.add_argument("--from-package", type=Path, help="start with the weights of this package, whatever its width")
    parser.add_argument("--old-tokens", type=Path, help="tokens.npy that the weights were trained on, if of another tokenizer")
    add_machine_flags(parser)
    add_settings(
        parser,
        minutes={"type": float, "help": "of the run, over all calls"},
        batch_scale={"type": float, "help": "multiplies the batches, which fit two CPU cores; 16 and more for a GPU"},
        learning_rate={"type": float, "help": "the peak"},
        warmup={"type": int, "help": "steps until the peak"},
        layers={"type": int, "help": "blocks; weights that have fewer get more"},
        width={"type": int, "help": f"of a new model; a multiple of {HEAD}"},
    )
    return fill_settings(parser.parse_args(), "denoiser")


def main() -> None:
    args = parse_args()
    torch.set_num_threads(args.threads)
    torch.manual_seed(1)

    checkpoint = args.out / "checkpoint.pt"
    state = load_checkpoint(checkpoint, args.device) if args.resume and checkpoint.exists() else None
    start = load_checkpoint(args.start, args.device) if args.start and not state else None
    windows = Windows(args.crops / "train", args.device, args.batch_scale, seed=((state or start or {"step": 0})["step"]) + 1)
    tokenizer = load_frozen_tokenizer(args)
    model = resumed_denoiser(state) if state else initial_denoiser(args, start, windows, tokenizer)
    model = model.to(args.device, memory_format=torch.channels_last)
    trainer = make_trainer(args, model)
    if state:
        trainer.restore(state)
    if start:
        record_earlier_training(args.start, start, args.out / "first.jsonl")

    network, cross_entropy = model, F.cross_entropy
    if args.compile:  # the loss too: its softmax over all codes is a twelfth of a step on a CPU otherwise
        network, cross_entropy = (torch.compile(part, dynamic=True) for part in (model, F.cross_entropy))
    held_out = held_out_windows(args.crops / "heldout").to(args.device)
    crops = Crops(args.crops / "heldout")
    pictures = crops.images(crops.sample("photograph", SHEET))

    def compute_loss() -> tuple[Tensor, dict[str, Tensor]]:
        ids, missing = windows.batch()
        trainer.seen += len(ids)
        loss = cross_entropy(*predict_missing(network, ids, missing))
        return loss, {"bits": loss.detach() / math.log(2)}

    def measure() -> dict[str, float]:
        sheet_of_fills(Networks.of_torch(tokenizer, model), pictures, args.out / "fills.png")
        return held_out_bits(model, held_out)

    trainer.run(compute_loss, measure, lambda: {"shape": {"layers": len(model.blocks), "width": model.embed.embedding_dim}})


if __name__ == "__main__":
    main()
