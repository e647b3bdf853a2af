"""ONNX models as `mlflow.onnx` logs them: ONNX Runtime's own answers are the reference."""

from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import CalibrationDataReader, quantize_static

from .case import Case
from .randomize import pictures

height, width = 16, 12


def channels_first(folder: Path, opset: int = 17) -> Case:
    """[N, 3, height, width], as PyTorch exports it."""
    nodes = [
        helper.make_node("Mul", ["image", "scale"], ["scaled"]),
        helper.make_node("Conv", ["scaled", "kernel", "bias"], ["convolved"], strides=[2, 2]),
    ]
    return write(folder, ["N", 3, height, width], nodes, to_onnx_order, opset)


def channels_last(folder: Path) -> Case:
    """[N, height, width, 3], as tf2onnx exports it."""
    nodes = [
        helper.make_node("Mul", ["image", "scale"], ["scaled"]),
        helper.make_node("Transpose", ["scaled"], ["turned"], perm=[0, 3, 1, 2]),
        helper.make_node("Conv", ["turned", "kernel", "bias"], ["convolved"], strides=[2, 2]),
    ]
    return write(folder, ["N", height, width, 3], nodes, lambda image: image)


def external_data(folder: Path) -> Case:
    """Tensors in a file of their own, as mlflow.onnx writes them by default."""
    case = channels_last(folder)
    onnx.save(onnx.load(folder / "model.onnx"), folder / "model.onnx", save_as_external_data=True, location="tensors", size_threshold=0)
    return case


def quantised(folder: Path) -> Case:
    """Weights, values and even the probabilities in 8 bits."""
    inputs = channels_first(folder).inputs
    quantize_static(folder / "model.onnx", folder / "model.onnx", OnePass(to_onnx_order(inputs)))
    return answered_by_onnx(folder, inputs, to_onnx_order)


class OnePass(CalibrationDataReader):
    def __init__(self, image: np.ndarray):
        self.feeds = iter([{"image": image}])

    def get_next(self):
        return next(self.feeds, None)


def to_onnx_order(image: np.ndarray) -> np.ndarray:
    return np.ascontiguousarray(image.transpose(0, 3, 1, 2))


def write(folder: Path, shape: list, first_nodes: list, arrange, opset: int = 17) -> Case:
    random = np.random.default_rng(5)
    weights = {
        "kernel": random.normal(0, 0.5, (4, 3, 3, 3)).astype("float32"),
        "scale": np.float32(1 / 255),
        "bias": random.normal(0, 0.1, 4).astype("float32"),
    }
    nodes = first_nodes + [
        helper.make_node("GlobalMaxPool", ["convolved"], ["pooled"]),
        helper.make_node("Flatten", ["pooled"], ["flat"]),
        helper.make_node("Softmax", ["flat"], ["probabilities"], axis=1),
    ]
    graph = helper.make_graph(
        nodes,
        "classifier",
        [helper.make_tensor_value_info("image", TensorProto.FLOAT, shape)],
        [helper.make_tensor_value_info("probabilities", TensorProto.FLOAT, ["N", 4])],
        [numpy_helper.from_array(values, name) for name, values in weights.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)], ir_version=8)
    onnx.checker.check_model(model)
    onnx.save(model, folder / "model.onnx")
    return answered_by_onnx(folder, pictures((height, width, 3)), arrange)


def answered_by_onnx(folder: Path, inputs: np.ndarray, arrange) -> Case:
    session = onnxruntime.InferenceSession(folder / "model.onnx", providers=["CPUExecutionProvider"])
    outputs = session.run(None, {"image": arrange(inputs)})[0]
    return Case("onnx", "model.onnx", inputs, outputs)


makers = {
    "onnx_channels_first": channels_first,
    "onnx_channels_last": channels_last,
    "onnx_external_data": external_data,
    "onnx_quantised": quantised,
    **{f"onnx_opset_{opset}": lambda folder, opset=opset: channels_first(folder, opset) for opset in (7, 11, 13, 20)},
}
