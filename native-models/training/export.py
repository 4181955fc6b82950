"""Writes a package: python export.py

Name, version, licence and the stage whose decoder is taken come from the section `package` of the configuration that
--config names. Exports the three graphs, compares them with PyTorch, measures them, and writes manifest.json, PROVENANCE.md
and, with --golden, the expected values for tests. --draft exports an untrained denoiser of the final shape and measures nothing.
"""

import argparse
import hashlib
import json
from pathlib import Path

import numpy as np
import onnxruntime as ort
import torch

from config import SHIPPED, load_config
from data import Crops
from encode import load_tokenizer
from evaluate import evaluate_package, session
from golden import golden
from model.denoiser import CODES, HEAD, MASK, Denoiser
from model.tokenizer import DIM, DOWNSAMPLE, Tokenizer
from onnx_export.denoiser import export_denoiser
from onnx_export.tokenizer import export_decoder, export_encoder
from palette import palette
from provenance import data_summary, write_provenance

GRAPHS = ("encoder.onnx", "decoder.onnx", "denoiser.onnx")


def compare_with_torch(tokenizer, denoiser, out: Path, image: torch.Tensor) -> dict:
    """Largest differences between PyTorch and the exported float graphs on one batch."""
    with torch.no_grad():
        ids = tokenizer.encode(image)
        decoded = tokenizer.decode(ids).clamp(-1, 1).numpy()
        tokens = ids.clone()
        tokens[:, 4:12, 3:9] = MASK
        select = (tokens == MASK).flatten().nonzero().squeeze(1)
        logits = denoiser(tokens, select).numpy()
    their_ids = session(out / "encoder.onnx").run(["ids"], {"image": image.numpy()})[0]
    their_image = session(out / "decoder.onnx").run(None, {"ids": ids.numpy()})[0]
    their_logits = session(out / "denoiser.fp32.onnx").run(None, {"tokens": tokens.numpy(), "select": select.numpy()})[0]
    result = {
        "idsEqual": float((their_ids == ids.numpy()).mean()),
        "decoderMaxDifference": float(np.abs(their_image - decoded).max()),
        "denoiserMaxDifference": float(np.abs(their_logits - logits).max()),
    }
    if result["idsEqual"] < 0.995 or result["decoderMaxDifference"] > 1e-3 or result["denoiserMaxDifference"] > 1e-3:
        raise SystemExit(f"exported graphs differ from PyTorch: {result}")
    return result


def token_reach(decoder: ort.InferenceSession, size: int = 33) -> int:
    """Tokens beyond which a changed token leaves decoded pixels exactly alone, measured on random neighbours."""
    rng, reach, middle = np.random.default_rng(3), 0, size // 2
    for _ in range(4):
        ids = rng.integers(0, CODES, (1, size, size))
        changed = ids.copy()
        changed[0, middle, middle] = (ids[0, middle, middle] + 1 + rng.integers(CODES - 1)) % CODES
        before, after = (decoder.run(None, {"ids": i})[0][0] for i in (ids, changed))
        ys, xs = np.nonzero((before != after).any(axis=0))
        tokens = np.concatenate([ys, xs]) // DOWNSAMPLE
        reach = max(reach, int(np.abs(tokens - middle).max()))
    return reach


def round_to_half(model: torch.nn.Module) -> None:
    """The files store float16; rounding first makes PyTorch compute with the very same numbers."""
    for parameter in model.parameters():
        parameter.data = parameter.data.half().float()


