"""Photographs from public repositories: their list, the archives that hold them, and how to make those anew.

photographs.tsv names each picture: archive and name there, repository, commit, path (#x0,y0,x1,y1: a crop of it), licence,
author or credit. An empty field repeats the one above.
"""

import html
import io
import re
import subprocess
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass, fields
from pathlib import Path

from PIL import Image, ImageOps

from .sources import Candidate, load_list

LIST = Path(__file__).with_name("photographs.tsv")
SHORTER = 480  # px: larger pictures are shrunk to this shorter side
QUALITY = 88  # of the JPEG files in the archives
REPOSITORIES = "https://github.com"


@dataclass(frozen=True)
class Photograph:
    """One line of the list."""

    archive: str
    picture: str  # its name in the archive
    repository: str  # owner/name
    commit: str
    path: str  # in the repository, with #x0,y0,x1,y1 if it is a crop of that file
    licence: str
    credit: str

    @property
    def file(self) -> str:
        """The path in the repository, without the crop."""
        return self.path.split("#")[0]

    @property
    def box(self) -> tuple[int, ...] | None:
        """The crop in px of the file, or None for all of it."""
        corners = re.search(r"#(\d+),(\d+),(\d+),(\d+)$", self.path)
        return tuple(map(int, corners.groups())) if corners else None


def read_list(file: Path | None = None) -> list[Photograph]:
    """All lines of a list (default: photographs.tsv), with credits as plain text. Raises ValueError for a line that does not
    have seven fields."""
    file, found, last = file or LIST, [], [""] * len(fields(Photograph))
    for number, line in enumerate(file.read_text().splitlines()[1:], 2):
        values = line.split("\t")
        if len(values) != len(last):
            raise ValueError(f"{file.name}, line {number}: {len(values)} fields where {len(last)} belong.")
        last = [html.unescape(new) or old for new, old in zip(values, last)]
        found.append(Photograph(*last[:-1], last[-1].removeprefix("credit: ").strip()))
    return found


def write_list(photographs: Iterable[Photograph], file: Path) -> None:
    """Writes a list that `read_list` reads; what repeats is left empty."""
    lines, last = ["\t".join(f.name for f in fields(Photograph))], ("",) * len(fields(Photograph))
    for photograph in photographs:
        now = astuple(photograph)
        lines.append("\t".join("" if new == old else new for new, old in zip(now, last)))
        last = now
    file.write_text("\n".join(lines) + "\n")


def candidates(folder: Path) -> list[Candidate]:
    """The pictures of the list whose archives are in `folder`; says how many are missing. Exits if all are."""
    entry = load_list()["photographs"]
    listed = read_list()
    there = {p.name: set(zipfile.ZipFile(p).namelist()) for p in folder.glob("*.zip")}
    if not there:
        raise SystemExit(f"There are no archives of photographs in {folder}. `python -m dataset photographs` makes them; "
                         "`--photographs none` builds without them.")
    found = [_candidate(p, folder, entry) for p in listed if p.picture in there.get(p.archive, ())]
    if len(found) < len(listed):
        print(f"{len(listed) - len(found)} of {len(listed)} photographs of the list are not in {folder}", flush=True)
    return found


def _candidate(p: Photograph, folder: Path, entry: dict) -> Candidate:
    return Candidate(
        p.repository, p.commit, entry["kind"], entry["weight"], folder / p.archive, p.picture, p.path,
        source_of(p, entry["series"]), False, p.licence, p.credit, entry["crops"],
    )


def source_of(p: Photograph, series: dict[str, str]) -> str:
    """Its file, or the subject of which a series has several files: the split goes by it. series: by repository, what names
    the subject in a path."""
    subject = re.search(series[p.repository], p.file) if p.repository in series else None
    return f"{p.repository}/{subject.group() if subject else p.file}"


def rebuild(out: Path, base: str = REPOSITORIES) -> tuple[int, list[str]]:
    """Writes the archives of the list to `out` from the repositories below the address `base`, at their commits.

    Returns how many pictures were written, and a sentence for each repository or file that could not be read.
    """
    out.mkdir(parents=True, exist_ok=True)
    listed, problems, written = read_list(), [], 0
    writers: dict[str, zipfile.ZipFile] = {}
    for repository, commit in dict.fromkeys((p.repository, p.commit) for p in listed):
        mine = [p for p in listed if (p.repository, p.commit) == (repository, commit)]
        with tempfile.TemporaryDirectory() as place:
            try:
                _download(f"{base}/{repository}", commit, Path(place))
            except subprocess.CalledProcessError:
                problems.append(f"{repository} at {commit} could not be downloaded.")
                continue
            for photograph, data in _pictures(Path(place), commit, mine, problems):
                if photograph.archive not in writers:
                    writers[photograph.archive] = zipfile.ZipFile(out / photograph.archive, "w", zipfile.ZIP_STORED)
                writers[photograph.archive].writestr(zipfile.ZipInfo(photograph.picture), data)
                written += 1
    for writer in writers.values():
        writer.close()
    return written, problems


def _download(address: str, commit: str, place: Path) -> None:
    """One commit without its history; of its files only what is read later, where the server allows that."""
    for command in (["init", "--quiet"], ["remote", "add", "origin", address],
                    ["fetch", "--quiet", "--depth=1", "--filter=blob:none", "origin", commit]):
        subprocess.run(["git", *command], cwd=place, check=True, capture_output=True)


def _pictures(place: Path, commit: str, photographs: list[Photograph],
              problems: list[str]) -> Iterator[tuple[Photograph, bytes]]:
    """Each picture as JPEG; a sentence for each that cannot be read goes to `problems`."""
    for p in photographs:
        try:
            blob = subprocess.run(["git", "show", f"{commit}:{p.file}"], cwd=place, check=True, capture_output=True).stdout
            yield p, as_jpeg(Image.open(io.BytesIO(blob)), p.box)
        except (subprocess.CalledProcessError, OSError, ValueError):
            problems.append(f"{p.repository}: {p.path} could not be read.")


def as_jpeg(image: Image.Image, box: tuple[int, ...] | None) -> bytes:
    """The picture, or a crop of it in px, upright and with a shorter side of at most SHORTER, as JPEG."""
    image = ImageOps.exif_transpose(image).convert("RGB")
    if box:
        image = image.crop(box)
    scale = SHORTER / min(image.size)
    if scale < 1:
        image = image.resize([round(scale * side) for side in image.size], Image.Resampling.LANCZOS)
    file = io.BytesIO()
    image.save(file, "JPEG", quality=QUALITY)
    return file.getvalue()
