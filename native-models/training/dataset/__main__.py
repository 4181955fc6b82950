"""python -m dataset fetch | build | sheet: see the README one folder up."""

import argparse
import json
from pathlib import Path

from . import build, sources


def main() -> None:
    parser = argparse.ArgumentParser(prog="dataset", description=__doc__)
    parser.add_argument("command", choices=["fetch", "build", "sheet"])
    parser.add_argument("--work", type=Path, default=Path("work"), help="where packages, pictures and crops lie")
    parser.add_argument("--limit", type=int, default=2500, help="most pictures per entry of the package list")
    parser.add_argument("--held-out", type=float, default=0.04, help="share of source pictures kept for measuring")
    parser.add_argument("--processes", type=int, default=2)
    args = parser.parse_args()
    deb, unpacked, out = args.work / "deb", args.work / "src", args.work / "crops"
    if args.command == "fetch":
        sources.fetch(deb, unpacked)
    elif args.command == "build":
        print(json.dumps(build.build(unpacked, out, args.limit, args.held_out, args.processes)))
    else:
        from .sheet import sheet

        for split in ("train", "heldout"):
            sheet(out / split, args.work / f"sheet-{split}.png")


if __name__ == "__main__":
    main()
