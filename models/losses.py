"""What the desk form learns from, on PyTorch: the teacher, labelled persons, and the further tasks."""

import torch
import torch.nn.functional as functional
from torch import Tensor

from models.settings import LossWeights

UNLABELLED = -1


def distillation(embedding: Tensor, teacher: Tensor) -> Tensor:
    """Give the mean of 1 - cosine between unit rows (n, d); rows without a teacher are zero and count 0."""
    return (_taught(teacher) - (embedding * teacher).sum(dim=1)).mean()


def relation(embedding: Tensor, teacher: Tensor) -> Tensor:
    """Give the mean squared difference of the similarity matrices (n, n), diagonal left out (Park et al. 2019)."""
    taught = _taught(teacher)
    difference = (embedding @ embedding.T - teacher @ teacher.T) * torch.outer(taught, taught)
    return (difference**2).sum() / (len(embedding) * (len(embedding) - 1))


def _taught(teacher: Tensor) -> Tensor:
    """Give 1 for each row with a teacher and 0 for the others, (n,)."""
    return (teacher != 0).any(dim=1).to(teacher.dtype)


def identity(embedding: Tensor, centres: Tensor, labels: Tensor, weights: LossWeights) -> Tensor:
    """Classify labelled faces among the trained persons with a cosine margin (CosFace, Wang et al. 2018).

    Args:
        embedding: (n, d) unit rows.
        centres: (persons, d) one direction per person, of any length.
        labels: (n,) person, -1 where not labelled.
        weights: Margin and scale.

    Returns:
        Mean cross-entropy of the labelled faces; 0 when there is none.
    """
    labelled = labels != UNLABELLED
    if not labelled.any():
        return embedding.sum() * 0.0
    cosine = embedding[labelled] @ functional.normalize(centres, dim=1).T
    margin = weights.margin * functional.one_hot(labels[labelled], len(centres))
    return functional.cross_entropy(weights.scale * (cosine - margin), labels[labelled])


def task_loss(probabilities: Tensor, shares: Tensor, class_weights: Tensor) -> Tensor:
    """Give the class-weighted cross-entropy over the labelled rows, 0 when there is none.

    Args:
        probabilities: (n, classes) from the network's softmax.
        shares: (n, classes) how far a face belongs to each class; zeros where it is not labelled.
        class_weights: (classes,).

    Returns:
        The mean over all rows of the batch, so that a batch with few labels pulls little.
    """
    log = torch.log(probabilities.clamp_min(1e-6))
    return -(shares * class_weights * log).sum() / len(shares)
