"""Measures a package on the held-out pictures: python evaluate.py --package ../packages/tessera-base --crops work/crops

PSNR by source picture, how evenly the codes are used, bits per missing token, and latencies, all with onnxruntime.
"""

import argparse
import json
import time
from functools import partial
from pathlib import Path

import numpy as np
import onnxruntime as ort

from data import Crops

MASK = 1024
RATIOS = (0.10, 0.25, 0.50, 0.75, 0.95)


def session(file: Path, threads: int = 2) -> ort.InferenceSession:
    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # spinning loses on a busy machine
    return ort.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])


def reconstruct(package: Path, crops: Crops, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """ids [N, 32, 32] and the PSNR of each decoded crop in dB [N]."""
    encoder, decoder = session(package / "encoder.onnx"), session(package / "decoder.onnx")
    ids, quality = [], []
    for row in rows:
        image = crops.images(np.array([row])).numpy()
        ids.append(encoder.run(["ids"], {"image": image})[0][0])
        decoded = decoder.run(None, {"ids": ids[-1][None]})[0]
        quality.append(psnr(image, decoded))
    return np.stack(ids), np.array(quality)


def psnr(a: np.ndarray, b: np.ndarray) -> float:
    """dB; values span 2."""
    return 10 * np.log10(4 / max(float(((a - b) ** 2).mean()), 1e-6))


def bits_per_token(denoiser: Path, ids: np.ndarray, batch: int = 16) -> dict[str, float]:
    """Cross entropy of the truth at scattered missing tokens, in bits; ids [N, h, w], the same masks for every file."""
    run, order, result = session(denoiser), np.random.default_rng(7).random(ids.shape), {}
    for ratio in RATIOS:
        total = count = 0.0
        for at in range(0, len(ids), batch):
            truth, missing = ids[at:at + batch], order[at:at + batch] < ratio
            select = np.flatnonzero(missing)
            logits = run.run(None, {"tokens": np.where(missing, MASK, truth), "select": select})[0].astype(np.float64)
            top = logits.max(1, keepdims=True)
            log_sum = top[:, 0] + np.log(np.exp(logits - top).sum(1))
            total += (log_sum - logits[np.arange(len(select)), truth.ravel()[select]]).sum()
            count += len(select)
        result[f"{ratio:.0%}"] = round(total / count / np.log(2), 3)
    return result


def latencies(package: Path, repeats: int = 7) -> dict[str, dict[str, float]]:
    """Median milliseconds on one and two threads: a 256 px picture, and windows of which a half is missing."""
    image = np.random.default_rng(0).uniform(-1, 1, (1, 3, 256, 256)).astype(np.float32)
    ids = np.random.default_rng(0).integers(0, 1024, (1, 32, 32))
    result: dict[str, dict[str, float]] = {}
    for threads in (1, 2):
        encoder, decoder, denoiser = (session(package / f"{n}.onnx", threads) for n in ("encoder", "decoder", "denoiser"))
        jobs = {"encode256px": partial(encoder.run, None, {"image": image}),
                "decode256px": partial(decoder.run, None, {"ids": ids})}
        for side in (16, 32):
            tokens = ids[:, :side, :side].copy()
            tokens[:, ::2] = MASK
            feed = {"tokens": tokens, "select": np.flatnonzero(tokens == MASK)}
            jobs[f"denoise{side}x{side}"] = partial(denoiser.run, None, feed)
        for name, job in jobs.items():
            times = []
            for _ in range(repeats + 1):
                start = time.perf_counter()
                job()
                times.append((time.perf_counter() - start) * 1e3)
            result.setdefault(name, {})[f"{threads}threads"] = round(float(np.median(times[1:])), 1)
    return result


def evaluate_package(package: Path, held_out: Crops, full_precision: Path | None = None) -> dict:
    """All figures over one crop of each held-out picture; photographs, which are few, with up to four crops each.

    Bits are of the middle 16x16 tokens, as in the log of a training run, and of all 32x32, where more can be seen.
    """
    rows, more = held_out.spread(1), held_out.spread(4, "photograph")
    ids, quality = reconstruct(package, held_out, rows)
    _, photographs = reconstruct(package, held_out, more)
    usage = np.bincount(ids.ravel(), minlength=1024) / ids.size
    windows = ids[:, 8:24, 8:24]
    bits = bits_per_token(package / "denoiser.onnx", windows)
    figures = {
        "heldOutPictures": len(rows), "heldOutPhotographs": len(np.unique(held_out.picture_of[more])),
        "psnr": round(float(quality.mean()), 2), "psnrPhotographs": round(float(photographs.mean()), 2),
        "codesUsedOnHeldOut": int((usage > 0).sum()),
        "perplexity": round(float(np.exp(-(usage[usage > 0] * np.log(usage[usage > 0])).sum())), 1),
        "bitsPerToken": bits, "bitsPerTokenOfWholePictures": bits_per_token(package / "denoiser.onnx", ids),
        "latencyMs": latencies(package),
    }
    if full_precision:
        exact = bits_per_token(full_precision, windows)
        figures["int8CostBits"] = {k: round(bits[k] - exact[k], 3) for k in bits}
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--package", type=Path, default=Path("../packages/tessera-base"))
    parser.add_argument("--crops", type=Path, default=Path("work/crops"))
    args = parser.parse_args()
    print(json.dumps(evaluate_package(args.package, Crops(args.crops / "heldout")), indent=1))


if __name__ == "__main__":
    main()
