"""Adds words to a package: python export_words.py

Writes words.onnx, manifest.words.json and PROVENANCE.words.md beside the manifest of --package, which stays as it is: its bytes are the identity of
the package, and tokens made with it go on being those of the same package. For the same reason words that were published with a
package are never replaced; others come with a new version of it. With --golden, expected values for tests.
"""

import argparse
import hashlib
import json
from pathlib import Path

import numpy as np
import torch

from dataset.words import vocabulary
from evaluate import session
from export import round_to_half, short_lists
from golden import picture
from model.denoiser import MASK
from model.words import MOST, LedDenoiser
from onnx_export.read import read_denoiser
from onnx_export.words import export_words
from provenance import write_words_provenance

GUIDANCE = 3.0  # how far words lead where nobody says otherwise; experiments.md compares others
FILE = "words.onnx"


def compare_with_torch(model: LedDenoiser, package: Path) -> dict[str, float]:
    """How far led logits are from PyTorch's, and those without words from those of the denoiser alone."""
    tokens = session(package / "encoder.onnx").run(["ids"], {"image": picture()})[0]
    tokens[0, 2:6, 2:6] = MASK
    select = np.flatnonzero(tokens == MASK)
    words = np.zeros((1, MOST), np.int64)
    led, alone = session(package / FILE), session(package / "denoiser.onnx")
    none = led.run(None, {"tokens": tokens, "select": select, "words": words})[0]
    words[0, :2] = 1, 2
    with torch.no_grad():
        ours = model(*map(torch.from_numpy, (tokens, select, words))).numpy()
    theirs = led.run(None, {"tokens": tokens, "select": select, "words": words})[0]
    return {"fromTorch": float(np.abs(ours - theirs).max()),
            "withoutWords": float(np.abs(none - alone.run(None, {"tokens": tokens, "select": select})[0]).max())}


def offered(learned: list[str], wanted: list[str]) -> list[str]:
    """The wanted words in the order in which they were learned. Exits if some were not learned."""
    if missing := [word for word in wanted if word not in learned]:
        raise SystemExit(f"These words were not learned: {', '.join(missing)}.")
    return [word for word in learned if word in wanted]


def addition(package: Path, known: list[str]) -> dict:
    """What manifest.words.json holds."""
    data = (package / FILE).read_bytes()
    return {
        "format": 1,
        "extends": hashlib.sha256((package / "manifest.json").read_bytes()).hexdigest(),
        "guidance": GUIDANCE,
        "files": {FILE: {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}},
        "words": {"denoiser": FILE, "most": MOST, "vocabulary": [[word, *vocabulary()[word]] for word in known]},
    }


def golden(package: Path, known: list[str], asked: tuple[str, ...]) -> dict:
    """Logits of the package on the picture of its own golden values, led by each of some words."""
    tokens = session(package / "encoder.onnx").run(["ids"], {"image": picture()})[0]
    tokens[0, 2:6, 2:6] = MASK
    select, led = np.flatnonzero(tokens == MASK), session(package / FILE)
    found = []
    for word in asked:
        words = np.zeros((1, MOST), np.int64)
        words[0, 0] = known.index(word) + 1
        logits = led.run(None, {"tokens": tokens, "select": select, "words": words})[0]
        found.append({"word": word, "id": int(words[0, 0]),
                      "first8": [[round(float(v), 4) for v in logits[row, :8]] for row in (0, 5, 10, 15)]})
    return {"comment": "As golden.json, led by a word each; rows 0, 5, 10 and 15 of the selected cells.", "words": found,
            "tolerance": 0.15}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--checkpoint", type=Path, default=Path("work/words/run/checkpoint.pt"))
    parser.add_argument("--data", type=Path, default=Path("work/words"), help="what the words were learned from")
    parser.add_argument("--package", type=Path, default=Path("../packages/tessera-base"))
    parser.add_argument("--offered", type=Path, help="the words to offer, a line each, of those that were learned (default: all)")
    parser.add_argument("--golden", type=Path)
    args = parser.parse_args()
    state = torch.load(args.checkpoint, map_location="cpu", weights_only=True)
    learned = state["vocabulary"]
    model = LedDenoiser(read_denoiser(args.package), len(learned)).eval()
    model.words.load_state_dict(state["average"])
    known = offered(learned, args.offered.read_text().split()) if args.offered else learned
    model.words.keep([learned.index(word) + 1 for word in known])
    round_to_half(model.words)
    export_words(model.words, args.package / "denoiser.onnx", args.package / FILE)
    licence = json.loads((args.package / "manifest.json").read_text())["license"]
    write_words_provenance(args.data / "crops.jsonl", args.package / "PROVENANCE.words.md", licence)
    print(json.dumps(compare_with_torch(model, args.package)))
    lines = json.dumps(addition(args.package, known), indent=1, ensure_ascii=False)
    (args.package / "manifest.words.json").write_text(short_lists(lines) + "\n")
    if args.golden:
        args.golden.write_text(short_lists(json.dumps(golden(args.package, known, ("brick", "sky", "grass")), indent=1)) + "\n")


if __name__ == "__main__":
    main()
