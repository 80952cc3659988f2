"""The multi-task networks: a backbone, a shared 128-d layer and one small head per task, in two forms.

`desk_network` is what ships: a unit embedding that knows persons it was never trained on, with a branch per further
task. `paper_network` is the network of Aboluhom and Kandilli (Scientific Reports 2025), for the reproduction of its
tables. Both take RGB 0..255 and mask everything outside the face themselves.
"""

import keras
from keras import KerasTensor

from models.backbones import BACKBONES
from models.geometry import INPUT_PX
from models.layers import FacePixels, UnitLength
from models.tasks import TASKS, Task

EMBEDDING_SIZE = 128
LARGEST_STRIDE = 32


def desk_network(backbone: str, tasks: tuple[Task, ...] = TASKS, side_px: int = INPUT_PX) -> keras.Model:
    """Build the network that ships.

    Args:
        backbone: A key of `models.backbones.BACKBONES`.
        tasks: What is answered beside the embedding.
        side_px: Side of the images. The weights are those of any other side; training begins quicker on small ones.

    Returns:
        A model from images (n, side, side, 3) float32 RGB 0..255 to a dictionary: `embedding` (n, 128) of unit length,
        and for each task (n, labels) probabilities, all float32.

    Raises:
        ValueError: The backbone is not known, or the side is no multiple of 32, on which strides go by other pixels.
    """
    image, features = _backbone(backbone, side_px)
    embedding = keras.layers.Dense(EMBEDDING_SIZE, name="embedding_linear", dtype="float32")(features)
    outputs: dict[str, KerasTensor] = {"embedding": UnitLength(name="embedding", dtype="float32")(embedding)}
    for task in tasks:
        branch = keras.layers.Dense(128, activation="relu", name=f"{task.name}_branch", dtype="float32")(features)
        branch = keras.layers.Dropout(0.3, name=f"{task.name}_dropout")(branch)
        outputs[task.name] = _softmax(branch, task.name, len(task.labels))
    return keras.Model(image, outputs, name=backbone)


def paper_network(backbone: str, people: int, dropout: float = 0.5, tasks: tuple[Task, ...] = TASKS) -> keras.Model:
    """Build the paper's network: frozen base, shared Dense(128, ReLU), dropout, a softmax head per task.

    Args:
        backbone: A key of `models.backbones.BACKBONES`.
        people: Number of persons of the `person` head.
        dropout: Share of shared units dropped while training.
        tasks: Heads beside `person`.

    Returns:
        A model from images as in `desk_network` to `person` (n, people) and each task's probabilities.

    Raises:
        ValueError: The backbone is not known.
    """
    image, features = _backbone(backbone)
    base = keras.Model(image, features, name=backbone)
    base.trainable = False
    return keras.Model(image, paper_heads(features, people, dropout, tasks), name=f"{backbone}_paper")


def paper_heads(
    features: KerasTensor, people: int, dropout: float = 0.5, tasks: tuple[Task, ...] = TASKS
) -> dict[str, KerasTensor]:
    """Give what `paper_network` has above the features (n, channels) of its frozen base."""
    shared = keras.layers.Dense(EMBEDDING_SIZE, activation="relu", name="shared")(features)
    return softmax_heads(keras.layers.Dropout(dropout)(shared), people, tasks)


def softmax_heads(x: KerasTensor, people: int, tasks: tuple[Task, ...] = TASKS) -> dict[str, KerasTensor]:
    """Give a softmax over persons and one for each task, all on the same layer (n, channels)."""
    outputs = {"person": _softmax(x, "person", people)}
    return outputs | {task.name: _softmax(x, task.name, len(task.labels)) for task in tasks}


def _backbone(name: str, side_px: int = INPUT_PX) -> tuple[KerasTensor, KerasTensor]:
    """Give the input and the pooled features of a backbone."""
    if name not in BACKBONES:
        raise ValueError(f"Expected a backbone of {', '.join(BACKBONES)}, got {name!r}.")
    if side_px % LARGEST_STRIDE:
        raise ValueError(f"Expected a side that is a multiple of {LARGEST_STRIDE}, got {side_px}.")
    image = keras.Input((side_px, side_px, 3), name="image", dtype="float32")
    return image, BACKBONES[name](FacePixels(name="face_pixels", dtype="float32")(image))


def _softmax(x: KerasTensor, name: str, classes: int) -> KerasTensor:
    return keras.layers.Dense(classes, activation="softmax", name=name, dtype="float32")(x)
