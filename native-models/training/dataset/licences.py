"""Licence names of a package, from its machine-readable debian/copyright (DEP 5) where it has one."""

import re
from functools import cache
from pathlib import Path


class Licences:
    def __init__(self, unpacked: Path):
        self.unpacked = unpacked

    @cache
    def __call__(self, package: str) -> str:
        """Short names, most frequent first, comma separated; 'see debian/copyright' for free-form files."""
        file = self.unpacked / package / "usr/share/doc" / package / "copyright"
        if not file.exists():
            return "see debian/copyright"
        names: dict[str, int] = {}
        for name in re.findall(r"^License:[ \t]*(\S.*)$", file.read_text(errors="replace"), re.MULTILINE):
            names[name.strip()] = names.get(name.strip(), 0) + 1
        return ", ".join(sorted(names, key=lambda n: -names[n])) or "see debian/copyright"
