"""Writes tiny models of VQ-Diffusion and aMUSEd as folders of diffusers, and what diffusers makes of them.

    python3 -m venv venv && venv/bin/pip install torch numpy safetensors diffusers==0.42.1 transformers
    venv/bin/python test/parity/importers/texts/write_text_fixtures.py

The networks, schedulers and text models are diffusers' and transformers' own, small and with random weights. Where a loop
draws, it draws by the inverse of the cumulative distribution with the numbers that are written down, so that the other side
can draw the same.
"""

import base64
import functools
import json
import math
import pathlib
import shutil
import sys

import numpy as np
import torch
from diffusers import Transformer2DModel, UVit2DModel, VQDiffusionScheduler, VQModel
from safetensors.torch import save_file
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTextModelWithProjection

OUT = pathlib.Path(__file__).resolve().parents[3] / "fixtures" / "importers" / "texts"
CODES, SIDE, LENGTH, WIDTH, STEPS = 16, 4, 12, 32, 20
PROMPTS = ["a cat", "Stone  wall, 3 bricks’ wide — müd!", "", "a cat a cat a cat a cat a cat a cat"]


def floats(tensor):
    return base64.b64encode(tensor.detach().float().numpy().astype("<f4").tobytes()).decode()


def randomised(model, seed, scale=0.25):
    """Every parameter random, so that nothing is left at a beginning that hides a mistake."""
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            around = 1.0 if ("norm" in name and name.endswith("weight")) else 0.0
            parameter.copy_(around + scale * torch.randn(parameter.shape, generator=generator))
    return model.eval().requires_grad_(False)


def vocabulary(folder, pad):
    """The bytes, the bytes at the end of a word, a few joined pairs, and the two marks, as CLIP has them."""
    seen = [*range(33, 127), *range(161, 173), *range(174, 256)]
    letters = [chr(b) for b in seen] + [chr(256 + i) for i in range(256 - len(seen))]
    merges = ["a t</w>", "c at</w>", "s t", "o n", "st on", "ston e</w>", "l l</w>", "w a", "wa ll</w>", "b r", "i c"]
    words = [*letters, *[f"{letter}</w>" for letter in letters], *[m.replace(" ", "") for m in merges]]
    words += ["<|startoftext|>", "<|endoftext|>"]
    folder.mkdir(parents=True)
    (folder.parent / "model_index.json").write_text(json.dumps({"_diffusers_version": "0.42.1"}))
    (folder / "vocab.json").write_text(json.dumps({word: i for i, word in enumerate(words)}, ensure_ascii=False))
    (folder / "merges.txt").write_text("#version: 0.2\n" + "\n".join(merges) + "\n")
    (folder / "special_tokens_map.json").write_text(json.dumps({"pad_token": pad}))
    (folder / "tokenizer_config.json").write_text(json.dumps({"model_max_length": LENGTH, "pad_token": pad, "tokenizer_class": "CLIPTokenizer"}))
    return words


def ids_of(folder, words):
    from transformers import CLIPTokenizer

    tokenizer = CLIPTokenizer(str(folder / "vocab.json"), str(folder / "merges.txt"), model_max_length=LENGTH)
    pad = json.loads((folder / "special_tokens_map.json").read_text())["pad_token"]
    out = []
    for prompt in PROMPTS:
        ids = tokenizer(prompt.replace("’", "'"), truncation=True, max_length=LENGTH)["input_ids"]
        out.append(ids + [words.index(pad)] * (LENGTH - len(ids)))
    return torch.tensor(out)


def text_model(kind, words, seed):
    config = CLIPTextConfig(
        vocab_size=len(words), hidden_size=WIDTH, intermediate_size=2 * WIDTH, projection_dim=WIDTH, num_hidden_layers=2,
        num_attention_heads=4, max_position_embeddings=LENGTH, hidden_act="quick_gelu", bos_token_id=len(words) - 2,
        eos_token_id=len(words) - 1, pad_token_id=0,
    )
    return randomised(kind(config), seed)


def published_names(model):
    """The names that the published files have; newer versions of transformers keep others in memory."""
    held = {}
    for name, tensor in model.state_dict().items():
        if name.endswith("position_ids"):
            continue
        whole = name if name.startswith(("text_model.", "text_projection.")) else f"text_model.{name}"
        held[whole] = tensor.contiguous()
    return held


def write_text(folder, model, heads=4):
    folder.mkdir(parents=True)
    save_file(published_names(model), folder / "model.safetensors")
    (folder / "config.json").write_text(json.dumps({"num_attention_heads": heads, "hidden_act": "quick_gelu"}))


