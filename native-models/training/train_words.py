"""Teaches the denoiser of a package to follow words: python train_words.py

Its own weights are frozen and only `Words` is trained, on what words_data.py wrote. Without words nothing is added to the denoiser,
so training without them would teach nothing, and every draw has one to four. Writes log.jsonl, its curves and checkpoint.pt to --out.
"""

import argparse
import json
import math
from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from config import add_machine_flags, add_settings, fill_settings
from dataset.words import COLOURS, MATTER, ids, vocabulary
from masks import random_masks
from model.denoiser import CODES, MASK
from model.words import MOST, LedDenoiser
from onnx_export.read import read_denoiser
from optimiser import Optimiser
from precision import mixed
from runlog import Log, TimeBox, save
from trainer import Trainer, load_checkpoint

GRID = 32  # tokens of a crop
# Window sizes with their batch and their share of the steps, and how holes are made.
WINDOWS = [(16, 20, 0.7), (24, 9, 0.2), (32, 5, 0.1)]
FOREIGN, OWN = 0.5, 0.25  # shares of holes that show another picture than what lies around them, and of large holes in one picture
NAMED = 0.35  # of a hole that shows a word, at least, for the word to be asked for
COLOURED = 0.55  # the same for a colour
OFTEN = ("sky", "water", "snow", "rock", "stone", "sand", "grass", "leaves", "brick", "wood", "metal")  # drawn twice as often
LEAST = 5  # pictures that show a word
CURVES = ["bits", "gain", "gain_75%"]


def shown_often(folder: Path) -> list[str]:
    """The materials and scenes that enough pictures to train on show, and the colours: what can be learned."""
    records = [json.loads(line) for line in (folder / "crops.jsonl").read_text().splitlines()]
    train = np.array([not record["heldOut"] for record in records])
    sources, words = np.array([record["source"] for record in records]), np.load(folder / "words.npy")
    shown = {word for word, at in ids().items() if len(set(sources[train & (words == at).any((1, 2))])) >= LEAST}
    return [word for word in vocabulary() if (word in shown and word in MATTER) or word in COLOURS]


