"""Where training begins: ported weights, a ridge regression to the teacher, task branches fitted on still features."""

import keras
import numpy as np
import torch
import torch.nn.functional as functional
from numpy.typing import NDArray

from models import precision
from models.batches import Targets, class_weights
from models.data import Faces
from models.losses import task_loss
from models.pretrained import Weights
from models.tasks import TASKS, Task
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


def fit_heads(model: keras.Model, features: Floats, targets: Targets, rows: Rows) -> None:
    """Fit the embedding layer and the task branches on features of a backbone that stays as it is.

    Args:
        model: A desk network; its embedding layer and branches are set.
        features: (rows, channels) pooled features of some training faces.
        targets: What all faces should give.
        rows: Which faces the features belong to.
    """
    kernel, bias = ridge(features, targets.embedding[rows])
    model.get_layer("embedding_linear").set_weights([kernel, bias])
    for task in TASKS:
        _fit_branch(model, task, features, targets.tasks[task.name][rows])


def turn_embedding(model: keras.Model, embeddings: Floats, wanted: Floats) -> None:
    """Turn a shipped network's embedding layer back to the teacher's directions, no further than these faces tell.

    What ships is evened out (`models.even`), what a run learns from is not.

    Args:
        model: A desk network with all its weights.
        embeddings: (n, 128) what its embedding layer gives for some training faces, not yet of unit length.
        wanted: (n, 128) what the teacher gives for them.
    """
    size = float((embeddings * wanted).sum() / (embeddings**2).sum())
    turn, shift = ridge(embeddings, wanted - size * embeddings)
    turn += size * np.eye(len(turn), dtype=np.float32)
    layer = model.get_layer("embedding_linear")
    kernel, bias = layer.get_weights()
    layer.set_weights([kernel @ turn, bias @ turn + shift])


def ridge(features: Floats, wanted: Floats, strength: float = 0.05) -> tuple[Floats, Floats]:
    """Regress (n, outputs) on (n, channels) with a penalty relative to the features' variance."""
    mean, wanted_mean = features.mean(axis=0), wanted.mean(axis=0)
    centred = (features - mean).astype(np.float64)
    covariance = centred.T @ centred / len(centred)
    penalty = strength * np.trace(covariance) / len(covariance) * np.eye(len(covariance))
    kernel = np.linalg.solve(covariance + penalty, centred.T @ (wanted - wanted_mean) / len(centred))
    return kernel.astype(np.float32), (wanted_mean - mean @ kernel).astype(np.float32)


def _fit_branch(model: keras.Model, task: Task, features: Floats, shares: Floats, steps: int = 400) -> None:
    """Train one task's two layers for a moment."""
    inner, outer = model.get_layer(f"{task.name}_branch"), model.get_layer(task.name)
    size = np.sqrt(features.var(axis=0).mean())
    inner.kernel.assign(inner.kernel.value / float(size))
    parameters = [layer_weight.value for layer in (inner, outer) for layer_weight in layer.trainable_variables]
    optimiser = torch.optim.Adam(parameters, lr=1e-3)
    weights = torch.from_numpy(class_weights(shares))
    known = np.flatnonzero(shares.any(axis=1))
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