def vq_model(folder, attention, seed, binary):
    model = randomised(
        VQModel(
            block_out_channels=(32, 32), layers_per_block=1, latent_channels=8, num_vq_embeddings=CODES, vq_embed_dim=8,
            norm_num_groups=32, sample_size=2 * SIDE, mid_block_add_attention=attention,
            down_block_types=("DownEncoderBlock2D",) * 2, up_block_types=("UpDecoderBlock2D",) * 2,
        ), seed, 0.1,
    )
    folder.mkdir(parents=True)
    held = {name: tensor.half().contiguous() for name, tensor in model.state_dict().items()}
    if binary:
        torch.save(held, folder / "diffusion_pytorch_model.bin")
    else:
        save_file(held, folder / "diffusion_pytorch_model.safetensors")


def some_tokens(mask):
    tokens = torch.arange(SIDE**2).mul(5).remainder(CODES)[None]
    tokens[0, 2::3] = mask
    return tokens


class Noise:
    """Numbers in [0, 1), written down as they are drawn."""

    def __init__(self, seed):
        self.generator, self.drawn = np.random.default_rng(seed), []

    def __call__(self):
        self.drawn.append(round(float(self.generator.random()), 9))
        return self.drawn[-1]

    def of(self, weights):
        """The first index at which the cumulative weight exceeds the number."""
        total = np.cumsum(np.asarray(weights, dtype=np.float64))
        return int((total <= self() * total[-1]).sum())

    def gumbel(self):
        return float(-np.log(-np.log(self())))