class WordWindows:
    """Random windows whose missing part shows what some words say."""

    def __init__(self, folder: Path, held_out: bool, seed: int, known: list[str]):
        """known: the words in the order of their ids from 1; others are left out."""
        records = [json.loads(line) for line in (folder / "crops.jsonl").read_text().splitlines()]
        mine = np.array([record["heldOut"] == held_out for record in records])
        self.tokens = np.load(folder / "tokens.npy")[mine].astype(np.int64)
        own = np.zeros(len(vocabulary()) + 1, np.uint8)  # ids here by ids of the data
        for at, word in enumerate(known, 1):
            own[ids()[word]] = at
        self.words, self.colours = (own[np.load(folder / f"{name}.npy")[mine]] for name in ("words", "colours"))
        self.rng = np.random.default_rng(seed)
        self.masks = torch.Generator().manual_seed(seed)
        self.known, self.count = known, len(known)
        self.places = self._places()

    def _places(self) -> dict[int, np.ndarray]:
        """For each word of rows, the crops and rows that have it: [n, 2]."""
        places = {}
        for word in range(1, self.count + 1):
            found = np.argwhere((self.words == word).any(-1))
            if len(found):
                places[word] = found
        weights = np.array([len(np.unique(found[:, 0])) ** 0.5 * (2 if self.known[word - 1] in OFTEN else 1)
                            for word, found in places.items()])
        self.chance = weights / weights.sum()
        self.drawn = np.array(list(places))
        return places

    def counts(self) -> Tensor:
        """[words + 1, K] how often each code occurs in rows that have a word, or in cells of a colour; in row 0 of all."""
        counts = np.zeros((self.count + 1, CODES))
        counts[0] = np.bincount(self.tokens.ravel(), minlength=CODES)
        for word, places in self.places.items():
            counts[word] = np.bincount(self.tokens[places[:, 0], places[:, 1]].ravel(), minlength=CODES)
        for colour in (at for at, word in enumerate(self.known, 1) if word in COLOURS):
            counts[colour] += np.bincount(self.tokens[self.colours == colour], minlength=CODES)
        return torch.from_numpy(counts).float()

    def window(self, side: int) -> tuple[int, int, int]:
        """A crop, and where a window of it begins, about rows that have a word; rare words come up more often than they are."""
        found = self.places[int(self.rng.choice(self.drawn, p=self.chance))]
        crop, row = found[self.rng.integers(len(found))]
        y = int(np.clip(row - self.rng.integers(2, side - 2), 0, GRID - side))
        return int(crop), y, int(self.rng.integers(0, GRID - side + 1))

    def asked(self, crop: int, y: int, x: int, missing: np.ndarray) -> list[int]:
        """One to four words for the missing part of a window, in any order; colours now and then."""
        side = len(missing)
        rows = missing.sum(1) / missing.sum()  # share of each row
        words = self.words[crop, y:y + side]
        shares = np.bincount(words.ravel(), np.repeat(rows, words.shape[1]), self.count + 1)
        shares[0] = 0
        found = list(np.flatnonzero(shares >= NAMED))
        self.rng.shuffle(found)
        keep = found[:int(self.rng.choice([1, 2, 3], p=[0.55, 0.3, 0.15]))]
        cells = np.bincount(self.colours[crop, y:y + side, x:x + side][missing], minlength=self.count + 1) / missing.sum()
        cells[0] = 0
        colour = int(cells.argmax())
        if cells[colour] >= COLOURED and (not keep or self.rng.random() < 0.3):
            keep.insert(int(self.rng.integers(len(keep) + 1)), colour)
            if len(keep) > 1 and self.rng.random() < 0.25:
                keep = [colour]
        return [int(word) for word in keep if word][:MOST]

    def batch(self, side: int, count: int) -> tuple[Tensor, Tensor, Tensor]:
        """tokens int64 [B, side, side], missing bool [B, side, side], words int64 [B, MOST]."""
        natural = random_masks(count, side, side, self.masks).numpy()
        out = [self._example(side, natural[at]) for at in range(count)]
        tokens, missing, words = (np.stack(part) for part in zip(*out))
        return torch.from_numpy(tokens), torch.from_numpy(missing), torch.from_numpy(words)

    def _example(self, side: int, natural: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        crop, y, x = self.window(side)
        tokens, missing = self.tokens[crop, y:y + side, x:x + side].copy(), natural
        kind = self.rng.random()
        if kind < FOREIGN + OWN:
            hole = self._block(side)
            # As in the midst of a fill: some of it is known already.
            still = 1.0 if self.rng.random() < 0.4 else math.cos(self.rng.random() * math.pi / 2)
            missing = hole & (self.rng.random(hole.shape) < still)
            if not missing.any():
                missing = hole
            if kind < FOREIGN:
                other, oy, ox = self.window(side)
                tokens = np.where(hole, tokens, self.tokens[other, oy:oy + side, ox:ox + side])
            asked = self.asked(crop, y, x, hole)
        else:
            asked = self.asked(crop, y, x, missing)
        words = np.zeros(MOST, np.int64)
        words[:len(asked)] = asked
        return tokens, missing, words

    def _block(self, side: int) -> np.ndarray:
        """A rectangle of half of each side to all of it."""
        height, width = (int(self.rng.integers(int(0.5 * side), side + 1)) for _ in range(2))
        y, x = int(self.rng.integers(side - height + 1)), int(self.rng.integers(side - width + 1))
        hole = np.zeros((side, side), bool)
        hole[y:y + height, x:x + width] = True
        return hole


def losses(model: Callable[[Tensor, Tensor, Tensor], Tensor], tokens: Tensor, missing: Tensor, words: Tensor) -> Tensor:
    """[M] nats of each missing token."""
    select = missing.flatten().nonzero().squeeze(1)
    with mixed(tokens.device):
        logits = model(tokens.masked_fill(missing, MASK), select, words)
    return F.cross_entropy(logits.float(), tokens.flatten()[select], reduction="none")


@torch.no_grad()
def gain(model: LedDenoiser, windows: list[tuple[Tensor, Tensor, Tensor]]) -> dict[str, float]:
    """What the words save, in bits per missing token, over windows like those of training; and what they save in holes of one
    picture of which 75 % and more is missing."""
    led, alone, most, most_alone = [], [], [], []
    for tokens, missing, words in windows:
        with_words = losses(model, tokens, missing, words)
        without = losses(model, tokens, missing, torch.zeros_like(words))
        led.append(with_words), alone.append(without)
        much = (missing.float().mean((1, 2)) >= 0.75)[:, None, None].expand_as(missing)[missing]
        most.append(with_words[much]), most_alone.append(without[much])
    led, alone, most, most_alone = (float(torch.cat(part).mean()) / math.log(2) for part in (led, alone, most, most_alone))
    return {"held_out_bits": led, "gain": alone - led, "gain_75%": most_alone - most}


def parse_args() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("work/words"))
    parser.add_argument("--out", type=Path, default=Path("work/words/run"))
    parser.add_argument("--from-package", type=Path, default=Path("../packages/tessera-base"))
    parser.add_argument("--start", type=Path, help="start with the averaged weights of this checkpoint")
    parser.add_argument("--counts-only", action="store_true", help="write what the counts of codes alone say, and train nothing")
    add_machine_flags(parser)
    add_settings(
        parser,
        minutes={"type": float, "help": "of the run, over all calls"},
        batch_scale={"type": float, "help": "multiplies the batches, which fit two CPU cores"},
        learning_rate={"type": float, "help": "the peak"},
        warmup={"type": int, "help": "steps until the peak"},
    )
    return fill_settings(parser.parse_args(), "words")


