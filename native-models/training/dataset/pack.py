"""Crops as a few files that fit through a narrow door: WebP at quality 85, about 12 KB each, in zip archives.

`pack` draws training crops with the chances that training would use, so that a small pack has the same mixture;
`unpack` writes the folders of `build` again, which is all that the training scripts know. Tokens are left out: a GPU
makes them anew in seconds.
"""

import io
import json
import zipfile
from pathlib import Path

import numpy as np
from PIL import Image

from data import SIDE, Crops

QUALITY = 85
PART = 15 * 2**20  # bytes: below 16 MiB with the archive's own directory
HELD_OUT = 0.08  # share of the pack
OVERHEAD = 200  # bytes of an archive's directory for each crop


def pack(crops: Path, out: Path, megabytes: float) -> dict:
    """Writes out/pack-NN.zip, together at most `megabytes` (10^6 bytes). Returns how many crops of each split are in."""
    out.mkdir(parents=True, exist_ok=True)
    for old in out.glob("pack-*.zip"):
        old.unlink()
    writer, counts = Parts(out), {}
    for split, share in (("heldout", HELD_OUT), ("train", 1 - HELD_OUT)):
        source = Crops(crops / split)
        budget, packed, records = share * megabytes * 1e6, [], {}
        for row in _chosen(source, split):
            data, picture = _webp(source.pixels[row]), int(source.picture_of[row])
            line = "" if picture in records else json.dumps(source.pictures[picture]) + "\n"
            budget -= len(data) + len(line.encode()) + OVERHEAD
            if budget < 0:
                break
            packed.append((int(row), data))
            records.setdefault(picture, line)
        for row, data in sorted(packed):  # crops of a picture lie beside each other
            writer.add(f"{split}/{row:06d}-{source.picture_of[row]}.webp", data)
        writer.add(f"{split}/pictures.jsonl", "".join(records[i] for i in sorted(records)).encode())
        counts[split] = {"pictures": len(records), "crops": len(packed)}
    writer.close()
    return counts


def _chosen(source: Crops, split: str) -> np.ndarray:
    """All rows in the order in which they are taken: measured ones evenly by picture, training ones by their chance."""
    rng = np.random.default_rng(0)
    if split == "train":
        keys = rng.exponential(size=len(source)) / source.chance  # the smallest first: drawn without putting back
        return np.argsort(keys)
    first = source.spread(1)
    more = source.spread(4, "photograph")
    return np.concatenate([more, rng.permutation(np.setdiff1d(first, more))])


def _webp(pixels: np.ndarray) -> bytes:
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "WEBP", quality=QUALITY, method=4)
    return file.getvalue()


class Parts:
    """Zip archives that stay below PART bytes."""

    def __init__(self, folder: Path):
        self.folder, self.count, self.size, self.zip = folder, 0, PART, None

    def add(self, name: str, data: bytes) -> None:
        if self.size + len(data) + OVERHEAD > PART:
            self.close()
            self.zip = zipfile.ZipFile(self.folder / f"pack-{self.count:02d}.zip", "w", zipfile.ZIP_STORED)
            self.count, self.size = self.count + 1, 0
        self.zip.writestr(zipfile.ZipInfo(name), data)  # no time stamp: the same crops give the same bytes
        self.size += len(data) + OVERHEAD

    def close(self) -> None:
        if self.zip:
            self.zip.close()


def unpack(folder: Path, out: Path) -> dict:
    """Writes out/train and out/heldout as `build` does."""
    counts = {}
    archives = [zipfile.ZipFile(file) for file in sorted(folder.glob("pack-*.zip"))]
    for split in ("train", "heldout"):
        names = sorted((n, a) for a in archives for n in a.namelist() if n.startswith(split + "/") and n.endswith(".webp"))
        records = [json.loads(line) for a in archives if f"{split}/pictures.jsonl" in a.namelist()
                   for line in a.read(f"{split}/pictures.jsonl").splitlines()]
        place = {record["id"]: i for i, record in enumerate(records)}
        (out / split).mkdir(parents=True, exist_ok=True)
        with (out / split / "crops.u8").open("wb") as raw, (out / split / "crops.jsonl").open("w") as index:
            for name, archive in names:
                pixels = np.asarray(Image.open(io.BytesIO(archive.read(name))).convert("RGB"))
                assert pixels.shape == (SIDE, SIDE, 3)
                raw.write(pixels.tobytes())
                index.write(json.dumps({"picture": place[int(name.removesuffix(".webp").rsplit("-")[-1])]}) + "\n")
        (out / split / "pictures.jsonl").write_text("".join(json.dumps(r) + "\n" for r in records))
        counts[split] = {"pictures": len(records), "crops": len(names)}
    return counts


def export_held_out(crops: Path, out: Path, count: int) -> list[str]:
    """Held-out crops as out/ROLE/KIND/NN.png: settings are chosen on the subjects of `choose`, and what was chosen is
    reported on those of `report`. Up to `count` crops of each kind and role, two of a picture, evenly over the split;
    and a list that says which pictures they are."""
    source, lines = Crops(crops / "heldout"), []
    for kind in sorted(set(source.kinds)):
        rows = source.spread(2, kind)
        subjects = list(dict.fromkeys(source.pictures[picture]["source"] for picture in source.picture_of[rows]))
        turns = np.array([subjects.index(source.pictures[picture]["source"]) % 2 for picture in source.picture_of[rows]])
        for turn, role in enumerate(("report", "choose")):
            mine = rows[turns == turn]
            mine = mine[np.linspace(0, len(mine) - 1, min(count, len(mine))).astype(int)]
            (out / role / kind).mkdir(parents=True, exist_ok=True)
            for i, row in enumerate(mine):
                picture, name = source.pictures[source.picture_of[row]], f"{role}/{kind}/{i:02d}.png"
                Image.fromarray(source.pixels[row]).save(out / name)
                lines.append(f"{name}\t{picture['package']}={picture['version']}\t{picture['path']}")
    (out / "pictures.tsv").write_text("\n".join(lines) + "\n")
    return lines
