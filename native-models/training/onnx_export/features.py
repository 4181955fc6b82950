"""features.onnx, for the bench: image float32 [B, 3, H, W] in [-1, 1] -> features float32 [B, F, H/16, W/16]."""

from pathlib import Path

from onnx import TensorProto

from model.features import FEATURES, Features

from .graph import Graph
from .tokenizer import layers

FLOAT = TensorProto.FLOAT


def export_features(model: Features, file: Path) -> None:
    g = Graph({"image": (FLOAT, ["B", 3, "H", "W"])})
    g("Identity", layers(g, "image", model), name="features")
    g.save(file, {"features": (FLOAT, ["B", FEATURES, "h", "w"])})
