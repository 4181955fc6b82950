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
SPLITS = ("train", "heldout")


def pictures(work: Path) -> dict[str, list[dict]]:
    """The records of the data set, by split. Those of photographs name a repository as their package, and a credit."""
    return {split: [json.loads(line) for line in (work / "crops" / split / "pictures.jsonl").read_text().splitlines()]
            for split in SPLITS}


def _counts(records: dict[str, list[dict]]) -> dict[str, dict]:
    """By package: version, licences (most frequent first), kinds, number of pictures and of crops in each split."""
    rows: dict[str, dict] = {}
    for split in SPLITS:
        for picture in records[split]:
            row = rows.setdefault(picture["package"], {
                "version": picture["version"], "licences": defaultdict(int), "kinds": set(),
                **{s: {"pictures": 0, "crops": 0} for s in SPLITS},
            })
            row["licences"][picture["licence"]] += 1
            row["kinds"].add(picture["kind"])
            row[split]["pictures"] += 1
            row[split]["crops"] += picture["crops"]
    return dict(sorted(rows.items(), key=lambda item: item[0].lower()))


def _training(work: Path, stage: str) -> list[dict]:
    """The last measured line of the log of each run that the package comes from."""
    runs = []
    for name, file in RUNS.items():
        if (work / file).exists() and (stage == "sharpen" or file != "tokenizer/sharpen.jsonl"):
            last = json.loads((work / file).read_text().splitlines()[-1])
            runs.append({"run": name, "steps": last["step"], "minutes": round(last["minutes"], 1)})
    return runs


def data_summary(work: Path, stage: str) -> dict:
    records = pictures(work)
    total = {split: {"pictures": len(found), "crops": sum(p["crops"] for p in found)} for split, found in records.items()}
    debian, repositories = (sorted({p["package"] for p in records["train"] if ("credit" in p) == own}) for own in (False, True))
    machine, earlier = work / "machine.txt", work / "earlier-data.txt"
    return {
        "data": "pictures from Debian 12 packages and public repositories, listed with their licences in PROVENANCE.md",
        "packages": debian, **({"repositories": repositories} if repositories else {}),
        "train": total["train"], "heldOut": total["heldout"],
        **({"earlierData": earlier.read_text().strip()} if earlier.exists() else {}), "training": _training(work, stage),
        "machine": machine.read_text().strip() if machine.exists() else "not recorded",
    }


def write_provenance(work: Path, file: Path, licence: str) -> None:
    records = pictures(work)
    debian, photographs = ({split: [p for p in found if ("credit" in p) == own] for split, found in records.items()}
                           for own in (False, True))
    lines = [
        "# Where this package comes from", "",
        "The weights were trained from scratch on free pictures: those that Debian 12 distributes as free software, and",
        "photographs from public repositories. The code, the pinned list of packages and the list of photographs are in",
        "`native-models/training`; `pictures.jsonl`, which `python -m dataset build` writes, names every single picture with its",
        "path, version and licence.", "",
        f"**Licence of the weights: {licence}.** Some of the pictures ask that works based on them be shared under the same",
        "terms (CC BY-SA, GPL and others, see below). Whether trained weights are such a work is not settled. We name all",
        "sources here and release the weights under a share-alike licence; the pictures keep their own licences, and none",
        "of them is part of this package.", "",
        "Held out: pictures that training never saw, on which the figures in `manifest.json` are measured.", "",
        "## Debian packages", "",
        *_table(_counts(debian), "package", "version", "licences named in debian/copyright"),
    ]
    earlier = work / "earlier-data.txt"
    if earlier.exists():  # runs that this package goes on from may have seen another build of the set
        lines += ["", earlier.read_text().strip()]
    if any(photographs.values()):
        lines += ["", *photographs_section(photographs)]
    file.write_text("\n".join(lines) + "\n")


def _table(rows: dict[str, dict], name: str, version: str, licences: str) -> list[str]:
    lines = [f"| {name} | {version} | kind | pictures | crops | held out | {licences} |", "|---|---|---|---|---|---|---|"]
    for package, row in rows.items():
        named = ", ".join(sorted(row["licences"], key=lambda licence: -row["licences"][licence]))
        lines.append(f"| {package} | {row['version']} | {', '.join(sorted(row['kinds']))} | {row['train']['pictures']} "
                     f"| {row['train']['crops']} | {row['heldout']['pictures']} | {named} |")
    return lines


def photographs_section(records: dict[str, list[dict]]) -> list[str]:
    """Lines of Markdown: a table of the repositories, then every picture with its licence and credit."""
    rows = _counts(records)
    lines = ["## Photographs from public repositories", "", *_table(rows, "repository", "commit", "licences"), "",
             "### Credits", "",
             "Each file, by its licence and by whom it is, as its repository names them. Some files gave several pictures."]
    for package in rows:
        credits: dict[tuple[str, str], set[str]] = defaultdict(set)
        for picture in (p for split in SPLITS for p in records[split] if p["package"] == package):
            credits[picture["licence"], picture["credit"]].add(picture["path"].split("#")[0])
        lines += ["", f"#### {package}", ""]
        lines += [f"- {licence}. {credit.rstrip('.')}: {', '.join(f'`{path}`' for path in sorted(files))}"
                  for (licence, credit), files in sorted(credits.items())]
    return lines


def words_pictures(crops: Path) -> dict[str, list[dict]]:
    """The records of the pictures that words were learned from, by split, of crops.jsonl as words_data.py writes it."""
    found: dict[tuple[str, str], dict] = {}
    for line in crops.read_text().splitlines():
        crop = json.loads(line)
        found.setdefault((crop["package"], crop["path"]), crop | {"crops": 0})["crops"] += 1
    return {split: [picture for picture in found.values() if picture["heldOut"] == held_out]
            for split, held_out in zip(SPLITS, (False, True))}


def write_words_provenance(crops: Path, file: Path, licence: str) -> None:
    records = words_pictures(crops)
    debian, photographs = ({split: [p for p in found if ("credit" in p) == own] for split, found in records.items()}
                           for own in (False, True))
    file.write_text("\n".join([
        "# Where the words of this package come from", "",
        "`words.onnx` was trained on textures of Debian 12 whose names say what they show, and on photographs from public",
        "repositories that people described by looking at them, or whose names say what they show. What was said of which is in",
        "`native-models/training/dataset` (`words.tsv`, `word_rules.json`). `PROVENANCE.md` tells where the other files come from.", "",
        f"**Licence of the weights: {licence}**, for the reasons that `PROVENANCE.md` gives. None of the pictures is part of this",
        "package.", "",
        "Held out: pictures that training never saw.", "",
        "## Debian packages", "",
        *_table(_counts(debian), "package", "version", "licences named in debian/copyright"), "",
        *photographs_section(photographs),
    ]) + "\n")
