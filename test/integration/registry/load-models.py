"""Loads registered versions with MLflow's Python client and writes what they answer.

    load-models.py OUTPUT NAME/VERSION ...

OUTPUT becomes JSON: {"NAME/VERSION": [probabilities]}, the answers to the picture whose value i is (37 i) mod 256, of
the size that the version's signature gives.
"""

import json
import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")

import mlflow.pyfunc  # noqa: E402
import numpy as np  # noqa: E402


def answer(version):
    model = mlflow.pyfunc.load_model(f"models:/{version}")
    _, height, width, channels = model.metadata.signature.inputs.inputs[0].shape
    values = np.arange(height * width * channels, dtype=np.int64) * 37 % 256
    output = model.predict(values.astype("float32").reshape(1, height, width, channels))
    if isinstance(output, dict):
        (output,) = output.values()
    return [float(value) for value in np.asarray(output).reshape(-1)]


def main(output, *versions):
    answers = {version: answer(version) for version in versions}
    with open(output, "w") as file:
        json.dump(answers, file)


main(*sys.argv[1:])
