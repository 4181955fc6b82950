"""Crops of pictures with words, as tokens: python words_data.py

Takes the photographs that words.tsv or names describe, and the textures of the Debian packages that are unpacked in --work and
whose names say what they show. Writes to --out
  crops.u8      uint8, N x 256 x 256 x 3, raw
  tokens.npy    uint16 [N, 32, 32], by the encoder of the package
  words.npy     uint8 [N, 32, 4], the words of each row of tokens, 0 for none
  colours.npy   uint8 [N, 32, 32], the word for the colour of each token, 0 where it has none
  crops.jsonl   the picture of each crop with its licence, the source, and whether it is held out
"""

import argparse
import colorsys
import hashlib
import io
import json
import os
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from dataset import crops, filters, photographs, sources
from dataset.licences import Licences
from dataset.photographs import Photograph
from dataset.sources import Candidate
from dataset.words import BANDS, Bands, ids, read_labels, words_of_photograph, words_of_texture
from evaluate import session

SIDE, GRID = 256, 32  # px and tokens of a crop
HELD_OUT = 0.12  # of the sources
MOST_ALIKE = 60  # pictures that nobody looked at and whose names say the same
ROOM = 4  # words of a row


@dataclass
class Crop:
    """A square of a picture with the words of its rows."""

    pixels: np.ndarray  # [256, 256, 3] uint8
    rows: list[tuple[str, ...]]  # of each row of tokens
    picture: dict[str, str]  # package or repository, version, kind, path, licence, credit, source


def of_photograph(p: Photograph, series: dict[str, str]) -> dict[str, str]:
    return {"package": p.repository, "version": p.commit, "kind": "photograph", "path": p.path, "licence": p.licence,
            "credit": p.credit, "source": photographs.source_of(p, series)}


def of_texture(c: Candidate, licences: Licences) -> dict[str, str]:
    return {"package": c.package, "version": c.version, "kind": "texture", "path": c.inside, "licence": licences(c.package),
            "source": c.source}


def photograph_crops(folder: Path) -> Iterator[Crop]:
    """The whole picture at a shorter side of 256 px, in one or two squares; and a square of it as it is. Of a picture that nobody
    looked at, the middle alone."""
    labels, series = read_labels(), sources.load_list()["photographs"]["series"]
    archives, count = {path.name: zipfile.ZipFile(path) for path in sorted(folder.glob("*.zip"))}, {}
    for p in photographs.read_list():
        bands = words_of_photograph(p, labels)
        looked_at = p.picture in labels
        if bands is None or p.archive not in archives or not (looked_at or _has_room(count, bands)):
            continue
        image = Image.open(io.BytesIO(archives[p.archive].read(p.picture))).convert("RGB")
        picture, rng = of_photograph(p, series), _rng(p.picture)
        shorter, longer = min(image.size), max(image.size)
        ends = (0.0, 1.0) if looked_at and longer / shorter >= 1.4 else (0.5,)
        for end in ends:
            yield _cut(image, shorter, tuple(end * (side - shorter) for side in image.size), bands, picture)
        if looked_at and shorter >= 320:
            at = tuple(float(rng.integers(0, side - SIDE + 1)) for side in image.size)
            yield _cut(image, SIDE, at, bands, picture)


def texture_crops(unpacked: Path) -> Iterator[Crop]:
    """Two squares of each texture whose names tell something: one that is as large as it can be, and one at a scale by chance."""
    seen, count, licences = filters.Seen(), {}, Licences(unpacked)
    for c in sources.candidates(unpacked, 4000) if unpacked.exists() else []:
        bands = words_of_texture(c) if c.kind == "texture" else None
        if bands is None or count.get(bands, 0) >= MOST_ALIKE:
            continue
        decoded = crops.decode(c)
        if decoded is None or not filters.acceptable(decoded[0], c.kind) or not seen.add(filters.difference_hash(decoded[0])):
            continue
        _has_room(count, bands)
        image, rng, picture = decoded[0], _rng(c.inside), of_texture(c, licences)
        largest = min(2 * SIDE, *image.size)
        for span in dict.fromkeys((largest, int(rng.integers(SIDE, largest + 1)))):
            yield _cut(image, span, tuple(float(rng.integers(0, side - span + 1)) for side in image.size), bands, picture)


def _has_room(count: dict[Bands, int], bands: Bands) -> bool:
    """Counts one more picture with the same words, if there may be more."""
    count[bands] = count.get(bands, 0) + 1
    return count[bands] <= MOST_ALIKE


