"""The model, as a function from pixels (1, INPUT_SIZE, INPUT_SIZE, 3) to probabilities (4,)."""

import os
from collections.abc import Callable

import numpy as np
from pixels import INPUT_SIZE

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
Forward = Callable[[np.ndarray], np.ndarray]


def load_engine(name: str) -> Forward:
    forward = {"tensorflow": load_tensorflow, "onnxruntime": load_onnxruntime}[name]()
    forward(np.zeros((1, INPUT_SIZE, INPUT_SIZE, 3), np.float32))
    return forward


def load_tensorflow() -> Forward:
    import keras
    import tensorflow as tf

    tf.config.threading.set_intra_op_parallelism_threads(int(os.environ.get("THREADS", "1")))
    tf.config.threading.set_inter_op_parallelism_threads(1)
    model = keras.saving.load_model(os.environ["MODEL_FILE"], compile=False)
    run = tf.function(lambda pixels: model(pixels, training=False))
    return lambda pixels: run(tf.constant(pixels)).numpy()[0]


def load_onnxruntime() -> Forward:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(os.environ["ONNX_FILE"], options, providers=["CPUExecutionProvider"])
    name = session.get_inputs()[0].name
    return lambda pixels: session.run(None, {name: pixels})[0][0]
