"""A small builder: each call adds one node and returns the name of its output."""

from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor

OPSET = 20  # the first with Gelu
ORT = "com.microsoft"  # the domain of onnxruntime's own operations, which every build of it has
IR_VERSION = 9


class Graph:
    def __init__(self, inputs: dict[str, tuple[int, list]], prefix: str = ""):
        """inputs: name -> (element type, shape with names for dynamic sizes). prefix: of all names that are made."""
        self.prefix = prefix
        self.inputs = [helper.make_tensor_value_info(n, t, s) for n, (t, s) in inputs.items()]
        self.nodes, self.weights, self.known, self.count = [], [], {}, 0

    def __call__(self, op: str, *inputs: str, outputs: int = 1, name: str | None = None, **attributes):
        names = [name] if name else [self._fresh(op) for _ in range(outputs)]
        self.nodes.append(helper.make_node(op, list(inputs), names, **attributes))
        return names[0] if len(names) == 1 else names

    def constant(self, value) -> str:
        """A float32 / int64 / int8 / uint8 array, or a number or list (float32 or int64 by its type)."""
        array = value.detach().float().numpy() if isinstance(value, Tensor) else np.asarray(value)
        if array.dtype == np.float64:
            array = array.astype(np.float32)
        key = (array.dtype.str, array.shape, array.tobytes())
        if key not in self.known:
            self.known[key] = self._fresh("c")
            self.weights.append(numpy_helper.from_array(np.array(array, order="C"), self.known[key]))
        return self.known[key]

    def half(self, value: Tensor) -> str:
        """Stored as float16, used as float32: half the file; onnxruntime folds the Cast when it loads the model."""
        stored = self.constant(value.detach().float().numpy().astype(np.float16))
        return self("Cast", stored, to=TensorProto.FLOAT)

    def save(self, file: Path, outputs: dict[str, tuple[int, list]]) -> None:
        described = [helper.make_tensor_value_info(n, t, s) for n, (t, s) in outputs.items()]
        graph = helper.make_graph(self.nodes, file.stem, self.inputs, described, self.weights)
        opsets = {"": OPSET} | {node.domain: 1 for node in self.nodes if node.domain}
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid(*o) for o in opsets.items()], producer_name="tessera")
        model.ir_version = IR_VERSION
        onnx.checker.check_model(model)
        onnx.save(model, file)

    def _fresh(self, stem: str) -> str:
        self.count += 1
        return f"{self.prefix}{stem}_{self.count}"
