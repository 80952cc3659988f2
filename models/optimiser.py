"""AdamW whose steps are relative to the size of what they change, with a running average of the weights."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import torch
from torch import Tensor

BETA_GRADIENT = 0.9
BETA_SQUARE = 0.999
EPSILON = 1e-8
SMALLEST_SCALE = 1e-3


class RelativeAdam:
    """Adam in the units of each output channel.

    Adam's step has the same size for every weight. Kernels with folded batch norms differ by orders of magnitude from
    channel to channel, so the same step rewrites one channel and leaves another as it was. Here each step is
    multiplied by the channel's root mean square at the start, which is Adam on v with kernel = v * scale.

    Attributes:
        parameters: The trained tensors.
        followed: Tensors that something else changes: the statistics of batch norms.
        average: Running averages of both: what is measured and exported.
    """

    def __init__(
        self,
        parameters: list[Tensor],
        followed: Sequence[Tensor] = (),
        decay: float = 1e-4,
        average_over: int = 1000,
    ) -> None:
        self.parameters = parameters
        self.followed = list(followed)
        self.decay = decay
        self.average_over = average_over
        self.steps = 0
        self.scales = [_scale(parameter.detach()) for parameter in parameters]
        self.gradient = [torch.zeros_like(parameter) for parameter in parameters]
        self.square = [torch.zeros_like(parameter) for parameter in parameters]
        self.average = [tensor.detach().clone() for tensor in self._all]

    @torch.no_grad()  # type: ignore[untyped-decorator]
    def step(self, rate: float, largest_norm: float = 1.0) -> float:
        """Change the parameters along their gradients and forget the gradients.

        Args:
            rate: Size of a step relative to the weights.
            largest_norm: Longest gradient, in relative units, that is followed at full length.

        Returns:
            Length of the gradient in relative units.
        """
        gradients = [p.grad if p.grad is not None else torch.zeros_like(p) for p in self.parameters]
        torch._foreach_mul_(gradients, self.scales)
        norm = float(torch.linalg.vector_norm(torch.stack(torch._foreach_norm(gradients))))
        torch._foreach_mul_(gradients, min(1.0, largest_norm / (norm + 1e-12)))
        self.steps += 1
        torch._foreach_lerp_(self.gradient, gradients, 1.0 - BETA_GRADIENT)
        torch._foreach_mul_(self.square, BETA_SQUARE)
        torch._foreach_addcmul_(self.square, gradients, gradients, 1.0 - BETA_SQUARE)
        roots = torch._foreach_sqrt(self.square)
        torch._foreach_div_(roots, (1.0 - BETA_SQUARE**self.steps) ** 0.5)
        torch._foreach_add_(roots, EPSILON)
        change = torch._foreach_div(self.gradient, roots)
        torch._foreach_mul_(change, self.scales)
        torch._foreach_mul_(self.parameters, 1.0 - rate * self.decay)
        torch._foreach_add_(self.parameters, change, alpha=-rate / (1.0 - BETA_GRADIENT**self.steps))
        window = min(self.average_over, 1 + self.steps // 4)
        torch._foreach_lerp_(self.average, self._all, 1.0 / window)
        for parameter in self.parameters:
            parameter.grad = None
        return norm

    @contextmanager
    def averaged(self) -> Iterator[None]:
        """Put the averages in the place of what they are averages of while the block runs."""
        kept = [tensor.detach().clone() for tensor in self._all]
        self._assign(self.average)
        try:
            yield
        finally:
            self._assign(kept)

    def average_of(self, parameter: Tensor) -> Tensor:
        """Give the running average of one of the parameters."""
        return next(mean for own, mean in zip(self.parameters, self.average, strict=False) if own is parameter)

    def state(self) -> dict[str, Any]:
        """Give everything that a later run needs to go on as if it had never stopped."""
        tensors = ("gradient", "square", "average", "scales")
        values = [tensor.detach() for tensor in self._all]
        return {"steps": self.steps, "values": values, **{name: getattr(self, name) for name in tensors}}

    def restore(self, state: dict[str, Any]) -> None:
        """Take back what `state` gave."""
        self.steps = state["steps"]
        self._assign(state["values"])
        for name in ("gradient", "square", "average", "scales"):
            setattr(self, name, list(state[name]))

    @torch.no_grad()  # type: ignore[untyped-decorator]
    def _assign(self, values: list[Tensor]) -> None:
        torch._foreach_copy_(self._all, values)

    @property
    def _all(self) -> list[Tensor]:
        return self.parameters + self.followed


def _scale(parameter: Tensor) -> Tensor:
    """Give the root mean square of each output channel of a kernel, or of a whole bias."""
    if parameter.ndim < 2:
        scale = parameter.square().mean().sqrt()
        return scale.clamp_min(0.1 if scale == 0 else SMALLEST_SCALE)
    depthwise = parameter.ndim == 4 and parameter.shape[-1] == 1 and parameter.shape[-2] > 1
    summed = (0, 1, 3) if depthwise else tuple(range(parameter.ndim - 1))
    return parameter.square().mean(dim=summed, keepdim=True).sqrt().clamp_min(SMALLEST_SCALE)
