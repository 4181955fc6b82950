"""Runs the whole pipeline and writes the data set.

out/train and out/heldout each hold
  crops.u8        uint8, N x 256 x 256 x 3, raw; read it with `np.memmap(..., shape=(N, 256, 256, 3))`
  crops.jsonl     one line per crop: the index of its picture
  pictures.jsonl  one line per picture: provenance, kind, weight, number of crops
"""

import json
import zlib
from collections.abc import Callable
from multiprocessing import Pool
from pathlib import Path

import numpy as np

from . import archives, crops, filters, sources


def build(todo: list[sources.Candidate], licence_of: Callable[[str], str], out: Path, held_out_share: float,
          processes: int) -> dict:
    """Writes the data set of the candidates to `out`, and returns how many pictures and crops each split has.

    licence_of: names the licences of a package, for candidates that do not name their own."""
    # Photographs first, so that a near duplicate elsewhere gives way to them; held-out ones before all.
    todo = sorted(todo, key=lambda c: (not sources.goes_to_held_out(c, held_out_share), c.kind != "photograph"))
    print(f"{len(todo)} candidates", flush=True)
    seen = filters.Seen()
    writers = {name: SplitWriter(out / name) for name in ("train", "heldout")}
    with Pool(processes, archives.forget_open_files) as pool:
        for done, (candidate, result) in enumerate(pool.imap(_process, todo, chunksize=4)):
            if done % 500 == 0:
                print(done, {k: w.crops for k, w in writers.items()}, flush=True)
            if result is None or not seen.add(result["hash"]):
                continue
            split = "heldout" if sources.goes_to_held_out(candidate, held_out_share) else "train"
            writers[split].add(candidate, result, candidate.licence or licence_of(candidate.package))
    return {name: writer.close() for name, writer in writers.items()}


def _process(candidate: sources.Candidate) -> tuple[sources.Candidate, dict | None]:
    decoded = crops.decode(candidate)
    if decoded is None:
        return candidate, None
    image, opaque = decoded
    if opaque is None and not filters.acceptable(image, candidate.kind):
        return candidate, None
    rng = np.random.default_rng(zlib.crc32(candidate.inside.encode()))  # the same crops on every run
    count = crops.wanted(*image.size, candidate.kind)
    pixels = crops.cut(image, opaque, min(count, candidate.most or count), rng)
    if len(pixels) == 0:
        return candidate, None
    return candidate, {"hash": filters.difference_hash(image), "size": image.size, "pixels": pixels}


class SplitWriter:
    """Appends crops and their provenance, so that memory holds one picture at a time."""

    def __init__(self, folder: Path):
        folder.mkdir(parents=True, exist_ok=True)
        self.raw = (folder / "crops.u8").open("wb")
        self.index = (folder / "crops.jsonl").open("w")
        self.records = (folder / "pictures.jsonl").open("w")
        self.pictures = self.crops = 0

    def add(self, c: sources.Candidate, result: dict, licence: str) -> None:
        pixels = result["pixels"]
        self.raw.write(pixels.tobytes())
        self.index.write(f'{{"picture": {self.pictures}}}\n' * len(pixels))
        self.records.write(json.dumps({
            "id": self.pictures, "package": c.package, "version": c.version, "path": c.inside, "source": c.source,
            "licence": licence, **({"credit": c.credit} if c.credit else {}), "kind": c.kind, "weight": c.weight,
            "size": result["size"], "crops": len(pixels), "hash": f"{result['hash']:016x}",
        }) + "\n")
        self.pictures += 1
        self.crops += len(pixels)

    def close(self) -> dict:
        for file in (self.raw, self.index, self.records):
            file.close()
        return {"pictures": self.pictures, "crops": self.crops}
