"""Trains the tokenizer for a fixed time, in two stages:

  python train_tokenizer.py joint --minutes 45      encoder, codebook and decoder on reconstruction alone
  python train_tokenizer.py sharpen --minutes 60    encoder and codebook frozen; the decoder also faces a discriminator

After the first stage the tokens are final, so the denoiser can train beside the second.
Each stage writes STAGE.jsonl, its curves, STAGE.pt (resume with --resume) and a held-out contact sheet into --out.
--from-package goes on from the shipped files where there is no checkpoint.
"""

import argparse
import math
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image
from torch import Tensor

from data import Crops, batches, stored_batches
from model.context import Price
from model.tokenizer import CODES, PatchDiscriminator, Tokenizer
from onnx_export.read import read_tokenizer
from optimiser import Optimiser
from runlog import Average, Log, TimeBox, draw_curves, save

ADVERSARIAL = 0.06  # weight of the discriminator once it is fully in
EDGES = 0.25  # weight of wrong edges
EVENLY = 0.12  # of the log of each crop's error, so that even areas, whose errors are small and seen, count as much
COMMITMENT = 0.3  # pulls encoder outputs to their codes
PRICE = 0.015  # of a bit per token
WARM_UP = 0.13  # share of the joint stage in which noise stands in for the codes
NOISE = 0.13  # its standard deviation per dimension: about the error that 1024 codes on this sphere will make
RATES = {"joint": 1e-3, "sharpen": 6e-4}  # the discriminator has run at the lower one only
MIXING = 32  # channels on both sides from which on Muon takes a convolution
RAMP = 0.15  # share of the sharpening stage over which it comes in


def gradients(error: Tensor) -> Tensor:
    """Mean absolute difference of neighbouring errors at three scales: wrong edges cost more than wrong shades."""
    total = error.new_zeros(())
    for _ in range(3):
        total = total + (error[..., 1:] - error[..., :-1]).abs().mean()
        total = total + (error[..., 1:, :] - error[..., :-1, :]).abs().mean()
        error = F.avg_pool2d(error, 2)
    return total


def fidelity(decoded: Tensor, image: Tensor, evenly: float) -> tuple[Tensor, dict]:
    """The loss of a decoded batch, `evenly` the weight of the log of each crop's error, and figures for the log."""
    error = decoded - image
    squares = error.square().mean((1, 2, 3))
    loss = error.abs().mean() + squares.mean() + EDGES * gradients(error) + evenly * (squares + 1e-5).log().mean()
    return loss, {"l1": error.detach().abs().mean(), "psnr": 10 * torch.log10(4 / squares.detach().mean())}


def losses(model: Tokenizer, image: Tensor, joint: bool, price: Price | None, evenly: float = EVENLY) -> tuple[Tensor, Tensor, dict]:
    """Returns the decoded batch, the loss without the adversarial part, and figures for the log (tensors: no waiting).

    Until the codebook has started, noise stands in for quantisation. Codes learned from the first step on settle on
    the few directions that vary most (brightness, blue against orange) and the decoder never learns the others;
    under noise the encoder first spreads all that matters, colour too, over the whole sphere.
    """
    bf16 = torch.autocast(image.device.type, dtype=torch.bfloat16)
    with bf16, torch.set_grad_enabled(joint):
        features, z = model.encoder(image)  # z: [B, D, h, w] float32, unit length
        started = bool(model.codebook.started)
        if started:
            z, ids = model.compensation(features, z, model.codebook)
    if started:
        chosen = model.codebook.lookup(ids)
        latent = z + (chosen - z).detach()  # straight through
    else:
        latent = z + NOISE * torch.randn_like(z)
    with bf16:
        decoded = model.decoder(latent).float()
    loss, figures = fidelity(decoded, image, evenly)
    if joint and started:
        commitment = (z - chosen).square().sum(1).mean()
        usage = torch.bincount(ids.flatten(), minlength=CODES).float() / ids.numel()
        figures |= {"commitment": commitment.detach(), "replaced": model.codebook.update(z.detach(), ids),
                    "perplexity": torch.exp(-(usage * usage.clamp_min(1e-10).log()).sum())}
        loss = loss + COMMITMENT * commitment
        if price:
            cost, figures["bits"] = price(z, ids, model.codebook)
            loss = loss + cost
    return decoded, loss, figures


def stored_losses(model: Tokenizer, image: Tensor, ids: Tensor, evenly: float) -> tuple[Tensor, Tensor, dict]:
    """As `losses`, of the decoder alone, for tokens [B, h, w] that are known: no encoder runs."""
    with torch.autocast(image.device.type, dtype=torch.bfloat16):
        decoded = model.decoder(model.codebook.lookup(ids)).float()
    return decoded, *fidelity(decoded, image, evenly)


