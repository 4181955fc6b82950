"""Trains the denoiser for a fixed time: python train_denoiser.py --crops work/crops --out work/denoiser --minutes 60

Needs tokens.npy from encode.py. Writes log.jsonl, its curves, a sheet of fills and checkpoint.pt (resume with --resume)
into --out. --from-package goes on from the shipped file where there is no checkpoint.
"""

import argparse
import json
import math
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from data import Crops, Draw
from encode import load_tokenizer
from fills import Networks, sheet_of_fills
from masks import random_masks
from model.denoiser import CODES, HEAD, LAYERS, MASK, Denoiser
from model.tokenizer import Tokenizer
from onnx_export.read import read_denoiser, read_tokenizer
from optimiser import Optimiser
from runlog import Average, Log, TimeBox, draw_curves, save

# Window sizes with their batch and their share of the steps. Batches hold about the same number of tokens.
WINDOWS = [((16, 16), 20, 0.60), ((24, 24), 9, 0.18), ((32, 32), 5, 0.12), ((8, 8), 60, 0.02), ((12, 12), 35, 0.04),
           ((12, 20), 21, 0.02), ((20, 12), 21, 0.02)]
RATIOS = (0.10, 0.25, 0.50, 0.75, 0.95)  # of masked tokens, for the figures in the log
SHEET = 8  # held-out photographs whose fills are drawn


class Windows:
    """Random windows of the token grids, drawn with the same chances as crops are for the tokenizer.

    Tokens lie on the device once, and batches are made there: see the test for how many windows a second that gives.
    """

    def __init__(self, folder: Path, device: str = "cpu", scale: float = 1.0, seed: int = 0):
        """scale: multiplies the batches of WINDOWS, which fit two CPU cores."""
        self.tokens = torch.from_numpy(np.load(folder / "tokens.npy").astype(np.int16)).to(device)  # [N, V, 32, 32]
        self.draw = Draw(Crops(folder).chance, seed, device)
        self.sizes, self.scale = np.random.default_rng(seed), scale

    def uses(self) -> Tensor:
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


def together(now: Tensor, before: np.ndarray) -> Tensor:
    """float32 [K, K]: how often code i of `now` stands where code j of `before` stood, both [N, 1 or 2, h, w] of one set of crops."""
    if len(now) != len(before):
        raise SystemExit(f"The tokens of before are of {len(before)} crops, those of now of {len(now)}.")
    counts = torch.zeros(CODES * CODES, dtype=torch.int64)
    for mine, theirs in zip(now[:, 0].cpu().split(1000), torch.from_numpy(before[:, 0].astype(np.int64)).split(1000)):
        counts += torch.bincount((mine.long() * CODES + theirs).flatten(), minlength=len(counts))
    return counts.view(CODES, CODES).float()


