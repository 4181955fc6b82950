"""python -m dataset fetch | photographs | build | sheet | pack | unpack | held-out: see the README one folder up."""

import argparse
import json
import os
from pathlib import Path

from . import build, licences, photographs, sources


def main() -> None:
    parser = argparse.ArgumentParser(prog="dataset", description=__doc__)
    parser.add_argument("command", choices=["fetch", "photographs", "build", "sheet", "pack", "unpack", "held-out"])
    parser.add_argument("--work", type=Path, default=Path("work"), help="where packages, pictures and crops lie")
    parser.add_argument("--photographs", default=os.environ.get("TESSERA_PHOTOGRAPHS"), metavar="FOLDER",
                        help="where the archives of photographs.tsv lie (default: $TESSERA_PHOTOGRAPHS, or WORK/photographs); "
                             "none builds without them")
    parser.add_argument("--limit", type=int, default=4000, help="most pictures per entry of the package list")
    parser.add_argument("--held-out", type=float, default=0.04, help="share of source pictures kept for measuring")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--pack", type=Path, default=Path("work/pack"), help="where pack-NN.zip lie")
    parser.add_argument("--megabytes", type=float, default=50, help="most that a pack takes")
    parser.add_argument("--pictures", type=int, default=26, help="held-out: crops of each kind and role")
    args = parser.parse_args()
    archives = Path(args.photographs or args.work / "photographs")
    deb, unpacked, out = args.work / "deb", args.work / "src", args.work / "crops"
    if args.command == "fetch":
        sources.fetch(deb, unpacked)
    elif args.command == "photographs":
        written, problems = photographs.rebuild(archives)
        print("\n".join([*problems, f"{written} photographs are in {archives}."]))
    elif args.command == "build":
        todo = sources.candidates(unpacked, args.limit)
        if args.photographs != "none":
            todo += photographs.candidates(archives)
        print(json.dumps(build.build(todo, licences.Licences(unpacked), out, args.held_out, args.processes)))
    elif args.command in ("pack", "unpack", "held-out"):
        from . import pack

        if args.command == "pack":
            print(json.dumps(pack.pack(out, args.pack, args.megabytes)))
        elif args.command == "unpack":
            print(json.dumps(pack.unpack(args.pack, out)))
        else:
            print("\n".join(pack.export_held_out(out, args.work / "held-out", args.pictures)))
    else:
        from .sheet import sheet

        for split in ("train", "heldout"):
            sheet(out / split, args.work / f"sheet-{split}.png")


if __name__ == "__main__":
    main()
