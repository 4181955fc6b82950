"""What several tests need: crops made of noise, and a way to run a script."""

import contextlib
import io
import json
import sys
from pathlib import Path
from unittest.mock import patch

import numpy as np

from runlog import TimeBox

PACKAGE = Path(__file__).parent / "../packages/tessera-base"


def make_crops(folder: Path, pictures: int = 6, each: int = 3) -> None:
    """Both splits: pictures of a colour of their own under smooth noise, so that WebP keeps them small."""
    rng = np.random.default_rng(0)
    for split in ("train", "heldout"):
        (folder / split).mkdir(parents=True)
        coarse = rng.integers(0, 256, (pictures * each, 16, 16, 3), np.uint8)
        coarse.repeat(16, 1).repeat(16, 2).tofile(folder / split / "crops.u8")
        index = [{"picture": i // each} for i in range(pictures * each)]
        records = [{"id": i, "package": "p", "version": "1", "path": f"{i}.png", "source": f"{i}",
                    "kind": ("photograph", "texture")[i % 2], "weight": 1.0, "licence": "X", "crops": each} for i in range(pictures)]
        for name, lines in (("crops", index), ("pictures", records)):
            (folder / split / f"{name}.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))


class StepClock(TimeBox):
    """Counts steps in place of seconds, so that tests do the same on any machine: `minutes` is the number of steps."""

    steps = 0

    @property
    def seconds(self) -> float:
        return self.seconds_before + self.steps * 60

    @property
    def progress(self) -> float:
        return self.seconds / self.total

    @property
    def over(self) -> bool:
        """Asked once before each step."""
        if self.progress >= 1:
            return True
        self.steps += 1
        return False


def run(module, *arguments: str) -> None:
    """Runs a script; --minutes of a trainer are steps, and cheap ones."""
    clock = patch.object(module, "TimeBox", StepClock) if hasattr(module, "TimeBox") else contextlib.nullcontext()
    cheap = patch("optimiser.NEWTON_SCHULZ_STEPS", 1)  # most of a step of small batches
    with clock, cheap, patch.object(sys, "argv", ["run", *arguments]), contextlib.redirect_stdout(io.StringIO()):
        module.main()