def _rng(name: str) -> np.random.Generator:
    return np.random.default_rng(int(hashlib.sha256(name.encode()).hexdigest()[:8], 16))


def _cut(image: Image.Image, span: int, at: tuple[float, ...], bands: Bands, picture: dict[str, str]) -> Crop:
    x, y = at
    pixels = np.asarray(image.resize((SIDE, SIDE), Image.Resampling.LANCZOS, box=(x, y, x + span, y + span)))
    middles = (y + (np.arange(GRID) + 0.5) * span / GRID) / image.height  # of each row, as shares of the picture
    return Crop(pixels, [bands[min(BANDS - 1, int(middle * BANDS))] for middle in middles], picture)


def colour_names(pixels: np.ndarray) -> np.ndarray:
    """[256, 256, 3] uint8 -> uint8 [32, 32], the word for the mean colour of each token."""
    means = pixels.reshape(GRID, SIDE // GRID, GRID, SIDE // GRID, 3).mean((1, 3)) / 255
    return np.array([[ids().get(called(*cell), 0) for cell in row] for row in means], np.uint8)


def called(red: float, green: float, blue: float) -> str | None:
    """What people call a colour; None where they would not agree."""
    hue, saturation, value = colorsys.rgb_to_hsv(red, green, blue)
    hue *= 360
    if value < 0.2:
        return "black"
    if saturation < 0.13:
        return "white" if value > 0.82 else "grey" if 0.3 < value < 0.75 else None
    if saturation < 0.25:
        return None
    if 12 < hue < 48 and value < 0.62:
        return "brown"
    if saturation < 0.4 and not 60 < hue < 260:
        return "pink" if value > 0.75 and not 20 < hue < 300 else None
    for end, name in ((14, "red"), (42, "orange"), (66, "yellow"), (165, "green"), (255, "blue"), (295, "purple"), (340, "pink")):
        if hue < end:
            return name
    return "red"


def encode(pixels: np.ndarray, package: Path, threads: int) -> np.ndarray:
    """uint16 [N, 32, 32]"""
    encoder, tokens = session(package / "encoder.onnx", threads), np.zeros((len(pixels), GRID, GRID), np.uint16)
    for at, crop in enumerate(pixels):
        image = (crop.transpose(2, 0, 1)[None] / np.float32(127.5) - 1).astype(np.float32)
        tokens[at] = encoder.run(["ids"], {"image": image})[0][0]
        if at % 500 == 0:
            print(f"{at} of {len(pixels)} are encoded", flush=True)
    return tokens


def write(found: Iterator[Crop], out: Path, package: Path, threads: int) -> None:
    out.mkdir(parents=True, exist_ok=True)
    words, colours, records = [], [], []
    with (out / "crops.u8").open("wb") as raw:
        for crop in found:
            raw.write(crop.pixels.tobytes())
            rows = [[ids()[word] for word in row[:ROOM]] for row in crop.rows]
            words.append([row + [0] * (ROOM - len(row)) for row in rows])
            colours.append(colour_names(crop.pixels))
            held_out = int(hashlib.sha256(f"words {crop.picture['source']}".encode()).hexdigest()[:8], 16) / 2**32 < HELD_OUT
            records.append({"heldOut": held_out, **crop.picture})
    np.save(out / "words.npy", np.array(words, np.uint8))
    np.save(out / "colours.npy", np.stack(colours))
    (out / "crops.jsonl").write_text("".join(json.dumps(record) + "\n" for record in records))
    pixels = np.memmap(out / "crops.u8", np.uint8, "r").reshape(-1, SIDE, SIDE, 3)
    np.save(out / "tokens.npy", encode(pixels, package, threads))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, default=Path("work"), help="where the Debian packages are unpacked (src)")
    parser.add_argument("--photographs", type=Path, default=os.environ.get("TESSERA_PHOTOGRAPHS", "work/photographs"))
    parser.add_argument("--package", type=Path, default=Path("../packages/tessera-base"))
    parser.add_argument("--out", type=Path, default=Path("work/words"))
    parser.add_argument("--only", choices=("photographs", "textures"))
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()

    def found() -> Iterator[Crop]:
        if args.only != "textures":
            yield from photograph_crops(Path(args.photographs))
        if args.only != "photographs":
            yield from texture_crops(args.work / "src")

    write(found(), args.out, args.package, args.threads)


if __name__ == "__main__":
    main()
