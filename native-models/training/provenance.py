"""What the package was made from: a summary for the manifest and the full list for PROVENANCE.md."""

import json
from collections import defaultdict
from pathlib import Path

RUNS = {
    "tokenizer, weights that the joint stage started from": "tokenizer/first.jsonl",
    "tokenizer, joint": "tokenizer/joint.jsonl",
    "tokenizer, decoder sharpened": "tokenizer/sharpen.jsonl",
    "denoiser, weights that it started from": "denoiser/first.jsonl",
    "denoiser": "denoiser/log.jsonl",
}


def pictures(work: Path) -> dict[tuple[str, str], dict]:
    """(package, split) -> version, licence, kinds, number of pictures and of crops."""
    rows: dict[tuple[str, str], dict] = defaultdict(lambda: {"kinds": set(), "pictures": 0, "crops": 0})
    for split in ("train", "heldout"):
        for line in (work / "crops" / split / "pictures.jsonl").read_text().splitlines():
            picture = json.loads(line)
            row = rows[picture["package"], split]
            row |= {"version": picture["version"], "licence": picture["licence"]}
            row["kinds"].add(picture["kind"])
            row["pictures"] += 1
            row["crops"] += picture["crops"]
    return rows


def _training(work: Path, stage: str) -> list[dict]:
    """The last measured line of the log of each run that the package comes from."""
    runs = []
    for name, file in RUNS.items():
        if (work / file).exists() and (stage == "sharpen" or file != "tokenizer/sharpen.jsonl"):
            last = json.loads((work / file).read_text().splitlines()[-1])
            runs.append({"run": name, "steps": last["step"], "minutes": round(last["minutes"], 1)})
    return runs


def data_summary(work: Path, stage: str) -> dict:
    rows = pictures(work)
    total = {s: {k: sum(r[k] for (_, split), r in rows.items() if split == s) for k in ("pictures", "crops")}
             for s in ("train", "heldout")}
    machine, earlier = work / "machine.txt", work / "earlier-data.txt"
    return {
        "data": "pictures from Debian 12 packages, listed with their licences in PROVENANCE.md",
        "packages": sorted({p for p, split in rows if split == "train"}),
        "train": total["train"], "heldOut": total["heldout"],
        **({"earlierData": earlier.read_text().strip()} if earlier.exists() else {}), "training": _training(work, stage),
        "machine": machine.read_text().strip() if machine.exists() else "not recorded",
    }


def write_provenance(work: Path, file: Path, licence: str) -> None:
    rows = pictures(work)
    lines = [
        "# Where this package comes from", "",
        "The weights were trained from scratch on pictures that Debian 12 distributes as free software. The code and the",
        "pinned list of packages are in `native-models/training`; `pictures.jsonl`, which `python -m dataset build`",
        "writes, names every single picture with its path, version and licence.", "",
        f"**Licence of the weights: {licence}.** Some of the pictures ask that works based on them be shared under the same",
        "terms (CC BY-SA, GPL and others, see below). Whether trained weights are such a work is not settled. We name all",
        "sources here and release the weights under a share-alike licence; the pictures keep their own licences, and none",
        "of them is part of this package.", "",
        "| package | version | kind | pictures | crops | held out | licences named in debian/copyright |",
        "|---|---|---|---|---|---|---|",
    ]
    empty = {"pictures": 0, "crops": 0, "kinds": set()}
    for name in sorted({p for p, _ in rows}):
        train, held = rows.get((name, "train"), empty), rows.get((name, "heldout"), empty)
        known = train if "version" in train else held
        kinds = ", ".join(sorted(train["kinds"] | held["kinds"]))
        lines.append(f"| {name} | {known['version']} | {kinds} | {train['pictures']} | {train['crops']} "
                     f"| {held['pictures']} | {known['licence']} |")
    earlier = work / "earlier-data.txt"
    if earlier.exists():  # runs that this package goes on from may have seen another build of the set
        lines += ["", earlier.read_text().strip()]
    lines += ["", "Held out: pictures that training never saw, on which the figures in `manifest.json` are measured.", ""]
    file.write_text("\n".join(lines))
