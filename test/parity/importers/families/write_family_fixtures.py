"""Writes the tiny checkpoints of test/fixtures/importers/families and what the networks in them give.

    python3 -m venv venv && venv/bin/pip install torch numpy
    venv/bin/python test/parity/importers/families/write_family_fixtures.py

Weights are random. Large tensors are views of one storage, so that a file with real names stays small.
"""

import argparse
import base64
import json
import math
import pathlib

import numpy as np
import torch

import denoisers
import tokenizers
from denoisers import SIDE
from tokenizers import CODES

OUT = pathlib.Path(__file__).resolve().parents[3] / "fixtures" / "importers" / "families"
POOL = 8192  # numbers, of which every tensor of more than SHARED is a view
SHARED = 1024
GOLDEN = {}


def shrink(model, seed, dtype=torch.float32):
    """Gives a model random weights that fit into a small file, and what that file holds."""
    generator = torch.Generator().manual_seed(seed)
    pool = (torch.randn(POOL, generator=generator) * 0.08).to(dtype)
    held = {}
    for name, tensor in model.state_dict().items():
        if not tensor.is_floating_point():
            held[name] = tensor
        elif tensor.numel() > SHARED and tensor.ndim != 3:
            held[name] = view_of(pool, tensor.shape, generator)
        else:
            around = 1.0 if name.endswith("weight") and tensor.ndim == 1 else 0.0
            scale = 1.0 if "emb" in name or "proj" in name else 0.2
            held[name] = (around + scale * torch.randn(tensor.shape, generator=generator)).to(dtype)
    model.load_state_dict({name: tensor.float() if tensor.is_floating_point() else tensor for name, tensor in held.items()})
    return model.eval().requires_grad_(False), held


def view_of(pool, shape, generator):
    """A tensor whose rows and columns overlap in the pool, each beginning elsewhere."""
    outputs, inputs, *kernel = shape if len(shape) > 1 else (1, *shape)
    row, column = POOL // (2 * outputs) | 1, max(1, POOL // (4 * inputs) - 1)
    strides = [row, column, *([kernel[1], 1] if kernel else [])][-len(shape):]
    reach = sum((size - 1) * stride for size, stride in zip(shape, strides)) + 1
    start = int(torch.randint(POOL - reach, (), generator=generator))
    return pool.as_strided(shape, strides, start)


def floats(tensor):
    return base64.b64encode(tensor.detach().numpy().astype("<f4").tobytes()).decode()


def picture(width=16, height=16):
    """[1, 3, height, width] in [0, 1]: waves, so that the other side makes the same without a file."""
    c, y, x = np.meshgrid(np.arange(3), np.arange(height), np.arange(width), indexing="ij")
    return torch.from_numpy((0.5 + 0.5 * np.sin(0.7 * x + 0.4 * y * (c + 1) + 2 * c)).astype(np.float32))[None]


def grid(width=8, height=8):
    return torch.arange(width * height).reshape(1, height, width).mul(7).add(3).remainder(CODES)


def write_tokenizer(name, model, low, seed, wrap=lambda held: held, dtype=torch.float32, **options):
    model, held = shrink(model, seed, dtype)
    torch.save(wrap(held), OUT / name, **options)
    image = low + (1 - low) * picture()
    ids = model.encode(image)
    assert len(ids.unique()) > 3, f"{name} uses too few codes: {ids.unique()}"
    GOLDEN[name] = {"ids": ids.flatten().tolist(), "range": [low, 1], "decoded": floats(model.decode(grid()))}


def write_sampler(name, seed, heads, wrap=lambda held: held, **options):
    model, held = shrink(denoisers.Unleashing(heads), seed)
    torch.save(wrap(held), OUT / name, **options)
    tokens = missing_some()
    GOLDEN[name] = {"heads": heads, "tokens": tokens.flatten().tolist(), "logits": floats(model(tokens)),
                    "loop": official_loop(model, steps=64, seed=seed)}