def main() -> None:
    args = parse_args()
    torch.set_num_threads(args.threads)
    torch.manual_seed(1)
    checkpoint = args.out / "checkpoint.pt"
    state = load_checkpoint(checkpoint, args.device) if args.resume and checkpoint.exists() else None
    known = shown_often(args.data)
    windows = WordWindows(args.data, False, (state["step"] if state else 0) + 1, known)
    model = LedDenoiser(read_denoiser(args.from_package), len(known)).to(args.device)
    model.words.start_from_counts(windows.counts())
    if args.counts_only:
        args.out.mkdir(parents=True, exist_ok=True)
        save(checkpoint, average=model.words.state_dict(), vocabulary=known)
        return
    if args.start and not state:
        model.words.load_state_dict(load_checkpoint(args.start, args.device)["average"])
    clock, log = TimeBox(args.minutes, args.stop_after), Log(args.out / "log.jsonl")
    optimiser = Optimiser(model.words, [], args.learning_rate, betas=(0.9, 0.98), decay=0.0)
    trainer = Trainer(model.words, optimiser, clock, log, checkpoint, CURVES, args.learning_rate, args.warmup)
    if state:
        trainer.restore(state)
    held_out = WordWindows(args.data, True, 7, known)
    measured = [held_out.batch(16, 20) for _ in range(8)]
    shares = [share for _, _, share in WINDOWS]
    network = torch.compile(model, dynamic=True) if args.compile else model

    def compute_loss() -> tuple[Tensor, dict[str, Tensor]]:
        side, count, _ = WINDOWS[windows.rng.choice(len(WINDOWS), p=shares)]
        batch = windows.batch(side, max(1, round(count * args.batch_scale)))
        trainer.seen += len(batch[0])
        loss = losses(network, *(part.to(args.device) for part in batch)).mean()
        return loss, {"bits": loss.detach() / math.log(2)}

    def measure() -> dict[str, float]:
        return gain(model, [tuple(part.to(args.device) for part in batch) for batch in measured])

    trainer.run(compute_loss, measure, lambda: {"vocabulary": known})


if __name__ == "__main__":
    main()
