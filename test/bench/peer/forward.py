"""Times a model's forward pass in Python, on one picture; one line of JSON.

    forward.py tensorflow model.keras THREADS SECONDS
    forward.py onnxruntime model.onnx THREADS SECONDS
"""

import json
import os
import resource
import sys
import time
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")
engine, file, threads, seconds = sys.argv[1], sys.argv[2], int(sys.argv[3]), float(sys.argv[4])
os.environ["OMP_NUM_THREADS"] = str(threads)

import numpy as np  # noqa: E402

minimum_runs = 20


def load_tensorflow():
    import keras
    import tensorflow as tf

    tf.config.threading.set_intra_op_parallelism_threads(threads)
    tf.config.threading.set_inter_op_parallelism_threads(1)

    def load():
        model = keras.saving.load_model(file, compile=False)
        run = tf.function(lambda pixels: model(pixels, training=False))
        return model.input_shape, lambda pixels: run(tf.constant(pixels)).numpy()

    return load


def load_onnxruntime():
    import onnxruntime

    def load():
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        session = onnxruntime.InferenceSession(file, options, providers=["CPUExecutionProvider"])
        entry = session.get_inputs()[0]
        return entry.shape, lambda pixels: session.run(None, {entry.name: pixels})[0]

    return load


def milliseconds(work) -> float:
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


def resident_mb() -> float:
    text = Path("/proc/self/status").read_text()
    return int(text.split("VmRSS:")[1].split()[0]) / 1024


load = {"tensorflow": load_tensorflow, "onnxruntime": load_onnxruntime}[engine]()
engine_mb = resident_mb()
loaded = []
load_ms = milliseconds(lambda: loaded.append(load()))
(_, height, width, _), run = loaded[0]
values = np.arange(height * width * 3) % 251
pixels = values.reshape(1, height, width, 3).astype("float32")
first_ms = milliseconds(lambda: run(pixels))
times = []
end = time.perf_counter() + seconds
while len(times) < minimum_runs or time.perf_counter() < end:
    times.append(milliseconds(lambda: run(pixels)))
print(
    json.dumps(
        {
            "loadMs": load_ms,
            "firstMs": first_ms,
            "timesMs": times,
            "engineMb": engine_mb,
            "rssMb": resident_mb(),
            "peakMb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            "output": [float(value) for value in run(pixels).ravel()],
        }
    )
)