def write_halton(name, seed, heads, label):
    """As the authors' trainer keeps it: compiled, with its optimizer beside it."""
    model, held = shrink(denoisers.Halton(heads), seed)
    names = {f"module._orig_mod.{k}": v for k, v in held.items()}
    torch.save({"iter": 1, "global_epoch": 1, "model_state_dict": names, "optimizer_state_dict": {}}, OUT / name)
    tokens = missing_some()
    GOLDEN[name] = {"heads": heads, "tokens": tokens.flatten().tolist(), "logits": floats(model(tokens)),
                    "class": label, "classLogits": floats(model(tokens, label))}


def write_maskgit(name, seed, heads, label):
    """As the authors' trainer keeps it."""
    model, held = shrink(denoisers.MaskGIT(heads), seed)
    torch.save({"iter": 1, "global_epoch": 1, "model_state_dict": held, "optimizer_state_dict": {}}, OUT / name)
    tokens, steps = missing_some(), 7
    counts = arccos_counts(steps)
    loop = confident_loop(model, counts, [4.5 * (1 - step / (steps - 1)) for step in range(steps)], seed)
    GOLDEN[name] = {"heads": heads, "tokens": tokens.flatten().tolist(), "logits": floats(model(tokens)), "loop": loop,
                    "class": label, "classLogits": floats(model(tokens, label))}


def write_mage(name, tokenizer, seed, heads):
    """Denoiser and tokenizer in one file, as the authors' trainer keeps it; the tokenizer also by itself."""
    model, held = shrink(denoisers.Mage(heads), seed)
    codec, codes = shrink(tokenizers.Mage(), seed + 1)
    whole = {**held, **{f"vqgan.{k}": v for k, v in codes.items()}}
    torch.save({"model": whole, "epoch": 1, "scaler": {}, "args": argparse.Namespace(model="mage_vit_base_patch16")}, OUT / name)
    torch.save({"state_dict": codes}, OUT / tokenizer)
    tokens, steps = missing_some(), 8
    left = [math.floor(SIDE**2 * math.cos(math.pi / 2 * (step + 1) / steps)) for step in range(steps - 1)]
    counts = [before - after for before, after in zip([SIDE**2, *left], [*left, 0])]
    loop = confident_loop(model, counts, [6 * (1 - (step + 1) / steps) for step in range(steps)], seed)
    GOLDEN[name] = {"heads": heads, "tokens": tokens.flatten().tolist(), "logits": floats(model(tokens)), "loop": loop}
    image = picture()
    GOLDEN[tokenizer] = {"ids": codec.encode(image).flatten().tolist(), "range": [0, 1], "decoded": floats(codec.decode(grid()))}


def write_vq_diffusion_classes(name, seed, heads, rows, label):
    """Codec and denoiser in one file, as the authors' trainer keeps it; `rows` of classes, the last for none where there are 1001."""
    model, held = shrink(denoisers.VqDiffusionClasses(heads, rows), seed)
    codec, codes = shrink(tokenizers.Taming(), seed + 1)
    whole = {f"transformer.transformer.{k}": v for k, v in held.items()}
    for half, parts in (("enc", ("encoder", "quant_conv", "quantize")), ("dec", ("decoder", "post_quant_conv", "quantize"))):
        whole |= {f"content_codec.{half}.{k}": v for k, v in codes.items() if k.split(".")[0] in parts}
    torch.save({"last_epoch": 1, "model": whole, "optimizer_and_scheduler": {}}, OUT / name)
    tokens, t = missing_some(), 7
    GOLDEN[name] = {"heads": heads, "tokens": tokens.flatten().tolist(), "timestep": t, "logits": floats(model(tokens, t, 1000)),
                    "class": label, "classLogits": floats(model(tokens, t, label))}


def arccos_counts(steps):
    """How many tokens each step reveals, `adap_sche` of Trainer/vit.py."""
    shares = torch.arccos(torch.linspace(1, 0, steps))
    counts = (shares / shares.sum() * SIDE**2).round().clamp(min=1)
    counts[-1] += SIDE**2 - counts.sum()
    return counts.int().tolist()


def missing_some():
    tokens = torch.arange(SIDE**2).mul(5).remainder(CODES)[None]
    tokens[0, 3::2] = CODES
    return tokens


