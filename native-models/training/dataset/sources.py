"""The pinned package list: fetching, unpacking, and walking over the candidate pictures."""

import hashlib
import json
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from . import archives

LIST = Path(__file__).with_name("packages.json")

# Pictures that are not pictures of anything: data maps for shaders, user interface, writing.
NAMES_TO_SKIP = re.compile(
    r"normal|_nm\b|_n\.|_nor|_norm|bump|gloss|_sm\.|_spec|specular|_s\.|_glow|_gm\.|height|_h\.|_ao\b|lightmap|alphamap"
    r"|_local|_mask|mask\.|_luma|_pants|_shirt|icon|logo|flag|cursor|font|button|screenshot|thumb|/gui|/ui/|hud|crosshair"
    r"|diagram|plot|sprite|particle|minimap|symbol|decal|sign|advert|sponsor|poster|banner|/doc/html|copyright|license",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Candidate:
    """One picture file that might be used."""

    package: str
    version: str
    kind: str
    weight: float
    path: Path  # of the file on disk
    member: str  # inside that file, "" for the file itself
    inside: str  # path[::member] relative to the package root, recorded as provenance
    source: str  # pictures that show the same thing share a source; the split goes by it
    held_out: bool
    licence: str = ""  # of this picture; "" for what its package names
    credit: str = ""  # author or credit, where the list names one for each picture
    most: int | None = None  # crops that it gives at most


def load_list() -> dict:
    return json.loads(LIST.read_text())


def fetch(deb_dir: Path, unpacked: Path) -> None:
    """Downloads each package in its pinned version and unpacks it into unpacked/<name>."""
    deb_dir.mkdir(parents=True, exist_ok=True)
    for name, version in sorted({(p["name"], p["version"]) for p in load_list()["packages"]}):
        if not list(deb_dir.glob(f"{name}_*.deb")):
            subprocess.run(["apt-get", "download", f"{name}={version}"], cwd=deb_dir, check=True)
        target = unpacked / name
        if not target.exists():
            target.mkdir(parents=True)
            subprocess.run(["dpkg", "-x", next(deb_dir.glob(f"{name}_*.deb")), target], check=True)


def candidates(unpacked: Path, limit_per_entry: int) -> list[Candidate]:
    """All pictures whose names pass, at most `limit_per_entry` of each list entry, in a fixed shuffled order."""
    found: list[Candidate] = []
    for entry in load_list()["packages"]:
        mine = list(_of_entry(entry, unpacked / entry["name"]))
        mine.sort(key=lambda c: _digest(c.inside))
        found += mine[: entry.get("limit", limit_per_entry)]
    return found


def _of_entry(entry: dict, root: Path):
    take, skip = (re.compile(entry[k], re.IGNORECASE) if k in entry else None for k in ("take", "skip"))
    held_out = re.compile(entry["heldOut"]) if "heldOut" in entry else None
    for path in sorted(root.rglob("*")):
        if path.suffix.lower() not in archives.PICTURES + archives.ARCHIVES or path.is_symlink():
            continue
        for member in archives.members(path):
            inside = str(path.relative_to(root)) + (f"::{member}" if member else "")
            if take and not take.search(inside) or skip and skip.search(inside):
                continue
            if NAMES_TO_SKIP.search(inside):
                continue
            yield Candidate(
                entry["name"], entry["version"], entry["kind"], entry.get("weight", 1.0), path, member, inside,
                _source(entry["name"], inside), bool(held_out and held_out.search(inside)),
            )


def _source(package: str, inside: str) -> str:
    """Numbered frames and other sizes of one subject share a source: digits and size suffixes are dropped."""
    parts = inside.split("/")
    wallpaper = re.search(r"wallpapers/([^/]+)/contents", inside)
    stem = wallpaper.group(1) if wallpaper else re.sub(r"\.\w+$", "", parts[-1])
    stem = re.sub(r"[\d_\-]+$|_?\d+x\d+.*$", "", stem) or parts[-1]
    return f"{package}/{'' if wallpaper else '/'.join(parts[-3:-1]) + '/'}{stem}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def goes_to_held_out(candidate: Candidate, share: float) -> bool:
    return candidate.held_out or int(_digest("tessera split 1 " + candidate.source)[:8], 16) / 2**32 < share