def vq_diffusion():
    folder = OUT / "vq-diffusion"
    words = vocabulary(folder / "tokenizer", "!")
    text = text_model(CLIPTextModel, words, 1)
    write_text(folder / "text_encoder", text)
    vq_model(folder / "vqvae", True, 2, binary=True)
    net = randomised(
        Transformer2DModel(
            num_attention_heads=4, attention_head_dim=8, num_layers=2, cross_attention_dim=WIDTH, attention_bias=True,
            sample_size=SIDE, num_vector_embeds=CODES + 1, num_embeds_ada_norm=STEPS, activation_fn="geglu-approximate",
            norm_type="ada_norm",
        ), 3,
    )
    (folder / "transformer").mkdir()
    torch.save(net.state_dict(), folder / "transformer" / "diffusion_pytorch_model.bin")
    (folder / "transformer" / "config.json").write_text(json.dumps({"num_attention_heads": 4}))
    empty = 0.3 * torch.randn(LENGTH, WIDTH, generator=torch.Generator().manual_seed(4))
    (folder / "learned_classifier_free_sampling_embeddings").mkdir()
    torch.save({"embeddings": empty}, folder / "learned_classifier_free_sampling_embeddings" / "diffusion_pytorch_model.bin")
    levels = dict(alpha_cum_start=0.98, alpha_cum_end=0.001, gamma_cum_start=0.01, gamma_cum_end=0.7)
    scheduler = VQDiffusionScheduler(num_vec_classes=CODES + 1, num_train_timesteps=STEPS, **levels)
    (folder / "scheduler").mkdir()
    (folder / "scheduler" / "scheduler_config.json").write_text(json.dumps(levels))

    ids = ids_of(folder / "tokenizer", words)
    states = text(ids)[0]
    states = states / states.norm(dim=-1, keepdim=True)  # pipeline_vq_diffusion.py, _encode_prompt
    log_p = lambda tokens, context, t: net(tokens, encoder_hidden_states=context, timestep=torch.tensor(t)).sample

    def guided(tokens, t, guidance):
        one, other = log_p(tokens, states[:1], t), log_p(tokens, empty[None], t)
        both = other + guidance * (one - other)  # pipeline_vq_diffusion.py, __call__
        return both - torch.logsumexp(both, dim=1, keepdim=True)

    def loop(seed, guidance, truncation):
        """pipeline_vq_diffusion.py, __call__, where the scheduler's posterior is drawn from with recorded numbers."""
        noise, x = Noise(seed), torch.full((1, SIDE**2), CODES)
        scheduler.set_timesteps(STEPS)
        for t in range(STEPS - 1, -1, -1):
            logs = guided(x, t, guidance) if guidance != 1 else log_p(x, states[:1], t)
            if truncation < 1:
                logs = truncated(logs, truncation)
            logs = logs.clamp(-70)
            posterior = logs if t == 0 else scheduler.q_posterior(logs, x, torch.tensor(t))
            weights = posterior[0].double().exp()
            x = torch.tensor([[noise.of(weights[:, cell]) for cell in range(SIDE**2)]])
        return {"guidance": guidance, "truncation": truncation, "noise": noise.drawn, "tokens": x[0].tolist()}

    def logs_at(x, t, guidance, truncation):
        logs = guided(x, t, guidance) if guidance != 1 else log_p(x, states[:1], t)
        return (truncated(logs, truncation) if truncation < 1 else logs)[0].double()

    def strided(seed, guidance, truncation, steps):
        """Fewer steps than the process has, evenly spaced, each with the exact posterior: Bayes' rule with products of the one-step
        matrices that VQ-Diffusion trains with (arXiv 2111.14822, equations 5 to 8)."""
        noise, x = Noise(seed), torch.full((1, SIDE**2), CODES)
        times = [STEPS - 1 - math.floor(i * STEPS / steps + 0.5) for i in range(steps + 1)]
        for t, s in zip(times, times[1:]):
            p = logs_at(x, t, guidance, truncation).exp().numpy()
            x = torch.tensor([[noise.of(posterior_by_matrices(p[:, cell], int(x[0, cell]), t, s, levels)) for cell in range(SIDE**2)]])
        return {"guidance": guidance, "truncation": truncation, "steps": steps, "noise": noise.drawn, "tokens": x[0].tolist()}

    def purity(seed, guidance, sharpening, counts):
        """Purity sampling as Improved VQ-Diffusion has it (arXiv 2205.16007, section 3.2 and equation 11): a step reveals so many tokens,
        at places drawn by the probability of their likeliest code; the last step draws all of them."""
        noise, x, steps = Noise(seed), torch.full((1, SIDE**2), CODES), len(counts)
        for i, count in enumerate(counts):
            p = logs_at(x, math.floor(STEPS * (1 - i / steps) + 0.5) - 1, guidance, 1).exp().numpy()
            peaks = p.max(axis=0)
            if i == steps - 1:
                x = torch.tensor([[noise.of(p[:, cell]) for cell in range(SIDE**2)]])
                continue
            missing = [cell for cell in range(SIDE**2) if x[0, cell] == CODES]
            drawn = {cell: noise.of(p[:, cell] ** (1 + sharpening * peaks[cell] / peaks.max())) for cell in missing}
            # The largest of log weight + Gumbel noise are a draw without replacement by weight (arXiv 1903.06059).
            scores = {cell: float(np.log(peaks[cell])) + noise.gumbel() for cell in missing}
            for cell in sorted(missing, key=lambda cell: -scores[cell])[:count]:
                x[0, cell] = drawn[cell]
        return {"guidance": guidance, "sharpening": sharpening, "steps": steps, "noise": noise.drawn, "tokens": x[0].tolist()}

    tokens = some_tokens(CODES)
    return {
        "original": original(net, text, empty),
        "ids": ids.tolist(), "states": floats(states), "tokens": tokens[0].tolist(), "timestep": 7,
        "logits": floats(log_p(tokens, states[:1], 7)[0].T), "empty": floats(log_p(tokens, empty[None], 7)[0].T),
        "guided": floats(guided(tokens, 7, 3.0)[0].T),
        "loops": [loop(11, 1, 1), loop(12, 3.0, 1), loop(13, 1, 0.86)],
        "strides": [strided(14, 1, 1, 6), strided(15, 3.0, 0.86, 5), strided(16, 1, 1, 1)],
        # As many in each step, half a step's more in the first and as many fewer in the last, as in its `n_sample`.
        "purity": [purity(17, 1, 0, [3, 2, 2, 2, 2, 2, 2, 1]), purity(18, 3.0, 1.0, [6, 4, 4, 2])],
    }


def posterior_by_matrices(p, token, t, s, levels):
    """Weights of what a token is at timestep s, given what it is at t and the distribution p [CODES] of it without noise."""

    def one_step(t):
        """[from, to] with the missing token last."""
        mix = lambda start, end: start + (end - start) * np.arange(STEPS) / (STEPS - 1)
        alphas = np.concatenate([[1], mix(levels["alpha_cum_start"], levels["alpha_cum_end"])])
        gammas = np.concatenate([[0], mix(levels["gamma_cum_start"], levels["gamma_cum_end"])])
        a, g = alphas[t + 1] / alphas[t], 1 - (1 - gammas[t + 1]) / (1 - gammas[t])
        q = np.zeros((CODES + 1, CODES + 1))
        q[:CODES, :CODES] = (1 - a - g) / CODES
        q[:CODES, :CODES] += a * np.eye(CODES)
        q[:CODES, CODES], q[CODES, CODES] = g, 1
        return q

    def between(first, last):
        """From timestep `first` to `last`, -1 for no noise."""
        return functools.reduce(np.matmul, [one_step(i) for i in range(first + 1, last + 1)], np.eye(CODES + 1))

    to_s, on = between(-1, s), between(s, t)[:, token]  # [x0, x_s], [x_s]
    return (p / between(-1, t)[:CODES, token]) @ to_s[:CODES] * on


