"""Trains the feature network of the bench: python train_features.py --crops work/crops --out work/features --minutes 10

It learns two things at once, neither with labels: which two patches come from one picture (Oord et al. 2018, InfoNCE),
so that features tell materials and motifs apart; and what was done to a patch and how much of it, so that they
tell a clean picture from a blurred, noisy, patched or banded one. Writes features.pt, features.onnx, log.jsonl; the last line of the log
shows how far the Fréchet distance to clean pictures grows with each damage.
"""

import argparse
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from data import Crops, Draw, cut, on_device
from model.features import DAMAGES, FEATURES, Features, damage
from onnx_export.features import export_features
from precision import mixed
from runlog import Average, Log, TimeBox, save

SIDE = 96  # px of a patch
TEMPERATURE = 0.1


class Heads(nn.Module):
    """What is asked of the mean feature of a patch; needed in training only."""

    def __init__(self):
        super().__init__()
        self.like = nn.Linear(FEATURES, 64)
        self.damage = nn.Linear(FEATURES, len(DAMAGES))


def losses(model: Features, heads: Heads, first: Tensor, second: Tensor) -> tuple[Tensor, Tensor]:
    """first, second [B, 3, SIDE, SIDE]: two patches of each of B pictures -> InfoNCE, error of the damage's strength."""
    n, device = len(first), first.device
    kind, strength = torch.randint(len(DAMAGES), (n,), device=device), torch.rand(n, device=device)
    strength = strength * (torch.rand(n, device=device) < 0.8)  # a fifth stays clean
    with mixed(device):
        pooled = model(torch.cat([first, second, damage(first, kind, strength)])).float().mean((2, 3))
    a, b, damaged = pooled.chunk(3)
    a, b = (F.normalize(heads.like(x), dim=1) for x in (a, b))
    alike = a @ b.t() / TEMPERATURE
    same = torch.arange(n, device=device)
    truth = F.one_hot(kind, len(DAMAGES)) * strength[:, None]
    return (F.cross_entropy(alike, same) + F.cross_entropy(alike.t(), same)) / 2, F.mse_loss(heads.damage(damaged), truth)


@torch.no_grad()
def vectors(model: Features, images: Tensor) -> np.ndarray:
    """[n * h * w, FEATURES]: the features of every place."""
    parts = [model(part).permute(0, 2, 3, 1).flatten(0, 2) for part in images.split(16)]
    return torch.cat(parts).double().cpu().numpy()


def frechet(a: np.ndarray, b: np.ndarray) -> float:
    """Distance of two normal distributions fitted to the rows (Heusel et al. 2017)."""
    ca, cb = np.cov(a.T), np.cov(b.T)
    root = _root(ca)
    cross = np.sqrt(np.linalg.eigvalsh(root @ cb @ root).clip(0)).sum()
    return float(((a.mean(0) - b.mean(0)) ** 2).sum() + np.trace(ca) + np.trace(cb) - 2 * cross)


def _root(covariance: np.ndarray) -> np.ndarray:
    values, axes = np.linalg.eigh(covariance)
    return (axes * np.sqrt(values.clip(0))) @ axes.T


def response(model: Features, images: Tensor) -> dict[str, list[float]]:
    """Fréchet distance to the clean pictures at strengths 0.1, 0.25, 0.5 and 1 of each damage."""
    clean, result = vectors(model, images), {}
    for kind, name in enumerate(DAMAGES):
        torch.manual_seed(0)
        kinds = torch.full((len(images),), kind, device=images.device)
        result[name] = [
            round(frechet(clean, vectors(model, damage(images, kinds, torch.full_like(kinds, s, dtype=torch.float)))), 3)
            for s in (0.1, 0.25, 0.5, 1.0)
        ]
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--crops", type=Path, default=Path("work/crops"))
    parser.add_argument("--out", type=Path, default=Path("work/features"))
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--batch", type=int, default=48)
    parser.add_argument("--rate", type=float, default=1e-3)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    torch.manual_seed(1)

    train, held_out = Crops(args.crops / "train"), Crops(args.crops / "heldout")
    measured = held_out.images(held_out.spread(1)[::3]).to(args.device)
    model, heads = Features().to(args.device, memory_format=torch.channels_last), Heads().to(args.device)
    trained = [*model.parameters(), *heads.parameters()]
    optimiser = torch.optim.AdamW(trained, args.rate, weight_decay=1e-2, fused=True)
    average, log, clock = Average(model, 0.99), Log(args.out / "log.jsonl"), TimeBox(args.minutes)
    pixels, draw = on_device(train, args.device), Draw(train.chance, 1, args.device)
    step, next_report = 0, time.monotonic() + 60
    while clock.progress < 1:
        rows = draw.rows(args.batch)
        first, second = cut(pixels, rows, SIDE, draw), cut(pixels, rows, SIDE, draw)
        for group in optimiser.param_groups:
            group["lr"] = clock.rate(args.rate, step, warmup=50)
        alike, damages = losses(model, heads, first, second)
        optimiser.zero_grad(set_to_none=True)
        (alike + 10 * damages).backward()
        torch.nn.utils.clip_grad_norm_(trained, 1.0)
        optimiser.step()
        average.update(model)
        step += 1
        if step % 50 == 0 or time.monotonic() > next_report:
            log.write(step=step, minutes=clock.seconds / 60, alike=float(alike), damage=float(damages))
            next_report = time.monotonic() + 60
    model.load_state_dict(average.weights)
    model.eval()
    log.write(step=step, minutes=clock.seconds / 60, **response(model, measured))
    save(args.out / "features.pt", average=average.weights, step=step)
    export_features(model.cpu(), args.out / "features.onnx")


if __name__ == "__main__":
    main()
