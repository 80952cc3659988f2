"""In which floating-point type this machine trains fastest."""

from pathlib import Path

import torch

CPU_FLAGS = Path("/proc/cpuinfo")


def trains_in_bfloat16(flags: Path = CPU_FLAGS) -> bool:
    """Tell whether the processor multiplies bfloat16 itself.

    With AMX or AVX512-BF16 a step takes half the time it takes in float32. Without, PyTorch emulates it: MobileNet
    then learns 3 crops a second instead of 84 (two AVX2 cores).
    """
    try:
        known = flags.read_text().split()
    except OSError:
        return False
    return "amx_bf16" in known or "avx512_bf16" in known


def policy() -> str:
    """Give the Keras dtype policy to train with."""
    return "mixed_bfloat16" if trains_in_bfloat16() else "float32"


def autocast() -> torch.autocast:
    """Compute in bfloat16 inside the block where the processor can."""
    return torch.autocast("cpu", torch.bfloat16, enabled=trains_in_bfloat16())