AUTHORS = [  # what diffusers calls the parts of the network, and its authors
    ("latent_image_embedding", "content_emb"), ("transformer_blocks", "blocks"), ("norm1.", "ln1."), ("norm2.", "ln1_1."),
    ("norm3.", "ln2."), ("to_q", "query"), ("to_k", "key"), ("to_v", "value"), ("to_out.0", "proj"), ("ff.net.0.proj", "mlp.0"),
    ("ff.net.2", "mlp.2"), ("norm_out", "to_logits.0"), ("out.", "to_logits.1."),
]
OPENAI = [
    ("text_model.embeddings.token_embedding", "token_embedding"), ("text_model.embeddings.position_embedding.weight", "positional_embedding"),
    ("text_model.encoder.layers", "transformer.resblocks"), ("text_model.final_layer_norm", "ln_final"), ("layer_norm", "ln_"),
    ("self_attn.out_proj", "attn.out_proj"), ("mlp.fc1", "mlp.c_fc"), ("mlp.fc2", "mlp.c_proj"),
]


def renamed(name, pairs):
    for old, new in pairs:
        name = name.replace(old, new)
    return name


def original(net, text, empty):
    """The same network and text model as one file of the authors, whose averaged weights count, with a codec of 32 codes of which
    a table chooses 16."""
    sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "families"))
    hidden = {name: sys.modules.pop(name) for name in list(sys.modules) if name.split(".")[0] == "tokenizers"}  # a package of that name
    import tokenizers
    from write_family_fixtures import grid, picture, shrink

    sys.modules.update(hidden)
    folder = OUT / "original"
    folder.mkdir()
    # Theirs have 16 heads, and the text model one for 64 numbers.
    (folder / "config.json").write_text(json.dumps({"num_attention_heads": 4}))
    codec, held = shrink(tokenizers.Taming(), 4)
    model = {}
    for name, tensor in held.items():
        for half, parts in (("enc", ("encoder", "quant_conv", "quantize")), ("dec", ("decoder", "post_quant_conv", "quantize"))):
            if name.split(".")[0] in parts:
                model[f"content_codec.{half}.{name}"] = tensor
    averaged = {f"transformer.{renamed(k, AUTHORS)}": v.clone() for k, v in net.state_dict().items()}
    model |= {f"transformer.{k}": torch.zeros_like(v) for k, v in averaged.items()}  # not averaged, and not to be used
    words = published_names(text)
    for name, tensor in words.items():
        if ".self_attn.k_proj" in name or ".self_attn.v_proj" in name:
            continue
        plain = renamed(name, OPENAI)
        if ".self_attn.q_proj." in name:
            parts = [words[name.replace("q_proj", f"{part}_proj")] for part in "qkv"]
            model[f"transformer.condition_emb.{plain.replace('self_attn.q_proj.', 'attn.in_proj_')}"] = torch.cat(parts)
        else:
            model[f"transformer.condition_emb.{plain}"] = tensor
    model["transformer.empty_text_embed"] = empty.double()
    torch.save({"last_epoch": 1, "model": model, "ema": averaged, "optimizer_and_scheduler": {}}, folder / "ithq_learnable.pth")
    table = torch.arange(tokenizers.CODES).mul(5).remainder(CODES)
    torch.save(table, folder / f"taming_vqvae_{CODES}.pt")
    full = torch.tensor([int((table == code).nonzero()[0]) for code in range(CODES)])
    return {
        "ids": table[codec.encode(2 * picture() - 1).flatten()].tolist(),
        "decoded": floats(codec.decode(full[grid() % CODES])),
    }


def truncated(logs, rate):
    """pipeline_vq_diffusion.py, truncate: classes are kept while the mass before them is below the rate."""
    sorted_logs, indices = torch.sort(logs, 1, descending=True)
    keep = torch.exp(sorted_logs).cumsum(dim=1) < rate
    keep = torch.cat((torch.full_like(keep[:, :1], True), keep), dim=1)[:, :-1]
    out = logs.clone()
    out[~keep.gather(1, indices.argsort(1))] = -torch.inf
    return out


