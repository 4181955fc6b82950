"""What every time-boxed run needs: a clock that drives the learning rate, a JSONL log, checkpoints that resume."""

import json
import math
import time
from pathlib import Path

import torch
from torch import nn


class TimeBox:
    """Progress 0..1 of a run by wall clock, counting the minutes that earlier runs of the same checkpoint took."""

    def __init__(self, minutes: float, spent: float = 0.0, stop_after: float = math.inf):
        """minutes: of all runs; stop_after: minutes of this one, for machines that are lent in short calls."""
        self.total, self.spent, self.start = minutes * 60, spent, time.monotonic()
        self.stop_after = stop_after * 60

    @property
    def seconds(self) -> float:
        return self.spent + time.monotonic() - self.start

    @property
    def progress(self) -> float:
        return min(1.0, self.seconds / self.total)

    @property
    def over(self) -> bool:
        return self.progress >= 1 or time.monotonic() - self.start > self.stop_after

    def rate(self, peak: float, step: int, warmup: int = 200, floor: float = 0.02) -> float:
        """Linear warm-up by steps, then a cosine that reaches `floor` x peak exactly when the time is over."""
        return peak * min(1.0, (step + 1) / warmup) * (floor + (1 - floor) * (1 + math.cos(math.pi * self.progress)) / 2)


class Average:
    """Moving average of the weights; its decay grows to `decay` so that early steps do not linger."""

    def __init__(self, model: nn.Module, decay: float = 0.999):
        self.decay, self.steps = decay, 0
        self.shadow = {k: v.detach().clone() for k, v in model.state_dict().items()}

    @torch.no_grad()
    def update(self, model: nn.Module) -> None:
        self.steps += 1
        mix = 1 - min(self.decay, (1 + self.steps) / (10 + self.steps))
        keys, values = zip(*model.named_parameters())
        torch._foreach_lerp_([self.shadow[key] for key in keys], list(values), mix)  # one kernel, not one for each
        for key, value in model.named_buffers():  # the codebook is an average already
            self.shadow[key].copy_(value)


class Log:
    def __init__(self, file: Path):
        file.parent.mkdir(parents=True, exist_ok=True)
        self.file = file

    def write(self, **values) -> None:
        line = {k: round(v, 5) if isinstance(v, float) else v for k, v in values.items()}
        print(line, flush=True)
        with self.file.open("a") as out:
            out.write(json.dumps(line) + "\n")


def draw_curves(log: Path, keys: list[str]) -> None:
    """The figures of a log over its minutes, one below the other, as NAME.curves.png beside it."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    lines = [json.loads(line) for line in log.read_text().splitlines()]
    found = [key for key in keys if any(key in line for line in lines)]
    figure = Figure(figsize=(8, 1.8 * len(found)), layout="constrained")
    FigureCanvasAgg(figure)
    for axis, key in zip(figure.subplots(len(found), sharex=True, squeeze=False)[:, 0], found):
        points = [(line["minutes"], line[key]) for line in lines if key in line]
        axis.plot(*zip(*points), marker="." if len(points) < 40 else None)
        axis.set_ylabel(key)
        axis.grid(alpha=0.3)
    axis.set_xlabel("minutes")
    figure.savefig(log.with_suffix(".curves.png"), dpi=90)


def save(file: Path, **state) -> None:
    """Atomic: a run that is stopped while writing keeps the checkpoint before."""
    torch.save(state, file.with_suffix(".part"))
    file.with_suffix(".part").replace(file)
