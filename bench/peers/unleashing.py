"""Times the networks of Unleashing Transformers in PyTorch: python unleashing.py VQGAN SAMPLER RUNS STEPS...

Both files are safetensors with the authors' names. Prints JSON: for each precision encode, pass and decode in ms (medians), and
a fill of the middle quarter of 256 tokens with each count of steps, in ms, as absorbing_diffusion.py runs it.
"""

import json
import sys
import time

import numpy as np
import torch
import torch.nn.functional as F

SIDE, HEADS, CODES = 16, 8, 1024


def load(file, dtype):
    with open(file, "rb") as stream:
        size = int.from_bytes(stream.read(8), "little")
        header = json.loads(stream.read(size))
        data = np.frombuffer(stream.read(), np.float32)
    return {
        name: torch.from_numpy(data[entry["data_offsets"][0] // 4:entry["data_offsets"][1] // 4].copy()).reshape(entry["shape"]).to(dtype)
        for name, entry in header.items()
    }


def conv(w, name, x, **options):
    return F.conv2d(x, w[f"{name}.weight"], w[f"{name}.bias"], **options)


def norm(w, name, x):
    return F.group_norm(x, 32, w[f"{name}.weight"], w[f"{name}.bias"], 1e-6)


def residual(w, name, x):
    y = conv(w, f"{name}.conv1", F.silu(norm(w, f"{name}.norm1", x)), padding=1)
    y = conv(w, f"{name}.conv2", F.silu(norm(w, f"{name}.norm2", y)), padding=1)
    return y + (x if x.shape == y.shape else conv(w, f"{name}.conv_out", x))


def attention(w, name, x):
    n = norm(w, f"{name}.norm", x)
    q, k, v = (conv(w, f"{name}.{part}", n).flatten(2).transpose(1, 2) for part in "qkv")
    shares = torch.softmax(q @ k.transpose(1, 2) * q.shape[-1] ** -0.5, -1)
    return x + conv(w, f"{name}.proj_out", (shares @ v).transpose(1, 2).reshape(x.shape))


def blocks(w, part, x, down):
    at = 0
    while True:
        name = f"ae.{part}.blocks.{at}"
        at += 1
        if f"{name}.norm1.weight" in w:
            x = residual(w, name, x)
        elif f"{name}.q.weight" in w:
            x = attention(w, name, x)
        elif f"{name}.conv.weight" in w:
            if down:
                x = conv(w, f"{name}.conv", F.pad(x, (0, 1, 0, 1)), stride=2)
            else:
                x = conv(w, f"{name}.conv", F.interpolate(x, scale_factor=2.0, mode="nearest"), padding=1)
        elif f"{name}.weight" not in w:
            return x
        elif w[f"{name}.weight"].ndim == 1:
            x = norm(w, name, x)
        else:
            x = conv(w, name, x, padding=1)


def encode(w, image):
    z = blocks(w, "encoder", image, True).permute(0, 2, 3, 1).flatten(0, 2)
    book = w["ae.quantize.embedding.weight"]
    return (z.square().sum(1, True) + book.square().sum(1) - 2 * z @ book.T).argmin(1)


def decode(w, ids):
    book = w["ae.quantize.embedding.weight"]
    return blocks(w, "generator", book[ids].reshape(1, SIDE, SIDE, -1).permute(0, 3, 1, 2), False)


def predict(w, tokens):
    fn = "_denoise_fn."
    linear = lambda name, x: F.linear(x, w[f"{fn}{name}.weight"], w.get(f"{fn}{name}.bias"))
    layer_norm = lambda name, x: F.layer_norm(x, x.shape[-1:], w[f"{fn}{name}.weight"], w[f"{fn}{name}.bias"])
    x = w[f"{fn}tok_emb.weight"][tokens] + w[f"{fn}pos_emb"]
    i = 0
    while f"{fn}blocks.{i}.ln1.weight" in w:
        block = f"blocks.{i}"
        n = layer_norm(f"{block}.ln1", x)
        q, k, v = (linear(f"{block}.attn.{part}", n).unflatten(-1, (HEADS, -1)).transpose(1, 2) for part in ("query", "key", "value"))
        shares = torch.softmax(q @ k.transpose(-2, -1) * q.shape[-1] ** -0.5, -1)
        x = x + linear(f"{block}.attn.proj", (shares @ v).transpose(1, 2).flatten(2))
        x = x + linear(f"{block}.mlp.2", F.gelu(linear(f"{block}.mlp.0", layer_norm(f"{block}.ln2", x))))
        i += 1
    return linear("head", layer_norm("ln_f", x))


def fill(vqgan, sampler, image, steps):
    tokens = encode(vqgan, image)[None]
    hole = torch.zeros(SIDE, SIDE, dtype=torch.bool)
    hole[4:12, 4:12] = True
    missing = hole.flatten()[None]
    tokens[missing] = CODES
    for t in range(steps, 0, -1):
        changes = (torch.rand(tokens.shape) < 1 / t) & missing
        missing = missing & ~changes
        drawn = torch.distributions.Categorical(logits=predict(sampler, tokens).float()).sample()
        tokens[changes] = drawn[changes]
    return decode(vqgan, tokens[0])


def timed(runs, work):
    times = []
    for run in range(runs + 1):
        start = time.perf_counter()
        work()
        times.append(1000 * (time.perf_counter() - start))
    return sorted(times[1:])[(runs - 1) // 2]


@torch.inference_mode()
def main():
    vqgan_file, sampler_file, runs, *steps = sys.argv[1:]
    out = {"torch": torch.__version__, "threads": torch.get_num_threads()}
    for name, dtype in (("fp32", torch.float32), ("bf16", torch.bfloat16)):
        vqgan, sampler = load(vqgan_file, dtype), load(sampler_file, dtype)
        image = torch.rand(1, 3, 256, 256, dtype=dtype)
        ids = torch.arange(SIDE**2) % CODES
        times = {
            "encode": timed(int(runs), lambda: encode(vqgan, image)),
            "pass": timed(int(runs), lambda: predict(sampler, torch.full((1, SIDE**2), CODES))),
            "decode": timed(int(runs), lambda: decode(vqgan, ids)),
        }
        for count in map(int, steps):
            start = time.perf_counter()
            fill(vqgan, sampler, image, count)
            times[f"fill {count}"] = 1000 * (time.perf_counter() - start)
        out[name] = times
    print(json.dumps(out))


main()
