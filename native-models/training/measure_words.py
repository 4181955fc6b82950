"""Measures whether fills follow words: python measure_words.py --package ../packages/tessera-base

A classifier learns WORDS from 96 px squares of the pictures that training saw, by the bench's features and colours, and is tried on
those of held-out pictures. Then the middle 12x12 tokens of held-out pictures are filled, led by each word and by none, and the
classifier says what they show. Prints the figures, and draws --sheet: the hole, the fill without words, and fills with some. With
--each it tries every word that was learned, to tell which of them are worth offering.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image

from dataset.words import COLOURS
from evaluate import MASK, session
from fills import fill, spread
from train_words import GRID, WordWindows
from words_data import called

FEATURES = Path(__file__).parent / "../../bench/quality/features/features.onnx"
SPAN, SIDE, ROOM = 12, 96, 24  # tokens and px of a hole, tokens of the window around it
WORDS = ("sky", "grass", "sea", "flower", "leaves", "rock", "sand", "snow", "metal", "tile", "brick", "wood", "food", "building")
SHOWN = ("brick", "grass", "sky", "sea", "snow", "flower")


class Describe:
    """What the classifier sees of a square: means and deviations of features and of colours."""

    def __init__(self):
        self.network = session(FEATURES)

    def __call__(self, pixels: np.ndarray) -> np.ndarray:
        """[96, 96, 3] in [-1, 1] -> [F]"""
        image = np.ascontiguousarray(pixels.transpose(2, 0, 1)[None], np.float32)
        seen = self.network.run(None, {"image": image})[0][0].reshape(-1, (SIDE // 16) ** 2)
        colours = pixels.reshape(-1, 3)
        return np.concatenate([seen.mean(1), seen.std(1), colours.mean(0), colours.std(0)])


def squares(windows: WordWindows, pixels: np.ndarray, describe: Describe, each: int,
            words: tuple[str, ...] = WORDS) -> tuple[np.ndarray, np.ndarray]:
    """Descriptions [N, F] and places in `words` [N] of up to `each` squares whose rows have a word first, by word."""
    found, said = [], []
    for at, word in enumerate(words):
        mine = np.argwhere(windows.words[:, :, 0] == windows.known.index(word) + 1)
        for crop, row in windows.rng.permutation(mine)[:each]:
            y, x = min(int(row), GRID - SPAN), int(windows.rng.integers(0, GRID - SPAN + 1))
            found.append(describe(pixels[crop, 8 * y:8 * y + SIDE, 8 * x:8 * x + SIDE] / 127.5 - 1))
            said.append(at)
    return np.stack(found), np.array(said)


class Classifier:
    """Logistic regression."""

    def __init__(self, seen: np.ndarray, said: np.ndarray, count: int = len(WORDS)):
        self.mean, self.deviation = seen.mean(0), seen.std(0) + 1e-6
        self.layer = torch.nn.Linear(seen.shape[1], count)
        x, y = self._scaled(seen), torch.from_numpy(said)
        balance = 1 / torch.bincount(y, minlength=count).clamp_min(1).float()
        optimiser = torch.optim.AdamW(self.layer.parameters(), 1e-2, weight_decay=0.3)
        for _ in range(400):
            optimiser.zero_grad()
            F.cross_entropy(self.layer(x), y, balance).backward()
            optimiser.step()

    def _scaled(self, seen: np.ndarray) -> torch.Tensor:
        return torch.from_numpy((seen - self.mean) / self.deviation).float()

    @torch.no_grad()
    def __call__(self, seen: np.ndarray) -> np.ndarray:
        """[N, F] -> places in WORDS [N]"""
        return self.layer(self._scaled(seen)).argmax(1).numpy()

    @torch.no_grad()
    def log_shares(self, seen: np.ndarray) -> np.ndarray:
        """[N, F] -> [N, count]"""
        return self.layer(self._scaled(seen)).log_softmax(1).numpy()


class Filler:
    """Fills of the middle of a window, as the package makes them: led by a word, or by none."""

    def __init__(self, package: Path, known: list[str]):
        self.alone, self.led, self.decoder = (session(package / f"{n}.onnx") for n in ("denoiser", "words", "decoder"))
        self.known = known

    def predict(self, word: str | None, guidance: float):
        def alone(tokens, select):
            return self.alone.run(None, {"tokens": tokens, "select": select})[0]

        def led(tokens, select):
            words = np.zeros((1, 8), np.int64)
            words[0, 0] = self.known.index(word) + 1
            towards = _log_shares(self.led.run(None, {"tokens": tokens, "select": select, "words": words})[0])
            away = _log_shares(alone(tokens, select))
            return away + guidance * (towards - away)

        return alone if word is None else led

    def __call__(self, tokens: np.ndarray, word: str | None, guidance: float, seed: int) -> np.ndarray:
        """tokens [24, 24] -> the decoded window [192, 192, 3] in [-1, 1]"""
        hole = np.zeros(tokens.shape, bool)
        hole[6:18, 6:18] = True
        filled = fill(self.predict(word, guidance), tokens, hole, np.random.default_rng(seed), steps=8)
        assert (filled != MASK).all()
        return self.decoder.run(None, {"ids": filled[None]})[0][0].transpose(1, 2, 0).clip(-1, 1)


def _log_shares(logits: np.ndarray) -> np.ndarray:
    logits = logits - logits.max(1, keepdims=True)
    return np.maximum(logits - np.log(np.exp(logits).sum(1, keepdims=True)), -70)


def drawn(decoded: np.ndarray, picture: np.ndarray) -> np.ndarray:
    """The picture with its middle from `decoded`, whose error beside the hole is spread into it."""
    inside = np.zeros(picture.shape[:2], bool)
    inside[48:144, 48:144] = True
    return np.where(inside[..., None], decoded + spread(picture - decoded, ~inside), picture)


def try_each(parts: dict, describe: Describe, filler: Filler, guidance: float, centres: int) -> None:
    """Prints of every word how much likelier it makes itself in fills, in bits, and how often it is among the three likeliest, with it and
    without; of a colour which share of the hole has it. Those that change most come first."""
    known, (windows, its) = filler.known, parts[True]
    words = tuple(word for word in known if word not in COLOURS)
    classify = Classifier(*squares(*parts[False], describe, 60, words), len(words))
    rows, figures = np.linspace(0, len(its) - 1, centres).astype(int), {word: [] for word in known}
    for at, row in enumerate(rows):
        picture, tokens = its[row, 32:224, 32:224] / 127.5 - 1, windows.tokens[row, 4:28, 4:28]

        def seen(word: str | None) -> tuple[np.ndarray, np.ndarray]:
            hole = drawn(filler(tokens, word, guidance, at), picture)[48:144, 48:144]
            means = (hole.reshape(12, 8, 12, 8, 3).mean((1, 3)) + 1) / 2
            names = [called(*cell) for line in means for cell in line]
            return classify.log_shares(describe(hole)[None])[0], np.array([name or "" for name in names])

        alone = seen(None)
        for word in known:
            led = seen(word)
            if word in COLOURS:
                figures[word].append([(colours == word).mean() for _, colours in (led, alone)])
            else:
                place = words.index(word)
                ranks = [(shares > shares[place]).sum() < 3 for shares, _ in (led, alone)]
                figures[word].append([*ranks, (led[0][place] - alone[0][place]) / np.log(2)])
    means = {word: np.mean(np.array(values, float), 0).round(2).tolist() for word, values in figures.items()}
    for word, values in sorted(means.items(), key=lambda item: item[1][1] - item[1][0]):
        print(word, *values)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("work/words"))
    parser.add_argument("--package", type=Path, default=Path("../packages/tessera-base"))
    parser.add_argument("--guidance", type=float)
    parser.add_argument("--centres", type=int, default=8)
    parser.add_argument("--each", action="store_true", help="try every word")
    parser.add_argument("--sheet", type=Path, default=Path("work/words.png"))
    args = parser.parse_args()
    addition = json.loads((args.package / "manifest.words.json").read_text())
    known, guidance = [entry[0] for entry in addition["words"]["vocabulary"]], args.guidance or addition["guidance"]
    torch.manual_seed(1)
    records = [json.loads(line)["heldOut"] for line in (args.data / "crops.jsonl").read_text().splitlines()]
    pixels, describe = np.memmap(args.data / "crops.u8", np.uint8, "r").reshape(-1, 256, 256, 3), Describe()
    parts = {held: (WordWindows(args.data, held, 3, known), pixels[np.array(records) == held]) for held in (False, True)}
    if args.each:
        try_each(parts, describe, Filler(args.package, known), guidance, args.centres)
        return
    classify = Classifier(*squares(*parts[False], describe, 90))
    seen, said = squares(*parts[True], describe, 30)
    right = classify(seen) == said
    by_word = {word: round(float(right[said == at].mean()), 2) for at, word in enumerate(WORDS) if (said == at).any()}
    print(json.dumps({"classifier on held-out squares": round(float(np.mean(list(by_word.values()))), 3), "by word": by_word}))

    windows, its = parts[True]
    rows = np.linspace(0, len(its) - 1, args.centres).astype(int)
    asked_led, asked_alone, bands, filler = [], [], [], Filler(args.package, known)
    hits = dict.fromkeys(WORDS, 0)
    for at, row in enumerate(rows):
        picture, tokens = its[row, 32:224, 32:224] / 127.5 - 1, windows.tokens[row, 4:28, 4:28]
        alone = filler(tokens, None, 1, at)
        says = classify(describe(drawn(alone, picture)[48:144, 48:144])[None])[0]
        shown = [np.where(np.kron(np.pad(np.ones((12, 12)), 6), np.ones((8, 8)))[..., None] > 0, 0.9, picture), drawn(alone, picture)]
        for place, word in enumerate(WORDS):
            led = drawn(filler(tokens, word, guidance, at), picture)
            hit = classify(describe(led[48:144, 48:144])[None])[0] == place
            hits[word] += int(hit)
            asked_led.append(hit), asked_alone.append(says == place)
            if word in SHOWN:
                shown.append(led)
        bands.append(np.concatenate(shown, 1))
    print(json.dumps({"guidance": guidance, "fills": len(asked_led), "led fills that show the word": round(float(np.mean(asked_led)), 3),
                      "fills without words that do": round(float(np.mean(asked_alone)), 3), "by word": hits}))
    Image.fromarray(((np.concatenate(bands).clip(-1, 1) + 1) * 127.5).round().astype(np.uint8)).save(args.sheet)


if __name__ == "__main__":
    main()
