"""Kernels most of whose weights become zero while they train (Zhu and Gupta 2017), so that their files compress well.

A zero is only held when the kernels are trimmed; between two trims it may grow back. How dense each kernel stays
follows its shape (Erdős-Rényi-kernel, Evci et al. 2020): large kernels can spare more of their weights.
"""

from collections.abc import Sequence

import torch
from torch import Tensor

TRIM_EVERY_STEPS = 32
TRIMMED_BY = 0.6
"""Progress of the run at which the kernels are as sparse as they are meant to be; the rest of it mends them."""


def zeros_at(progress: float, zeros: float) -> float:
    """Give the share of zeros that is due at some progress (0 to 1) of a run that ends with a share of `zeros`."""
    to_come = max(0.0, 1.0 - progress / TRIMMED_BY)
    return zeros * (1.0 - to_come**3)


def densities(kernels: Sequence[Tensor], zeros: float) -> list[float]:
    """Give the share of weights that each kernel (height, width, in, out) keeps so that `zeros` of all become zero."""
    sizes = torch.tensor([float(kernel.numel()) for kernel in kernels])
    weight = torch.tensor([float(sum(kernel.shape)) for kernel in kernels]) / sizes
    low, high = 0.0, float(1.0 / weight.min())
    for _ in range(50):
        middle = (low + high) / 2.0
        kept = float((sizes * (middle * weight).clamp_max(1.0)).sum())
        low, high = (middle, high) if kept < (1.0 - zeros) * float(sizes.sum()) else (low, middle)
    return [float(density) for density in (high * weight).clamp_max(1.0)]


@torch.no_grad()  # type: ignore[untyped-decorator]
def trim(kernels: Sequence[Tensor], averages: Sequence[Tensor], zeros: float) -> None:
    """Set the smallest weights of each kernel to zero, and their averages; each output channel has a scale of its own.

    Args:
        kernels: (height, width, in, out) each.
        averages: The running average of each kernel.
        zeros: Share of zeros among all weights of all kernels.
    """
    for kernel, average, density in zip(kernels, averages, densities(kernels, zeros), strict=True):
        size = kernel.abs() / kernel.square().mean(dim=(0, 1, 2)).sqrt().clamp_min(1e-12)
        smallest = round((1.0 - density) * kernel.numel())
        if smallest:
            kept = size > size.flatten().kthvalue(smallest).values
            kernel.mul_(kept)
            average.mul_(kept)
