"""The training loop that the tokenizer and the denoiser share."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import torch
from torch import Tensor, nn

from optimiser import Optimiser
from runlog import Average, Log, TimeBox, draw_curves, save

LOG_EVERY = 50  # steps
REPORT_EVERY = 300  # seconds

Figures = dict[str, Tensor]


class Means:
    """Running means of figures. They stay on the device until they are read, so no step waits for them."""

    def __init__(self):
        self.sums: Figures = {}
        self.counts: dict[str, int] = {}

    def add(self, figures: Figures) -> None:
        for name, value in figures.items():
            self.sums[name] = self.sums.get(name, 0) + value
            self.counts[name] = self.counts.get(name, 0) + 1

    def take(self) -> dict[str, float]:
        """The means since the last call."""
        means = {name: float(value) / self.counts[name] for name, value in self.sums.items()}
        self.sums, self.counts = {}, {}
        return means


class Trainer:
    """One time-boxed run of a model: its optimiser, averaged weights, clock, log and checkpoint."""

    def __init__(self, model: nn.Module, optimiser: Optimiser, clock: TimeBox, log: Log, checkpoint: Path,
                 curves: list[str], learning_rate: float, warmup: int = 200):
        """curves: the figures of the log that are drawn; learning_rate: the peak; warmup: steps until it is reached."""
        self.model, self.optimiser, self.clock, self.log, self.checkpoint = model, optimiser, clock, log, checkpoint
        self.curves, self.peak, self.warmup = curves, learning_rate, warmup
        self.average = Average(model)
        self.step = self.seen = 0  # steps, and examples in them

    @property
    def learning_rate(self) -> float:
        return self.clock.rate(self.peak, self.step, self.warmup)

    def restore(self, state: dict) -> None:
        """Continues a run from its checkpoint."""
        self.model.load_state_dict(state["model"])
        self.optimiser.load_state_dict(state["optimiser"])
        self.average.weights, self.average.steps = state["average"], state["step"]
        self.step, self.seen, self.clock.seconds_before = state["step"], state["seen"], state["seconds"]

    def run(self, compute_loss: Callable[[], tuple[Tensor, Figures]], measure: Callable[[], dict],
            extra_state: Callable[[], dict] = dict) -> None:
        """Takes steps until the time is over; measures and saves every few minutes, and at the end.

        compute_loss: draws a batch and gives its loss and figures for the log; it adds to `seen`.
        measure: gives held-out figures; it is called with the averaged weights in the model.
        extra_state: what the checkpoint holds besides the weights and the optimiser.
        """
        means, due = Means(), time.monotonic() + REPORT_EVERY
        self.model.train()
        while not self.clock.over:
            loss, figures = compute_loss()
            self.optimiser.step(loss, self.learning_rate)
            self.average.update(self.model)
            self.step += 1
            means.add(figures)
            if self.step % LOG_EVERY == 0:
                self.write_log(means.take())
            if time.monotonic() > due:
                self.report(measure, extra_state)
                due = time.monotonic() + REPORT_EVERY
        self.report(measure, extra_state)

    def report(self, measure: Callable[[], dict], extra_state: Callable[[], dict]) -> None:
        """Measures the averaged weights and writes a checkpoint."""
        with self._averaged_weights():
            self.write_log(measure())
        draw_curves(self.log.file, self.curves)
        save(self.checkpoint, model=self.model.state_dict(), average=self.average.weights, step=self.step, seen=self.seen,
             optimiser=self.optimiser.state_dict(), seconds=self.clock.seconds, **extra_state())

    def write_log(self, figures: dict) -> None:
        self.log.write(step=self.step, minutes=self.clock.seconds / 60, seen=self.seen, **figures)

    @contextmanager
    def _averaged_weights(self) -> Iterator[None]:
        current = {name: value.clone() for name, value in self.model.state_dict().items()}
        self.model.load_state_dict(self.average.weights)
        self.model.eval()
        yield
        self.model.load_state_dict(current)
        self.model.train()


def load_checkpoint(file: Path, device: str) -> dict:
    """What `Trainer.report` saved."""
    return torch.load(file, map_location=device, weights_only=True)


def record_earlier_training(start: Path, state: dict, file: Path) -> None:
    """Writes to `file` how long the weights of the checkpoint `start` were trained, in all runs before; the manifest tells it."""
    before = start.with_name(file.name)
    runs = [json.loads(line) for line in before.read_text().splitlines()] if before.exists() else []
    file.unlink(missing_ok=True)
    Log(file).write(step=state["step"] + sum(run["step"] for run in runs[-1:]),
                    minutes=state["seconds"] / 60 + sum(run["minutes"] for run in runs[-1:]))
