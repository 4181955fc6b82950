"""What every time-boxed run needs: a clock that sets the learning rate, averaged weights, a JSONL log, checkpoints."""

import json
import math
import time
from pathlib import Path

import torch
from torch import nn


class TimeBox:
    """Progress 0..1 of a run by wall clock. Calls that resume a checkpoint add to one run."""

    def __init__(self, minutes: float, stop_after: float = math.inf):
        """minutes: of the run, over all its calls; stop_after: minutes of this call, for machines that are lent for minutes."""
        self.total, self.start = minutes * 60, time.monotonic()
        self.seconds_before = 0.0  # of earlier calls
        self.stop_after = stop_after * 60

    @property
    def seconds(self) -> float:
        return self.seconds_before + time.monotonic() - self.start

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
    """Exponential moving average of the weights. The decay grows to `decay`, so that the first steps are soon forgotten."""

    def __init__(self, model: nn.Module, decay: float = 0.999):
        self.decay, self.steps = decay, 0
        self.weights = {k: v.detach().clone() for k, v in model.state_dict().items()}

    @torch.no_grad()
    def update(self, model: nn.Module) -> None:
        self.steps += 1
        mix = 1 - min(self.decay, (1 + self.steps) / (10 + self.steps))
        keys, values = zip(*model.named_parameters())
        torch._foreach_lerp_([self.weights[key] for key in keys], list(values), mix)  # one kernel, not one for each
        for key, value in model.named_buffers():  # the codebook is an average already
            self.weights[key].copy_(value)


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