def starting_point(args: argparse.Namespace, begin: dict | None, windows: Windows) -> tuple[Tokenizer, Denoiser]:
    """The tokenizer that made the tokens, and a denoiser: of the checkpoint `begin`, of the package, or new."""
    trained = args.tokenizer / "joint.pt"
    tokenizer = load_tokenizer(trained, args.device) if trained.exists() else read_tokenizer(args.from_package)
    tokenizer = tokenizer.eval().requires_grad_(False).to(args.device)
    if args.from_package and not begin:
        return tokenizer, read_denoiser(args.from_package)
    size = (begin or {}).get("shape", {"layers": args.layers, "width": args.width})
    model = Denoiser(**size, heads=size["width"] // HEAD)
    if begin:
        model.load_state_dict(begin["average"])
    else:
        model.start_from_codebook(tokenizer.codebook.vectors.cpu(), windows.uses().cpu())
    return tokenizer, model


def remember(start: Path, begin: dict, file: Path) -> None:
    """Writes how long the weights that a run begins with were trained, in all runs before it: the package tells."""
    before = start.with_name(file.name)
    lines = [json.loads(line) for line in before.read_text().splitlines()] if before.exists() else []
    file.unlink(missing_ok=True)
    Log(file).write(step=begin["step"] + sum(run["step"] for run in lines[-1:]),
                    minutes=begin["spent"] / 60 + sum(run["minutes"] for run in lines[-1:]))


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
    parser.add_argument("--batch-scale", type=float, default=1.0, help="16 and more for a GPU")
    parser.add_argument("--layers", type=int, default=LAYERS, help="blocks; what training begins with gets those that it lacks")
    parser.add_argument("--width", type=int, default=256, help=f"a multiple of {HEAD}")
    parser.add_argument("--start", type=Path, help="begin with the averaged weights of this checkpoint, whatever its width")
    parser.add_argument("--tokens-before", type=Path, help="tokens.npy that the weights were trained on, if another tokenizer wrote them")
    parser.add_argument("--from-package", type=Path, help="begin with the weights of this package, whatever its width")
    parser.add_argument("--compile", action="store_true")
    parser.add_argument("--resume", action="store_true")
    parser.add_argument("--stop-after", type=float, default=math.inf, help="minutes of this run; --resume goes on")
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    torch.manual_seed(1)

    checkpoint = args.out / "checkpoint.pt"
    state = torch.load(checkpoint, map_location=args.device, weights_only=True) if args.resume and checkpoint.exists() else None
    begin = state or (torch.load(args.start, map_location=args.device, weights_only=True) if args.start else None)
    windows = Windows(args.crops / "train", args.device, args.batch_scale, seed=(begin["step"] if begin else 0) + 1)
    measured = held_out_windows(args.crops / "heldout").to(args.device)
    tokenizer, model = starting_point(args, begin, windows)
    if args.tokens_before and not state:
        model.carry_over(together(windows.tokens, np.load(args.tokens_before)))
    if not state:
        model.deepen(args.layers)
    model = model.to(args.device, memory_format=torch.channels_last)
    run, cross_entropy = model, F.cross_entropy
    if args.compile:  # the loss too: its softmax over all codes is a twelfth of a step on a CPU otherwise
        run, cross_entropy = (torch.compile(part, dynamic=True) for part in (model, F.cross_entropy))
    matrices = [p for p in model.blocks.parameters() if p.ndim == 2]
    optimiser = Optimiser(model, matrices, args.rate, betas=(0.9, 0.96), decay=0.03)
    average, step, spent, seen = Average(model), 0, 0.0, 0
    if state:
        model.load_state_dict(state["model"]), optimiser.load_state_dict(state["optimiser"])
        average.shadow, average.steps, step = state["average"], state["step"], state["step"]
        spent, seen = state["spent"], state["seen"]
    log, clock = Log(args.out / "log.jsonl"), TimeBox(args.minutes, spent, args.stop_after)
    if begin and not state:
        remember(args.start, begin, args.out / "first.jsonl")
    pictures = Crops(args.crops / "heldout")
    pictures = pictures.images(pictures.sample("photograph", SHEET))

    def report() -> None:
        saved = {k: v.clone() for k, v in model.state_dict().items()}
        model.load_state_dict(average.shadow)
        log.write(step=step, minutes=clock.seconds / 60, seen=seen, **held_out_bits(model.eval(), measured))
        sheet_of_fills(Networks.of_torch(tokenizer, model), pictures, args.out / "fills.png")
        draw_curves(log.file, ["bits", "bits_25%", "bits_95%", "top1_50%"])
        model.load_state_dict(saved)
        model.train()
        save(checkpoint, model=model.state_dict(), average=average.shadow, optimiser=optimiser.state_dict(), step=step,
             spent=clock.seconds, seen=seen, shape={"layers": len(model.blocks), "width": model.embed.embedding_dim})

    running, summed, next_report = torch.zeros((), device=args.device), 0, time.monotonic() + 300
    while not clock.over:
        ids, missing = windows.batch()
        logits, truth = predict_missing(run, ids, missing)
        loss = cross_entropy(logits, truth)
        optimiser.step(loss, clock.rate(args.rate, step, args.warmup))
        average.update(model)
        step, seen, running, summed = step + 1, seen + len(ids), running + loss.detach() / math.log(2), summed + 1
        if step % 50 == 0:
            log.write(step=step, minutes=clock.seconds / 60, seen=seen, bits=float(running) / summed)
            summed = 0
            running.zero_()
        if time.monotonic() > next_report:
            report()
            next_report = time.monotonic() + 480
    report()


if __name__ == "__main__":
    main()