def amused(name, halves, seed):
    folder = OUT / name
    words = vocabulary(folder / "tokenizer", "<|endoftext|>")
    text = text_model(CLIPTextModelWithProjection, words, seed)
    write_text(folder / "text_encoder", text)
    if halves:  # both use it
        vq_model(folder / "vqvae", False, seed + 1, binary=False)
    side = 32 if halves else 16
    net = randomised(
        UVit2DModel(
            hidden_size=32, cond_embed_dim=WIDTH, micro_cond_encode_dim=8, micro_cond_embed_dim=40, encoder_hidden_size=WIDTH,
            vocab_size=CODES + 8, codebook_size=CODES, in_channels=16, block_out_channels=16, num_res_blocks=2,
            downsample=halves, upsample=halves, block_num_heads=2, num_hidden_layers=2, num_attention_heads=4,
            intermediate_size=48, sample_size=side,
        ), seed + 2, 0.2,
    )
    (folder / "transformer").mkdir()
    save_file({k: v.contiguous() for k, v in net.state_dict().items()}, folder / "transformer" / "diffusion_pytorch_model.safetensors")
    (folder / "transformer" / "config.json").write_text(json.dumps({"hidden_size": 32, "num_attention_heads": 4}))
    mask = CODES + 7
    ids = ids_of(folder / "tokenizer", words)
    outputs = text(ids, output_hidden_states=True)
    states, pooled = outputs.hidden_states[-2], outputs.text_embeds  # pipeline_amused.py, __call__
    facts = torch.tensor([[2 * side, 2 * side, 0, 0, 6]])

    def logits(tokens, prompt):
        grid = tokens.reshape(1, side, side)
        out = net(grid, encoder_hidden_states=states[prompt : prompt + 1], pooled_text_emb=pooled[prompt : prompt + 1], micro_conds=facts)
        return out.flatten(2).transpose(1, 2)  # [1, cells, CODES]

    cells = side**2
    tokens = torch.arange(cells).mul(7).remainder(CODES)[None]
    hole = [r * side + c for r in range(5, 9) for c in range(4, 10)]
    tokens[0, hole] = mask
    shown = list(range(0, cells, 37))

    def loop(seed, guidance, steps, masking):
        """scheduling_amused.py, step, over a hole; tokens, then noise, are drawn for its missing cells in their order."""
        noise, x = Noise(seed), tokens.clone()
        for i in range(steps):
            both = logits(x, 2) + guidance * (logits(x, 0) - logits(x, 2))
            p = both[0].double().softmax(-1).numpy()
            missing = [cell for cell in range(cells) if x[0, cell] == mask]
            drawn = {cell: noise.of(p[cell]) for cell in missing}
            if i == steps - 1:
                left = 0
            else:
                share = 1 - (i + 1) / steps if masking == "linear" else np.cos((i + 1) / steps * np.pi / 2)
                left = max(1, min(len(missing) - 1, int(np.floor(len(hole) * share + 1e-9))))
            temperature = np.linspace(2, 0, steps)[i]
            scores = {cell: np.log(max(p[cell][drawn[cell]], 1e-20)) for cell in missing}
            if temperature > 0:
                scores = {cell: score + temperature * noise.gumbel() for cell, score in scores.items()}
            order = sorted(missing, key=lambda cell: scores[cell])
            for cell in order[left:]:
                x[0, cell] = drawn[cell]
        return {"guidance": guidance, "steps": steps, "schedule": masking, "noise": noise.drawn, "tokens": x[0, hole].tolist()}

    return {
        "ids": ids.tolist(), "states": floats(states), "pooled": floats(pooled), "side": side, "mask": mask,
        "tokens": tokens[0].tolist(), "hole": hole, "select": shown, "logits": floats(logits(tokens, 0)[0, shown]),
        "loops": [loop(seed + 5, 10.0, 5, "linear"), loop(seed + 6, 1.0, 4, "cosine")],
    }


def main():
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir(parents=True)
    golden = {"prompts": PROMPTS, "vq-diffusion": vq_diffusion(), "amused-256": amused("amused-256", False, 20), "amused-512": amused("amused-512", True, 40)}
    (OUT / "golden.json").write_text(json.dumps(golden) + "\n")


if __name__ == "__main__":
    main()
