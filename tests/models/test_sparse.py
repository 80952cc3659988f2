"""Kernels that become sparse."""

from typing import Any

import pytest

torch = pytest.importorskip("torch", reason="training needs PyTorch")

from models.sparse import densities, trim, zeros_at  # noqa: E402

SHAPES = (3, 3, 96, 96), (1, 1, 64, 48), (1, 7, 48, 48)


def kernels() -> list[Any]:
    generator = torch.Generator().manual_seed(0)
    return [torch.randn(shape, generator=generator) for shape in SHAPES]


def test_large_kernels_spare_more_and_the_whole_is_as_asked() -> None:
    kept = densities(kernels(), 0.8)
    assert kept[0] < kept[2] < kept[1]
    sizes = [kernel.numel() for kernel in kernels()]
    assert sum(size * share for size, share in zip(sizes, kept, strict=True)) / sum(sizes) == pytest.approx(0.2)


def test_the_smallest_of_each_channel_become_zero_in_the_average_too() -> None:
    before, averages = kernels(), kernels()
    before[0][..., 0] *= 1000.0
    after = [kernel.clone() for kernel in before]
    trim(after, averages, 0.8)
    assert all(torch.equal(kernel == 0, average == 0) for kernel, average in zip(after, averages, strict=True))
    gone = after[0] == 0
    assert gone[..., 0].float().mean() == pytest.approx(float(gone.float().mean()), abs=0.05)
    assert before[0][..., 1][gone[..., 1]].abs().max() < before[0][..., 1][~gone[..., 1]].abs().min()


def test_zeros_come_early_and_stay() -> None:
    shares = [zeros_at(progress, 0.9) for progress in (0.0, 0.2, 0.4, 0.6, 1.0)]
    assert shares[0] == 0.0
    assert shares == sorted(shares)
    assert shares[3:] == [0.9, 0.9]
