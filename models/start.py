"""Where training begins: ported weights, a ridge regression to the teacher, task branches fitted on still features."""

import keras
import numpy as np
import torch
import torch.nn.functional as functional
from numpy.typing import NDArray

from models import precision
from models.batches import class_weights
from models.data import Faces
from models.linear import ridge, turn
from models.losses import task_loss
from models.pretrained import Weights
from models.tasks import Task
from models.torch_ops import resized

Floats = NDArray[np.float32]
Rows = NDArray[np.intp]


def port(model: keras.Model, weights: Weights) -> None:
    """Give each named layer its kernel and bias."""
    for name, (kernel, bias) in weights.items():
        model.get_layer(name).set_weights([np.ascontiguousarray(kernel), bias])


def infer(model: keras.Model, faces: Faces, rows: Rows, batch_size: int = 128) -> dict[str, Floats]:
    """Run a model on the middles of some crops.

    Args:
        model: A Keras model whose output is a dictionary of (n, size) tensors.
        faces: All faces.
        rows: Which of them.
        batch_size: Faces at a time.

    Returns:
        Each output, (rows, size) float32.
    """
    parts, side_px = [], model.input_shape[1]
    with torch.inference_mode(), precision.autocast():
        for start in range(0, len(rows), batch_size):
            middles = torch.from_numpy(faces.middle(rows[start : start + batch_size])).float()
            images = resized(middles, side_px, side_px)
            parts.append({name: value.float().numpy() for name, value in model(images, training=False).items()})
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def fit_embedding(model: keras.Model, features: Floats, wanted: Floats) -> None:
    """Set the embedding layer to what gives the teacher's embeddings best.

    Args:
        model: A desk network.
        features: (n, channels) pooled features of some training faces.
        wanted: (n, 128) what the teacher gives for them.
    """
    model.get_layer("embedding_linear").set_weights(list(ridge(features, wanted)))


def turn_embedding(model: keras.Model, features: Floats, wanted: Floats) -> None:
    """Turn a shipped network's embedding layer back to the teacher's directions, no further than these faces tell.

    What ships is evened out (`models.even`), what a run learns from is not.

    Args:
        model: A desk network with all its weights.
        features: (n, channels) pooled features of some training faces.
        wanted: (n, 128) what the teacher gives for them.
    """
    layer = model.get_layer("embedding_linear")
    kernel, bias = layer.get_weights()
    turning, shift = turn(features @ kernel + bias, wanted)
    layer.set_weights([kernel @ turning, bias @ turning + shift])


def fit_branch(model: keras.Model, task: Task, features: Floats, shares: Floats, steps: int = 400) -> None:
    """Train one task's two layers for a moment; nothing is done where no face is labelled.

    Args:
        model: A desk network; the task's branch is set.
        task: Which.
        features: (n, channels) pooled features of some training faces.
        shares: (n, classes) of `models.batches.Targets`.
        steps: Of 256 faces each.
    """
    known = np.flatnonzero(shares.any(axis=1))
    if not len(known):
        return
    inner, outer = model.get_layer(f"{task.name}_branch"), model.get_layer(task.name)
    size = np.sqrt(features.var(axis=0).mean())
    inner.kernel.assign(inner.kernel.value / float(size))
    parameters = [layer_weight.value for layer in (inner, outer) for layer_weight in layer.trainable_variables]
    optimiser = torch.optim.Adam(parameters, lr=1e-3)
    weights = torch.from_numpy(class_weights(shares))
    rng = np.random.default_rng(0)
    for _ in range(steps):
        rows = rng.choice(known, 256)
        hidden = functional.relu(torch.from_numpy(features[rows]) @ parameters[0] + parameters[1])
        hidden = functional.dropout(hidden, 0.3)
        probabilities = torch.softmax(hidden @ parameters[2] + parameters[3], dim=1)
        loss = task_loss(probabilities, torch.from_numpy(shares[rows]), weights)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