@torch.no_grad()
def start_codebook(model: Tokenizer, stream, device: str, count: int = 12) -> None:
    """Places the codes by k-means over the encoder outputs of `count` batches."""
    with torch.autocast(device, dtype=torch.bfloat16):
        outputs = [model.encoder(next(stream).to(memory_format=torch.channels_last))[1] for _ in range(count)]
    z = torch.cat(outputs)
    model.codebook.start_from(z, per_step=z[:, 0].numel() // count)


@torch.no_grad()
def held_out(model: Tokenizer, images: Tensor) -> tuple[float, Tensor, Tensor]:
    """Mean of per-picture PSNR in dB at 256 px, the decoded pictures, and their tokens [B, h, w]."""
    device = model.codebook.vectors.device
    decoded, tokens = [], []
    for part in images.split(8):
        ids = model.encode(part.to(device, memory_format=torch.channels_last))
        tokens.append(ids.cpu())
        decoded.append(model.decode(ids).clamp(-1, 1).cpu())
    decoded = torch.cat(decoded)
    mse = (decoded - images).square().mean((1, 2, 3))
    return float((10 * torch.log10(4 / mse.clamp_min(1e-6))).mean()), decoded, torch.cat(tokens)


def contact_sheet(images: Tensor, decoded: Tensor, file: Path, columns: int = 8) -> None:
    """Originals above, decoded below, in bands of `columns`."""
    rows, columns = [], min(columns, len(images))
    for at in range(0, len(images) - columns + 1, columns):
        for group in (images, decoded):
            rows.append(torch.cat(list(group[at:at + columns]), dim=2))
    pixels = ((torch.cat(rows, dim=1).permute(1, 2, 0) + 1) * 127.5).round().clamp(0, 255)
    Image.fromarray(pixels.numpy().astype(np.uint8)).save(file)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("stage", choices=["joint", "sharpen"])
    parser.add_argument("--crops", type=Path, default=Path("work/crops"))
    parser.add_argument("--out", type=Path, default=Path("work/tokenizer"))
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--side", type=int, default=128)
    parser.add_argument("--rate", type=float, help=f"default: {RATES}")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--price", type=float, default=PRICE, help="joint stage: of a bit per token; 0 to look at fidelity alone")
    parser.add_argument("--evenly", type=float, default=EVENLY, help="weight of the log of each crop's error, which is its PSNR")
    parser.add_argument("--adversarial", type=float, default=ADVERSARIAL,
                        help="sharpen stage: weight of the discriminator; 0 to train the decoder on reconstruction alone")
    parser.add_argument("--stored", action="store_true",
                        help="sharpen stage: on the tokens that encode.py stored; with --side 256 of whole crops, as they are measured")
    parser.add_argument("--start", type=Path, help="begin with the averaged weights of this checkpoint, of either stage, codebook included")
    parser.add_argument("--from-package", type=Path, help="begin with the weights of this package, codebook included")
    parser.add_argument("--compile", action="store_true", help="pays on a GPU")
    parser.add_argument("--resume", action="store_true")
    parser.add_argument("--stop-after", type=float, default=math.inf, help="minutes of this run; --resume goes on")
    args = parser.parse_args()
    args.rate = args.rate or RATES[args.stage]
    torch.set_num_threads(args.threads)
    torch.manual_seed(1)
    torch.backends.cudnn.benchmark = True

    train, measured = Crops(args.crops / "train"), Crops(args.crops / "heldout")
    photographs = measured.images(measured.sample("photograph", 32))
    everything = measured.images(measured.spread(1)[::3])
    joint = args.stage == "joint"
    start = args.start or (None if joint or args.from_package else args.out / "joint.pt")
    begin = torch.load(start, map_location=args.device, weights_only=True) if start else {}
    if begin:
        model = Tokenizer.of_state(begin["average"])
    else:
        model = read_tokenizer(args.from_package) if args.from_package else Tokenizer()
    model.deepen()
    # channels_last: twice as fast as the default layout in bf16 on the CPUs measured
    model = model.to(args.device, memory_format=torch.channels_last)
    judge = PatchDiscriminator().to(args.device, memory_format=torch.channels_last)
    if not joint:
        model.encoder.requires_grad_(False), model.compensation.requires_grad_(False)
    if args.compile:  # in place: the names of the weights stay
        for part in (model.encoder, model.decoder, judge):
            part.compile()
    mixing = [p for p in model.parameters() if p.requires_grad and p.ndim == 4 and min(p.shape[:2]) >= MIXING]
    optimiser = Optimiser(model, mixing, args.rate, betas=(0.8, 0.98), decay=0.01)
    judge_optimiser = torch.optim.AdamW(judge.parameters(), args.rate, betas=(0.5, 0.98), fused=True)
    price, learned = Price(model.codebook, args.price) if joint and args.price else None, begin.get("price")
    if price and learned:
        price.load_state_dict(learned)
    average, step, spent = Average(model), 0, 0.0
    checkpoint = args.out / f"{args.stage}.pt"
    if args.resume and checkpoint.exists():
        state = torch.load(checkpoint, map_location=args.device, weights_only=True)
        model.load_state_dict(state["model"]), judge.load_state_dict(state["judge"])
        if price and state.get("price"):
            price.load_state_dict(state["price"])
        optimiser.load_state_dict(state["optimiser"]), judge_optimiser.load_state_dict(state["judge_optimiser"])
        average.shadow, average.steps, step, spent = state["average"], state["step"], state["step"], state["spent"]
    log, clock = Log(args.out / f"{args.stage}.jsonl"), TimeBox(args.minutes, spent, args.stop_after)

    def report() -> None:
        saved = {k: v.clone() for k, v in model.state_dict().items()}
        model.load_state_dict(average.shadow)
        model.eval()
        psnr_photographs, decoded, _ = held_out(model, photographs)
        psnr, _, tokens = held_out(model, everything)
        foreseen = {"heldout_bits": price.measure(tokens)} if price else {}
        contact_sheet(photographs, decoded, args.out / f"{args.stage}.png")
        log.write(step=step, minutes=clock.seconds / 60, heldout_psnr=psnr, heldout_psnr_photographs=psnr_photographs,
                  heldout_codes_used=len(tokens.unique()), **foreseen)
        draw_curves(log.file, ["psnr", "heldout_psnr", "heldout_psnr_photographs", "bits", "heldout_bits", "perplexity", "l1",
                               "judge"])
        model.load_state_dict(saved)
        model.train()
        save(checkpoint, model=model.state_dict(), average=average.shadow, judge=judge.state_dict(), step=step,
             optimiser=optimiser.state_dict(), judge_optimiser=judge_optimiser.state_dict(), spent=clock.seconds,
             price=price.state_dict() if price else learned)

    model.train()
    next_report = time.monotonic() + 330
    options = {"batch": args.batch, "side": args.side, "seed": step + 1, "device": args.device}
    stored = args.stored and not joint
    stream = stored_batches(train, np.load(args.crops / "train/tokens.npy"), **options) if stored else batches(train, **options)
    for drawn in stream:
        image, ids = drawn if stored else (drawn, None)
        if clock.over:
            break
        image = image.to(memory_format=torch.channels_last)
        if clock.progress > WARM_UP and not model.codebook.started:
            start_codebook(model, stream, args.device)
            price = Price(model.codebook, args.price) if price else None  # it begins with the codes
        if stored:
            decoded, loss, figures = stored_losses(model, image, ids, args.evenly)
        else:
            decoded, loss, figures = losses(model, image, joint, price, args.evenly)
        if args.adversarial and not joint:
            figures["judge"] = judge_step(judge, judge_optimiser, image, decoded.detach(), clock.rate(args.rate, step))
            loss = loss - min(1.0, clock.progress / RAMP) * args.adversarial * realness(judge, decoded)
        optimiser.step(loss, clock.rate(args.rate, step))
        average.update(model)
        step += 1
        if step % 50 == 0:
            log.write(step=step, minutes=clock.seconds / 60, **{k: float(v) for k, v in figures.items()})
        if time.monotonic() > next_report:
            report()
            next_report = time.monotonic() + 300
    report()


def realness(judge: PatchDiscriminator, decoded: Tensor) -> Tensor:
    """The discriminator's mean score, with gradients for the picture but not for the discriminator."""
    judge.requires_grad_(False)
    with torch.autocast(decoded.device.type, dtype=torch.bfloat16):
        score = judge(decoded).float().mean()
    judge.requires_grad_(True)
    return score


def judge_step(judge: PatchDiscriminator, optimiser, real: Tensor, fake: Tensor, rate: float) -> Tensor:
    """One hinge-loss step of the discriminator."""
    for group in optimiser.param_groups:
        group["lr"] = rate
    with torch.autocast(real.device.type, dtype=torch.bfloat16):
        loss = F.relu(1 - judge(real).float()).mean() + F.relu(1 + judge(fake).float()).mean()
    optimiser.zero_grad(set_to_none=True)
    loss.backward()
    optimiser.step()
    return loss.detach()


if __name__ == "__main__":
    main()
