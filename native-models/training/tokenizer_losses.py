"""What the tokenizer is trained on: reconstruction, commitment to its codes, and the rate of its tokens."""

import torch
import torch.nn.functional as F
from torch import Tensor

from model.context import RateTerm
from model.tokenizer import CODES, DOWNSAMPLE, Tokenizer
from precision import mixed

GRADIENT_WEIGHT = 0.25  # of differences between neighbouring errors
COMMITMENT_WEIGHT = 0.3  # of the distance between encoder outputs and their codes
LOG_MSE_FLOOR = 1e-5  # keeps the log finite
SCALES = 3  # at which roughness is compared: pixels, pairs, fours
WINDOW = 10  # px of a scale in which it is measured
REPEATS = 4  # tokens along a side of the blocks in which a grid is looked for
GRID_WEIGHT = 3.0  # of a grid, beside roughness
REPEATED_FLOOR = 1e-5  # squared: below a level of 255
ROUGHNESS_FLOOR = 1e-4  # squared: about a level of 255 from pixel to pixel, below which no difference is seen
NOISE = 0.13  # standard deviation per dimension before the codes start: about the error that 1024 codes on this sphere make

Loss = tuple[Tensor, dict[str, Tensor]]  # and figures for the log: tensors, so that no step waits for the device


def gradient_loss(error: Tensor) -> Tensor:
    """Mean absolute difference of neighbouring errors [B, 3, H, W] at three scales: wrong edges cost more than wrong shades."""
    total = error.new_zeros(())
    for _ in range(3):
        total = total + (error[..., 1:] - error[..., :-1]).abs().mean()
        total = total + (error[..., 1:, :] - error[..., :-1, :]).abs().mean()
        error = F.avg_pool2d(error, 2)
    return total


def texture_loss(decoded: Tensor, image: Tensor) -> Tensor:
    """How far the roughness of `decoded` is from that of `image`, both [B, 3, H, W] and 48 px or more: a lawn should be as rough
    as the true one and a sky as smooth, even where no code tells which blade of grass lies where.

    Compared at each scale and in each direction of its own: of the sum alone, a chequered pattern would be the cheapest part.
    More of what repeats from token to token than the image has costs most of all, because it is seen as a grid.
    """
    grid = GRID_WEIGHT * F.relu(_repeated(decoded) - _repeated(image)).mean()
    differences = []
    for _ in range(SCALES):
        differences += [(a - b).abs().mean() for a, b in zip(_roughness(decoded), _roughness(image))]
        decoded, image = F.avg_pool2d(decoded, 2), F.avg_pool2d(image, 2)
    return torch.stack(differences).mean() + grid


def _roughness(image: Tensor) -> list[Tensor]:
    """Logs of the mean squared differences across, down and diagonally (Haar), over windows that overlap by half."""
    a, b, c, d = image[..., :-1, :-1], image[..., :-1, 1:], image[..., 1:, :-1], image[..., 1:, 1:]
    bands = torch.cat([(b + d - a - c) / 2, (c + d - a - b) / 2, (a + d - b - c) / 2]).square().mean(1, keepdim=True)
    return list((F.avg_pool2d(bands, WINDOW, WINDOW // 2) + ROUGHNESS_FLOOR).log().chunk(3))


def _repeated(image: Tensor) -> Tensor:
    """[B, n, m]: the log of the fine detail that the tokens of a block of REPEATS x REPEATS have in common."""
    fine = image - F.avg_pool2d(F.pad(image, (2, 2, 2, 2), mode="reflect"), 5, 1)
    block = REPEATS * DOWNSAMPLE
    fine = fine[..., :fine.shape[2] // block * block, :fine.shape[3] // block * block]
    fine = fine.unflatten(3, (-1, REPEATS, DOWNSAMPLE)).unflatten(2, (-1, REPEATS, DOWNSAMPLE))  # [B, 3, n, R, 8, m, R, 8]
    return (fine.mean((3, 6)).square().mean((1, 3, 5)) + REPEATED_FLOOR).log()


def reconstruction_loss(decoded: Tensor, image: Tensor, log_mse_weight: float) -> Loss:
    """Of pictures [B, 3, H, W]. The mean of each crop's log error gives even areas, whose errors are small but visible, the
    same weight as busy ones; its gradient is that of the PSNR in dB, up to a factor."""
    error = decoded - image
    mse = error.square().mean((1, 2, 3))
    loss = error.abs().mean() + mse.mean() + GRADIENT_WEIGHT * gradient_loss(error)
    loss = loss + log_mse_weight * (mse + LOG_MSE_FLOOR).log().mean()
    return loss, {"l1": error.detach().abs().mean(), "psnr": 10 * torch.log10(4 / mse.detach().mean())}


def noise_loss(model: Tokenizer, image: Tensor, log_mse_weight: float) -> Loss:
    """Before the codes start, noise takes the place of quantisation.

    Codes that learn from the first step on settle on the few directions that vary most (brightness, blue against orange),
    and the decoder never learns the others. Under noise the encoder first spreads everything that matters over the sphere.
    """
    with mixed(image.device):
        z = model.encoder(image)[1]
        decoded = model.decoder(z + NOISE * torch.randn_like(z)).float()
    return reconstruction_loss(decoded, image, log_mse_weight)


def joint_loss(model: Tokenizer, image: Tensor, log_mse_weight: float, rate_term: RateTerm | None) -> Loss:
    """Of encoder, codebook and decoder, with straight-through gradients (van den Oord et al. 2017). Moves the codebook, too."""
    with mixed(image.device):
        features, z = model.encoder(image)  # z: [B, D, h, w] float32, unit length
        z, ids = model.compensation(features, z, model.codebook)
    chosen = model.codebook.lookup(ids)
    with mixed(image.device):
        decoded = model.decoder(z + (chosen - z).detach()).float()
    loss, figures = reconstruction_loss(decoded, image, log_mse_weight)
    commitment = (z - chosen).square().sum(1).mean()
    usage = torch.bincount(ids.flatten(), minlength=CODES).float() / ids.numel()
    figures |= {"commitment": commitment.detach(), "replaced": model.codebook.update(z.detach(), ids),
                "perplexity": torch.exp(-(usage * usage.clamp_min(1e-10).log()).sum())}
    loss = loss + COMMITMENT_WEIGHT * commitment
    if rate_term:
        rate, figures["bits"] = rate_term(z, ids, model.codebook)
        loss = loss + rate
    return loss, figures
