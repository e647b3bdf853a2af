"""Logs Keras 2 models (tf-keras) to MLflow, both kinds of file that MLflow makes of them, and says what they answer.

    log-keras-2-models.py OUTPUT   (MLFLOW_TRACKING_URI and the S3 settings from the environment)

A program of its own, because one process has one Keras. OUTPUT becomes JSON as log-models.py makes it.
"""

import json
import os
import sys

os.environ["TF_USE_LEGACY_KERAS"] = "1"
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")
os.environ.setdefault("MLFLOW_REQUIREMENTS_INFERENCE_TIMEOUT", "0")

import mlflow  # noqa: E402
import mlflow.tensorflow  # noqa: E402
import numpy as np  # noqa: E402
import tf_keras as keras  # noqa: E402

side = 32
keras.utils.set_random_seed(7)

model = keras.Sequential(
    [
        keras.layers.Input((side, side, 3)),
        keras.layers.Rescaling(1 / 255.0),
        keras.layers.Conv2D(8, 3, activation="relu"),
        keras.layers.BatchNormalization(moving_variance_initializer=keras.initializers.RandomUniform(0.5, 1.5)),
        keras.layers.GlobalAveragePooling2D(),
        keras.layers.Dense(4, activation="softmax"),
    ]
)
values = np.arange(side * side * 3, dtype=np.int64) * 37 % 256
answer = model.predict(values.astype("float32").reshape(1, side, side, 3), verbose=0)

mlflow.set_experiment("python-models")
results = {}
for case, options in {"keras-2": {}, "keras-2-h5": {"keras_model_kwargs": {"save_format": "h5"}}}.items():
    name = f"python-{case}"
    with mlflow.start_run():
        info = mlflow.tensorflow.log_model(model=model, name="model", registered_model_name=name, **options)
    version = str(info.registered_model_version)
    mlflow.MlflowClient().set_model_version_tag(name, version, "labels", "p0, p1, p2, p3")
    probabilities = [float(value) for value in answer.reshape(-1)]
    results[case] = {"name": name, "version": version, "probabilities": probabilities}

with open(sys.argv[1], "w") as file:
    json.dump(results, file)
