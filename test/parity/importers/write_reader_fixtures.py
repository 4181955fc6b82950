"""Writes the tiny checkpoints of test/fixtures/importers and the numbers that must be read from them.

    python3 -m venv venv && venv/bin/pip install torch numpy safetensors
    venv/bin/python test/parity/importers/write_reader_fixtures.py
"""

import collections
import json
import pathlib
import sys
import types

import torch

try:
    from safetensors.torch import save_file
except ImportError:
    save_file = None

OUT = pathlib.Path(__file__).resolve().parents[2] / "fixtures" / "importers"
GOLDEN = {}


def write(name, value, expected, **options):
    torch.save(value, OUT / name, **options)
    record(name, expected)


def record(name, expected):
    GOLDEN[name] = {
        key: {"dtype": str(tensor.dtype).removeprefix("torch."), "shape": list(tensor.shape),
              "values": tensor.to(torch.float32).flatten().tolist()}
        for key, tensor in expected.items()
    }


def main():
    torch.manual_seed(7)
    OUT.mkdir(parents=True, exist_ok=True)
    base = torch.randn(6, 4)
    sampler = collections.OrderedDict([
        ("_denoise_fn.tok_emb.weight", torch.randn(9, 4)),
        ("_denoise_fn.pos_emb", torch.randn(1, 4, 4)),
        ("_denoise_fn.ln_f.weight", torch.randn(4)),
        ("Lt_count", torch.arange(5).float()),
    ])
    for name, zipped in [("ut_sampler.th", True), ("ut_sampler_legacy.th", False)]:
        write(name, sampler, sampler, _use_new_zipfile_serialization=zipped)

    kinds = {
        "float64": torch.randn(3, dtype=torch.float64), "float16": torch.tensor([1.5, -2.25, 6e-8, 65504.0]).half(),
        "bfloat16": torch.tensor([1.0, -3.1415926, 1e-30]).bfloat16(), "int64": torch.tensor([1, -2, 2**40]),
        "int32": torch.tensor([5, -6], dtype=torch.int32), "int16": torch.tensor([7, -8], dtype=torch.int16),
        "int8": torch.tensor([9, -10], dtype=torch.int8), "uint8": torch.tensor([250, 3], dtype=torch.uint8),
        "bool": torch.tensor([True, False, True]), "scalar": torch.tensor(2.5), "empty": torch.zeros(0, 3),
    }
    views = {
        "whole": base, "transposed": base.t(), "tail": base[2:], "column": base[:, 1], "steps": base[::2, 1::2],
        "repeated": torch.tensor([4.0]).expand(3),
    }
    for name, zipped in [("kinds.pt", True), ("kinds_legacy.pt", False)]:
        write(name, kinds, kinds, _use_new_zipfile_serialization=zipped)
    for name, zipped in [("views.pt", True), ("views_legacy.pt", False)]:
        write(name, views, views, _use_new_zipfile_serialization=zipped)

    # A Lightning checkpoint: classes of packages that Tessera does not have, as keys and as values.
    module = types.ModuleType("pytorch_lightning_stand_in")
    module.ModelCheckpoint = type("ModelCheckpoint", (), {"__module__": module.__name__})
    sys.modules[module.__name__] = module
    taming = {"quantize.embedding.weight": torch.randn(8, 4), "quant_conv.weight": torch.randn(4, 4, 1, 1)}
    callback = module.ModelCheckpoint()
    callback.best = torch.zeros(2)
    parameter = torch.nn.Parameter(torch.randn(2, 2))
    optimizer = torch.optim.Adam([parameter])
    parameter.sum().backward()
    optimizer.step()
    lightning = {
        "epoch": 3, "global_step": 1234, "pytorch-lightning_version": "1.0.8", "state_dict": taming,
        "callbacks": {module.ModelCheckpoint: {"state": callback}},
        "optimizer_states": [optimizer.state_dict()], "hyper_parameters": {"embed_dim": 4, "paths": ["a"]},
    }
    write("lightning.ckpt", lightning, taming)
    write("lightning_protocol4.ckpt", lightning, taming, pickle_protocol=4)
    write("parameters.pth", {"model_state_dict": {"module._orig_mod.head.bias": parameter}, "iter": 7,
                             "optimizer_state_dict": optimizer.state_dict()}, {"module._orig_mod.head.bias": parameter.detach()})
    weights = {"transformer.transformer.to_logits.1.weight": torch.zeros(2, 3), "content_codec.x": torch.ones(2)}
    averaged = {"transformer.to_logits.1.weight": torch.randn(2, 3)}
    write("vq_diffusion.pth", {"last_epoch": 1, "model": weights, "ema": averaged},
          {**{f"model.{key}": tensor for key, tensor in weights.items()},
           **{f"ema.{key}": tensor for key, tensor in averaged.items()}})
    if save_file:
        flat = {key: value for key, value in kinds.items() if key != "empty"}
        save_file(flat, OUT / "kinds.safetensors", metadata={"format": "pt"})
        record("kinds.safetensors", flat)
    (OUT / "golden.json").write_text(json.dumps(GOLDEN) + "\n")


if __name__ == "__main__":
    main()
