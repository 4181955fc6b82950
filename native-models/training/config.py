"""Named configurations: configs/NAME.json holds the settings of every stage that makes a package."""

import argparse
import json
from pathlib import Path

FOLDER = Path(__file__).parent / "configs"
SHIPPED = "tessera-base"  # the package in this repository


def load_config(name: str) -> dict[str, dict]:
    """The sections of a configuration: package, joint, encode, sharpen, denoiser."""
    file = FOLDER / f"{name}.json"
    if not file.exists():
        known = ", ".join(sorted(path.stem for path in FOLDER.glob("*.json")))
        raise SystemExit(f"There is no configuration {name}. There are: {known}.")
    return json.loads(file.read_text())


def add_settings(parser: argparse.ArgumentParser, **flags: dict) -> None:
    """Adds --config, and for each setting a flag that overrides it. flags: the arguments of `add_argument`, by setting."""
    parser.add_argument("--config", default=SHIPPED, metavar="NAME", help=f"configs/NAME.json (default: {SHIPPED})")
    group = parser.add_argument_group("settings", "What is not given comes from the configuration.")
    for name, arguments in flags.items():
        group.add_argument(f"--{name.replace('_', '-')}", default=None, **arguments)
    parser.set_defaults(settings=tuple(flags))


def fill_settings(args: argparse.Namespace, section: str) -> argparse.Namespace:
    """Sets each setting that no flag gave to its value in `section` of the configuration. Exits if the two do not match."""
    values = load_config(args.config).get(section, {})
    if set(values) != set(args.settings):
        wrong = ", ".join(sorted(set(values) ^ set(args.settings)))
        raise SystemExit(f"configs/{args.config}.json: the section {section} lacks these settings, or has too many: {wrong}.")
    for name, value in values.items():
        if getattr(args, name) is None:
            setattr(args, name, value)
    return args


def add_machine_flags(parser: argparse.ArgumentParser) -> None:
    """Flags that say where a run computes and how long it may take at a time. They do not change what it makes."""
    import torch

    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--compile", action="store_true", help="torch.compile: pays on a GPU, and for the denoiser")
    parser.add_argument("--resume", action="store_true", help="continue from the checkpoint in --out")
    parser.add_argument("--stop-after", type=float, default=float("inf"), help="minutes of this call; --resume continues")
