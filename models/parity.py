"""How near an exported file comes to the network it was made from, and whether XNNPACK runs all of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from ai_edge_litert.interpreter import Interpreter
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Outputs = dict[str, Floats]

SMALLEST_COSINE = {"fp32": 0.9999, "fp16": 0.999, "int8": 0.985}
SMALLEST_AGREEMENT = {"fp32": 0.995, "fp16": 0.995, "int8": 0.97}


@dataclass(frozen=True, slots=True)
class Parity:
    """Agreement of a file with Keras on the same crops.

    Attributes:
        precision: Of the file.
        crops: How many were compared.
        cosine: Mean cosine between the embeddings.
        lowest_cosine: The lowest of them.
        agreement: Share of equal answers by task.
    """

    precision: str
    crops: int
    cosine: float
    lowest_cosine: float
    agreement: dict[str, float]

    def section(self) -> dict[str, float]:
        """Give what the card says of it."""
        shares = {f"same_{task}": round(share, 4) for task, share in self.agreement.items()}
        return {"crops": self.crops, "embedding_cosine": round(self.cosine, 4), **shares, "holds": self.holds}

    @property
    def holds(self) -> bool:
        """Whether it is near enough to ship."""
        near = self.cosine >= SMALLEST_COSINE[self.precision]
        return near and all(share >= SMALLEST_AGREEMENT[self.precision] for share in self.agreement.values())


def compare(precision: str, keras_outputs: Outputs, file_outputs: Outputs, tasks: Sequence[str]) -> Parity:
    """Compare outputs (n, size) of the same n crops."""
    cosine = (keras_outputs["embedding"] * file_outputs["embedding"]).sum(axis=1)
    agreement = {
        task: float(np.mean(keras_outputs[task].argmax(axis=1) == file_outputs[task].argmax(axis=1))) for task in tasks
    }
    return Parity(precision, len(cosine), float(cosine.mean()), float(cosine.min()), agreement)


def operations_outside_xnnpack(path: Path) -> tuple[str, ...]:
    """Name the operations that XNNPACK does not take over.

    When it takes all of them, the interpreter holds one delegate node whose outputs are the network's own. Otherwise
    the graph falls into parts, and what lies between them is named here.
    """
    interpreter = Interpreter(model_path=str(path), num_threads=1)
    interpreter.allocate_tensors()
    nodes = interpreter._get_ops_details()
    delegates = [node for node in nodes if node["op_name"] == "DELEGATE"]
    covered = {int(index) for node in delegates for index in node["outputs"]}
    wanted = {int(detail["index"]) for detail in interpreter.get_output_details()}
    if len(delegates) == 1 and wanted <= covered:
        return ()
    inputs = {int(index) for node in delegates for index in node["inputs"]}
    outside = [node for node in nodes if node["op_name"] != "DELEGATE" and inputs & {int(i) for i in node["outputs"]}]
    return tuple(str(node["op_name"]) for node in outside) or ("unknown",)
