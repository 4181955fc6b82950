"""Trains the denoiser for a fixed time: python train_denoiser.py --crops work/crops --out work/denoiser --minutes 60

Needs tokens.npy from encode.py. Writes log.jsonl and checkpoint.pt (resume with --resume) into --out.
"""

import argparse
import math
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from data import Crops
from encode import load_tokenizer
from masks import random_mask
from model.denoiser import CODES, MASK, Denoiser
from runlog import Average, Log, TimeBox, save

# Window sizes with their batch and their share of the steps. Batches hold about the same number of tokens.
WINDOWS = [((16, 16), 20, 0.80), ((24, 24), 9, 0.07), ((32, 32), 5, 0.03), ((8, 8), 60, 0.02), ((12, 12), 35, 0.04),
           ((12, 20), 21, 0.02), ((20, 12), 21, 0.02)]
RATIOS = (0.10, 0.25, 0.50, 0.75, 0.95)  # of masked tokens, for the figures in the log


class Windows:
    """Random windows of the token grids, drawn with the same chances as crops are for the tokenizer."""

    def __init__(self, folder: Path):
        self.tokens = np.load(folder / "tokens.npy")  # [N, views, 32, 32]
        self.cumulative = np.cumsum(Crops(folder).chance)
        self.rng = np.random.default_rng(0)

    def uses(self) -> Tensor:
        """[K] how often each code occurs."""
        return torch.from_numpy(np.bincount(self.tokens.ravel(), minlength=CODES)).float()

    def batch(self) -> tuple[Tensor, Tensor]:
        """tokens int64 [B, h, w] and missing bool [B, h, w]."""
        (height, width), size, _ = WINDOWS[self.rng.choice(len(WINDOWS), p=[w[2] for w in WINDOWS])]
        rows = np.minimum(np.searchsorted(self.cumulative, self.rng.random(size)), len(self.tokens) - 1)
        ids, missing = np.zeros((size, height, width), np.int64), np.zeros((size, height, width), bool)
        for i, row in enumerate(rows):
            y, x = self.rng.integers(0, 33 - height), self.rng.integers(0, 33 - width)
            ids[i] = self.tokens[row, self.rng.integers(self.tokens.shape[1]), y:y + height, x:x + width]
            missing[i] = random_mask(height, width, self.rng)
        return torch.from_numpy(ids), torch.from_numpy(missing)


def predict_missing(model, ids: Tensor, missing: Tensor) -> tuple[Tensor, Tensor]:
    """Logits [M, K] of the missing tokens and their true ids [M]."""
    select = missing.flatten().nonzero().squeeze(1)
    with torch.autocast(ids.device.type, dtype=torch.bfloat16):
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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--crops", type=Path, default=Path("work/crops"))
    parser.add_argument("--out", type=Path, default=Path("work/denoiser"))
    parser.add_argument("--tokenizer", type=Path, default=Path("work/tokenizer"))
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--rate", type=float, default=8e-4)
    parser.add_argument("--warmup", type=int, default=80, help="steps")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--compile", action="store_true")
    parser.add_argument("--resume", action="store_true")
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    torch.manual_seed(1)

    model = Denoiser().to(args.device, memory_format=torch.channels_last)
    windows, measured = Windows(args.crops / "train"), held_out_windows(args.crops / "heldout").to(args.device)
    model.start_from_codebook(load_tokenizer(args.tokenizer / "joint.pt").codebook.vectors, windows.uses())
    run = torch.compile(model, dynamic=True) if args.compile else model
    decayed = [p for p in model.parameters() if p.ndim > 1]
    plain = [p for p in model.parameters() if p.ndim == 1]
    optimiser = torch.optim.AdamW(
        [{"params": decayed, "weight_decay": 0.03}, {"params": plain, "weight_decay": 0.0}],
        args.rate, betas=(0.9, 0.96), fused=True,
    )
    average, step, spent, seen = Average(model), 0, 0.0, 0
    checkpoint = args.out / "checkpoint.pt"
    if args.resume and checkpoint.exists():
        state = torch.load(checkpoint, map_location=args.device, weights_only=True)
        model.load_state_dict(state["model"]), optimiser.load_state_dict(state["optimiser"])
        average.shadow, average.steps, step = state["average"], state["step"], state["step"]
        spent, seen = state["spent"], state["seen"]
    windows.rng = np.random.default_rng(step + 1)
    log, clock = Log(args.out / "log.jsonl"), TimeBox(args.minutes, spent)

    def report() -> None:
        saved = {k: v.clone() for k, v in model.state_dict().items()}
        model.load_state_dict(average.shadow)
        log.write(step=step, minutes=clock.seconds / 60, seen=seen, **held_out_bits(model.eval(), measured))
        model.load_state_dict(saved)
        model.train()
        save(checkpoint, model=model.state_dict(), average=average.shadow, optimiser=optimiser.state_dict(), step=step,
             spent=clock.seconds, seen=seen)

    running, next_report = 0.0, time.monotonic() + 300
    while clock.progress < 1:
        for group in optimiser.param_groups:
            group["lr"] = clock.rate(args.rate, step, args.warmup)
        ids, missing = windows.batch()
        logits, truth = predict_missing(run, ids.to(args.device), missing.to(args.device))
        loss = F.cross_entropy(logits, truth)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        average.update(model)
        step, seen, running = step + 1, seen + len(ids), running + float(loss.detach()) / math.log(2)
        if step % 50 == 0:
            log.write(step=step, minutes=clock.seconds / 60, seen=seen, bits=running / 50)
            running = 0.0
        if time.monotonic() > next_report:
            report()
            next_report = time.monotonic() + 480
    report()


if __name__ == "__main__":
    main()
