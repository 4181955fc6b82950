"""Serves the models of a package folder with NVIDIA Triton: python triton.py FOLDER ID PORT."""

import sys
from pathlib import Path

import numpy as np
import onnxruntime
from pytriton.model_config import ModelConfig, Tensor
from pytriton.triton import Triton, TritonConfig

TYPES = {"tensor(int64)": np.int64, "tensor(float)": np.float32}


def tensors(values):
    shape = lambda value: tuple(size if isinstance(size, int) else -1 for size in value.shape)
    return [Tensor(name=value.name, dtype=TYPES[value.type], shape=shape(value)) for value in values]


def runner(session):
    names = [value.name for value in session.get_outputs()]

    def infer(requests):
        return [dict(zip(names, session.run(names, dict(request.data)))) for request in requests]

    return infer


def main() -> None:
    folder, name, port = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    config = TritonConfig(http_port=port, grpc_port=port + 1, metrics_port=port + 2)
    with Triton(config=config) as triton:
        for role in ("encoder", "decoder", "denoiser"):
            session = onnxruntime.InferenceSession(str(folder / f"{role}.onnx"))
            triton.bind(
                model_name=f"{name}-{role}",
                infer_func=runner(session),
                inputs=tensors(session.get_inputs()),
                outputs=tensors(session.get_outputs()),
                config=ModelConfig(batching=False),
            )
        triton.serve()


if __name__ == "__main__":
    main()
