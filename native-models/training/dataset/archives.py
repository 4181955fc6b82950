"""Pictures hidden inside other files: zip archives of many names, Qt resource files, Enlightenment themes.

`members(path)` lists what an archive holds, `read(path, member)` returns one member's bytes.
A plain file is an archive with the single member "".
"""

import io
import re
import struct
import zipfile
import zlib
from functools import lru_cache
from pathlib import Path

PICTURES = (".jpg", ".jpeg", ".png", ".webp", ".tga", ".bmp", ".ppm", ".pgm", ".dds")
ZIPS = (".zip", ".pk3", ".jar", ".sh3f")
ARCHIVES = (*ZIPS, ".rcc", ".edj")


def members(path: Path) -> list[str]:
    suffix = path.suffix.lower()
    if suffix in ZIPS:
        names = _zip(path).namelist()
    elif suffix == ".rcc":
        names = list(_rcc(path))
    elif suffix == ".edj":
        return [f"{start}.jpg" for start in _embedded_jpegs(path)]
    else:
        return [""] if suffix in PICTURES else []
    return [n for n in names if n.lower().endswith(PICTURES)]


def read(path: Path, member: str) -> bytes:
    suffix = path.suffix.lower()
    if member == "":
        return path.read_bytes()
    if suffix in ZIPS:
        return _zip(path).read(member)
    if suffix == ".rcc":
        return _rcc_read(path, *_rcc(path)[member])
    return path.read_bytes()[int(member.removesuffix(".jpg")):]


@lru_cache(maxsize=8)
def _zip(path: Path) -> zipfile.ZipFile:
    return zipfile.ZipFile(path)


@lru_cache(maxsize=32)
def _rcc(path: Path) -> dict[str, tuple[int, int]]:
    """Qt's binary resource tree: name -> (flags, offset of the length-prefixed data)."""
    data = path.read_bytes()
    if data[:4] != b"qres":
        return {}
    version, tree, blobs, names = struct.unpack(">4I", data[4:20])
    node_size = 22 if version >= 2 else 14  # version 2 appended a modification time
    found: dict[str, tuple[int, int]] = {}

    def walk(index: int, prefix: str) -> None:
        node = data[tree + index * node_size:][:node_size]
        name_at, flags = struct.unpack(">IH", node[:6])
        if index:
            length = struct.unpack(">H", data[names + name_at:][:2])[0]
            text = data[names + name_at + 6:][: 2 * length].decode("utf-16-be")  # 4 bytes of hash skipped
            prefix = f"{prefix}/{text}"
        if flags & 2:  # a directory: child count, first child
            count, first = struct.unpack(">II", node[6:14])
            for child in range(first, first + count):
                walk(child, prefix)
        else:
            found[prefix] = (flags, blobs + struct.unpack(">I", node[10:14])[0])

    walk(0, "")
    return found


def _rcc_read(path: Path, flags: int, at: int) -> bytes:
    with path.open("rb") as file:
        file.seek(at)
        blob = file.read(struct.unpack(">I", file.read(4))[0])
    return zlib.decompress(blob[4:]) if flags & 1 else blob


def _embedded_jpegs(path: Path) -> list[int]:
    """Themes keep one photograph as JPEG streams of many sizes: the offset of the largest."""
    from PIL import Image

    data, largest, best = path.read_bytes(), 256 * 256, []
    for match in re.finditer(b"\xff\xd8\xff[\xe0\xdb]", data):
        try:
            width, height = Image.open(io.BytesIO(data[match.start():match.start() + 65536])).size
        except OSError:
            continue
        if width * height > largest:
            largest, best = width * height, [match.start()]
    return best


def forget_open_files() -> None:
    """Call in each new process: a forked zip handle shares its file position with its parent."""
    _zip.cache_clear()