def official_loop(model, steps, seed):
    """The loop of absorbing_diffusion.py, `sample`, with its draws by the inverse of the cumulative distribution, and the
    numbers that it drew, in order."""
    generator = np.random.default_rng(seed)
    x, noise = torch.full((1, SIDE**2), CODES), []

    def uniform():
        noise.append(round(float(generator.random()), 9))
        return noise[-1]

    for t in range(steps, 0, -1):
        changes = [cell for cell in range(SIDE**2) if x[0, cell] == CODES and uniform() < 1 / t]
        shares = model(x)[0].double().softmax(-1).cumsum(-1)
        for cell in changes:
            x[0, cell] = int((shares[cell] <= uniform()).sum())
    return {"steps": steps, "noise": noise, "tokens": x.flatten().tolist()}


def confident_loop(model, counts, noises, seed):
    """The loop of MaskGIT, `sample` of Trainer/vit.py and gen_img_uncond.py: each step keeps the tokens that it is most confident
    of, with Gumbel noise. Draws by the inverse of the cumulative distribution."""
    generator = np.random.default_rng(seed)
    x, noise = torch.full((1, SIDE**2), CODES), []

    def recorded(value):
        noise.append(round(float(value), 9))
        return noise[-1]

    for count, scale in zip(counts, noises):
        missing = [cell for cell in range(SIDE**2) if x[0, cell] == CODES]
        shares = model(x)[0].double().softmax(-1)
        drawn = {cell: int((shares[cell].cumsum(-1) <= recorded(generator.random())).sum()) for cell in missing}
        score = {cell: math.log(shares[cell, drawn[cell]]) for cell in missing}
        if scale:
            score = {cell: score[cell] + scale * recorded(generator.gumbel()) for cell in missing}
        for cell in sorted(missing, key=lambda cell: -score[cell])[:count]:
            x[0, cell] = drawn[cell]
    return {"steps": len(counts), "noise": noise, "tokens": x.flatten().tolist()}


def lightning(held):
    """As Lightning keeps it: with an optimizer and a step beside it."""
    parameter = torch.nn.Parameter(torch.zeros(2))
    optimizer = torch.optim.Adam([parameter])
    parameter.sum().backward()
    optimizer.step()
    return {"epoch": 1, "global_step": 2, "state_dict": held, "optimizer_states": [optimizer.state_dict()]}


def main():
    OUT.mkdir(parents=True, exist_ok=True)
    write_tokenizer("vqgan_ema.th", tokenizers.Unleashing(), 0, 1)
    write_sampler("absorbing_ema.th", 2, heads=4)
    write_sampler("absorbing_legacy.th", 3, heads=1, wrap=lambda held: {f"module.{k}": v for k, v in held.items()},
                  _use_new_zipfile_serialization=False)
    write_tokenizer("taming.ckpt", tokenizers.Taming(), -1, 4, wrap=lightning)
    write_tokenizer("taming_gumbel.ckpt", tokenizers.Taming(attention=False, gumbel=True), -1, 5, dtype=torch.bfloat16,
                    wrap=lambda held: {"state_dict": {f"first_stage_model.{k}": v for k, v in held.items()}},
                    _use_new_zipfile_serialization=False)
    write_tokenizer("vq-f4-noattn.ckpt", tokenizers.Taming(attention=False, mid_attention=False), -1, 6, dtype=torch.float16,
                    wrap=lightning)
    write_tokenizer("vq_ds16_c2i.pt", tokenizers.LlamaGen(), -1, 7, wrap=lambda held: {"model": held})
    write_tokenizer("diffusers.bin", tokenizers.Diffusers(), -1, 8)
    write_tokenizer("diffusers_old.bin", tokenizers.Diffusers(old_names=True), -1, 9, dtype=torch.float16)
    write_halton("ImageNet_tiny.pth", 10, heads=4, label=2)
    write_maskgit("MaskGIT_ImageNet_256.pth", 11, heads=4, label=2)
    write_mage("mage-vitb-1600.pth", "vqgan_jax_strongaug.ckpt", 12, heads=4)
    write_vq_diffusion_classes("imagenet_learnable.pth", 14, heads=4, rows=1001, label=207)
    write_vq_diffusion_classes("imagenet_pretrained.pth", 16, heads=4, rows=1000, label=207)
    (OUT / "golden.json").write_text(json.dumps(GOLDEN) + "\n")


if __name__ == "__main__":
    main()
