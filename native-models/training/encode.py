"""Turns all crops into tokens once, with the frozen tokenizer: python encode.py

Writes tokens.npy, uint16 [N, V, 32, 32], beside the crops of each split. With the setting `mirror` V is 2, and the second
view is the mirror image (its tokens are not the mirrored tokens): worth it once training sees the data more than once.
"""

import argparse
import time
from pathlib import Path

import numpy as np
import torch

from config import add_settings, fill_settings
from data import Crops
from model.tokenizer import Tokenizer
from onnx_export.read import read_tokenizer
from precision import mixed


def load_tokenizer(file: Path, device: str = "cpu") -> Tokenizer:
    """The averaged weights of a checkpoint, ready to use."""
    model = Tokenizer.of_state(torch.load(file, map_location="cpu", weights_only=True)["average"])
    return model.eval().requires_grad_(False).to(device, memory_format=torch.channels_last)


@torch.no_grad()
def encode_all(model: Tokenizer, crops: Crops, device: str, views: int, batch: int) -> np.ndarray:
    """[N, views, 32, 32] uint16."""
    tokens, start = np.zeros((len(crops), views, 32, 32), np.uint16), time.monotonic()
    for at in range(0, len(crops), batch):
        rows = np.arange(at, min(at + batch, len(crops)))
        image = crops.images(rows).to(device, memory_format=torch.channels_last)
        for side, view in enumerate((image, image.flip(3))[:views]):
            with mixed(device):
                tokens[rows, side] = model.encode(view).cpu().numpy()
        if at // batch % 100 == 0:
            print(f"{at}/{len(crops)} {time.monotonic() - start:.0f} s", flush=True)
    return tokens


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--crops", type=Path, default=Path("work/crops"))
    parser.add_argument("--tokenizer", type=Path, default=Path("work/tokenizer"))
    parser.add_argument("--from-package", type=Path, help="a package's tokenizer instead")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    add_settings(parser, mirror={"action": argparse.BooleanOptionalAction, "help": "encode the mirror images, too"})
    args = fill_settings(parser.parse_args(), "encode")
    torch.set_num_threads(args.threads)
    batch = 16 if args.device == "cpu" else 256
    if args.from_package:
        model = read_tokenizer(args.from_package).eval().requires_grad_(False).to(args.device)
    else:
        model = load_tokenizer(args.tokenizer / "joint.pt", args.device)
    for split in ("heldout", "train"):
        tokens = encode_all(model, Crops(args.crops / split), args.device, 1 + args.mirror, batch)
        np.save(args.crops / split / "tokens.npy", tokens)


if __name__ == "__main__":
    main()