def load_denoiser(file: Path | None) -> Denoiser:
    model = Denoiser()
    if file:
        state = torch.load(file, map_location="cpu", weights_only=True)
        model = Denoiser(**state["shape"], heads=state["shape"]["width"] // HEAD)
        model.load_state_dict(state["average"])
    return model.eval().requires_grad_(False)


def unigram_bits(tokens: Path) -> float:
    """Entropy of how often each code occurs in the training set: bits per token by frequency alone."""
    share = np.bincount(np.load(tokens)[:, 0].ravel(), minlength=CODES) / np.load(tokens, "r")[:, 0].size
    return round(float(-(share[share > 0] * np.log2(share[share > 0])).sum()), 3)


def parse_args() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--config", default=SHIPPED, metavar="NAME", help=f"configs/NAME.json (default: {SHIPPED})")
    parser.add_argument("--work", type=Path, default=Path("work"))
    parser.add_argument("--out", type=Path, help="default: ../packages/ID")
    parser.add_argument("--golden", type=Path)
    parser.add_argument("--draft", action="store_true")
    args = parser.parse_args()
    args.package = load_config(args.config)["package"]
    args.out = args.out or Path("../packages") / args.package["id"]
    return args


def main() -> None:
    args = parse_args()
    package, held_out = args.package, Crops(args.work / "crops" / "heldout")
    args.out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(2)

    tokenizer, denoiser = load_networks(args)
    full_precision = args.out / "denoiser.fp32.onnx"
    export_encoder(tokenizer, args.out / "encoder.onnx")
    export_decoder(tokenizer, args.out / "decoder.onnx")
    export_denoiser(denoiser, args.out / "denoiser.onnx", package["bits"])
    export_denoiser(denoiser, full_precision, None)

    image = held_out.images(np.arange(2))[:, :, :128, :128].contiguous()
    figures = {"agreementWithPyTorch": compare_with_torch(tokenizer, denoiser, args.out, image)}
    if not args.draft:
        figures |= evaluate_package(args.out, held_out, full_precision)
        figures["unigramBits"] = unigram_bits(args.work / "crops" / "train" / "tokens.npy")
    full_precision.unlink()

    provenance = data_summary(args.work, package["stage"]) | {"figures": figures}
    manifest = manifest_of(args, tokenizer, provenance)
    (args.out / "manifest.json").write_text(short_lists(json.dumps(manifest, indent=1)) + "\n")
    if not args.draft:
        write_provenance(args.work, args.out / "PROVENANCE.md", package["license"])
    if args.golden:
        args.golden.parent.mkdir(parents=True, exist_ok=True)
        expected = golden(*(session(args.out / name) for name in GRAPHS))
        args.golden.write_text(short_lists(json.dumps(expected, indent=1)) + "\n")
    print(json.dumps(figures, indent=1), manifest["tokenizer"])


def load_networks(args: argparse.Namespace) -> tuple[Tokenizer, Denoiser]:
    """The trained networks, with the tokenizer's weights rounded as the files store them."""
    file = args.work / "tokenizer" / f"{args.package['stage']}.pt"
    tokenizer = load_tokenizer(file).to(memory_format=torch.contiguous_format)
    round_to_half(tokenizer)
    return tokenizer, load_denoiser(None if args.draft else args.work / "denoiser" / "checkpoint.pt")


def manifest_of(args: argparse.Namespace, tokenizer: Tokenizer, provenance: dict) -> dict:
    """The manifest of the graphs in --out."""
    return {
        "format": 1, **{key: args.package[key] for key in ("id", "name", "version", "license")},
        "provenance": provenance,
        "tokenizer": {
            "downsample": DOWNSAMPLE, "codebook": {"size": CODES, "dim": DIM},
            "encoder": "encoder.onnx", "decoder": "decoder.onnx", "pixelRange": [-1, 1], "minSize": 16,
            "tileOverlap": token_reach(session(args.out / "decoder.onnx")),
        },
        "denoiser": {
            "file": "denoiser.onnx", "kind": "absorbing", "steps": 256, "maskId": MASK,
            "window": {"min": 8, "max": 32, "positions": "any"}, "timestep": False, "conditioning": "none",
        },
        "palette": palette(tokenizer),
        "files": {name: {"bytes": (args.out / name).stat().st_size,
                         "sha256": hashlib.sha256((args.out / name).read_bytes()).hexdigest()} for name in GRAPHS},
    }


def short_lists(text: str) -> str:
    """Puts lists of plain values on one line."""
    import re

    return re.sub(r"\[\s+([^\[\]{}]*?)\s+\]", lambda m: "[" + re.sub(r"\s*\n\s*", " ", m.group(1)) + "]", text)


if __name__ == "__main__":
    main()
