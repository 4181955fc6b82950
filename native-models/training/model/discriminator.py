"""A patch discriminator (Isola et al. 2017) with spectral normalisation (Miyato et al. 2018). Used in training, never shipped."""

from torch import nn


class PatchDiscriminator(nn.Sequential):
    """[B, 3, H, W] -> scores [B, 1, H/8, W/8], high for real pictures. Each score sees a patch of 46 px."""

    def __init__(self, width: int = 48):
        """width: channels of the first convolution."""

        def conv(inputs: int, outputs: int, size: int, stride: int) -> nn.Module:
            return nn.utils.parametrizations.spectral_norm(
                nn.Conv2d(inputs, outputs, size, stride, padding=(size - stride + 1) // 2)
            )

        super().__init__(
            conv(3, width, 4, 2), nn.LeakyReLU(0.2),
            conv(width, 2 * width, 4, 2), nn.LeakyReLU(0.2),
            conv(2 * width, 4 * width, 4, 2), nn.LeakyReLU(0.2),
            conv(4 * width, 1, 3, 1),
        )
