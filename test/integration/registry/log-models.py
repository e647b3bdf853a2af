"""Logs Keras, TensorFlow and ONNX models to MLflow the ways its users do, and says what each answers.

    log-models.py PACKAGED_MODEL OUTPUT   (MLFLOW_TRACKING_URI and the S3 settings from the environment)

OUTPUT becomes JSON: {"<case>": {"name", "version", "probabilities"}}: the registered model's name and version, and
real Keras's or TensorFlow's answer to the picture whose value i is (37 i) mod 256.
"""

import json
import os
import pathlib
import runpy
import shutil
import sys
import tempfile

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")
# What a model requires is found by loading it in another process, half a minute each; the defaults will do here.
os.environ.setdefault("MLFLOW_REQUIREMENTS_INFERENCE_TIMEOUT", "0")

import keras  # noqa: E402
import mlflow  # noqa: E402
import mlflow.keras  # noqa: E402
import mlflow.onnx  # noqa: E402
import mlflow.tensorflow  # noqa: E402
import numpy as np  # noqa: E402
import onnx  # noqa: E402
import tensorflow as tf  # noqa: E402
from mlflow.models import ModelSignature  # noqa: E402
from mlflow.types.schema import Schema, TensorSpec  # noqa: E402
from onnx import TensorProto, helper  # noqa: E402

keras.utils.set_random_seed(7)
small = 32
results = {}


def picture(size):
    values = np.arange(size * size * 3, dtype=np.int64) * 37 % 256
    return values.astype("float32").reshape(1, size, size, 3)


def add(case, name, version, probabilities):
    answer = [float(value) for value in np.asarray(probabilities).reshape(-1)]
    results[case] = {"name": name, "version": str(version), "probabilities": answer}


def make_small_model():
    image = keras.Input((small, small, 3), name="image")
    x = keras.layers.Rescaling(1 / 255.0)(image)
    x = keras.layers.Conv2D(8, 3, activation="relu")(x)
    x = keras.layers.GlobalAveragePooling2D()(x)
    return keras.Model(image, keras.layers.Dense(4, activation="softmax")(x))


def log_as_the_guide_does(model):
    """Runs the snippet of the guide as it stands there."""
    runpy.run_path(str(pathlib.Path(__file__).with_name("guide-snippet.py")), init_globals={"model": model})


def latest(name):
    versions = mlflow.MlflowClient().search_model_versions(f"name = '{name}'")
    return max(int(version.version) for version in versions)


def log_small(case, log, answer):
    name = f"python-{case}"
    with mlflow.start_run():
        log(name)
    if case != "described":
        name_classes(name, latest(name))
    add(case, name, latest(name), answer)


def name_classes(name, version):
    """Only the default model's name says what its classes are."""
    mlflow.MlflowClient().set_model_version_tag(name, version, "labels", "p0, p1, p2, p3")


class Module(tf.Module):
    def __init__(self):
        super().__init__()
        self.weights = tf.Variable(tf.random.normal([3, 4], stddev=0.02), name="weights")

    @tf.function(input_signature=[tf.TensorSpec([None, small, small, 3], tf.float32, name="image")])
    def __call__(self, image):
        return {"probabilities": tf.nn.softmax(tf.reduce_mean(image, [1, 2]) @ self.weights)}


class LogitsModule(Module):
    @tf.function(input_signature=[tf.TensorSpec([None, small, small, 3], tf.float32, name="image")])
    def __call__(self, image):
        return {"logits": tf.reduce_mean(image, [1, 2]) @ self.weights}


class FailingModule(Module):
    """Fails for pictures that begin with the value 77; a version is tried with none of those."""

    @tf.function(input_signature=[tf.TensorSpec([None, small, small, 3], tf.float32, name="image")])
    def __call__(self, image):
        tf.debugging.assert_none_equal(image[:, 0, 0, 0], 77.0)
        return {"probabilities": tf.nn.softmax(tf.reduce_mean(image, [1, 2]) @ self.weights)}


def make_onnx_model():
    weights = np.random.default_rng(7).normal(size=(3, 4), scale=0.02).astype("float32")
    nodes = [
        helper.make_node("ReduceMean", ["image", "axes"], ["mean"], keepdims=0),
        helper.make_node("MatMul", ["mean", "weights"], ["logits"]),
        helper.make_node("Softmax", ["logits"], ["probabilities"], axis=1),
    ]
    graph = helper.make_graph(
        nodes,
        "small",
        [helper.make_tensor_value_info("image", TensorProto.FLOAT, ["N", small, small, 3])],
        [helper.make_tensor_value_info("probabilities", TensorProto.FLOAT, ["N", 4])],
        [
            onnx.numpy_helper.from_array(np.array([1, 2], np.int64), "axes"),
            onnx.numpy_helper.from_array(weights, "weights"),
        ],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=9)
    logits = picture(small).mean(axis=(1, 2)) @ weights
    exponentials = np.exp(logits - logits.max())
    return model, exponentials / exponentials.sum()


def main(packaged_file, output):
    packaged = keras.models.load_model(packaged_file, compile=False)
    mlflow.set_experiment("python-models")
    log_as_the_guide_does(packaged)
    size = packaged.input_shape[1]
    add("guide", "eye-disease-model", latest("eye-disease-model"), packaged.predict(picture(size), verbose=0))

    model = make_small_model()
    answer = model.predict(picture(small), verbose=0)
    signature = ModelSignature(
        inputs=Schema([TensorSpec(np.dtype("float32"), (-1, small, small, 3))]),
        outputs=Schema([TensorSpec(np.dtype("float32"), (-1, 4))]),
    )
    folder = tempfile.mkdtemp()

    log_small(
        "h5",
        lambda name: mlflow.tensorflow.log_model(
            model=model, name="model", registered_model_name=name, keras_model_kwargs={"save_format": "h5"}
        ),
        answer,
    )
    log_small("keras-flavor", lambda name: mlflow.keras.log_model(model, name="model", registered_model_name=name), answer)
    log_small(
        "exported",
        lambda name: mlflow.keras.log_model(
            model, name="model", registered_model_name=name, save_exported_model=True, signature=signature
        ),
        answer,
    )
    module = Module()
    log_small(
        "tf-module",
        lambda name: mlflow.tensorflow.log_model(
            model=module, name="model", registered_model_name=name, signature=signature
        ),
        module(picture(small))["probabilities"],
    )
    for tensorflow_module in (module, FailingModule()):
        with mlflow.start_run():
            mlflow.tensorflow.log_model(
                model=tensorflow_module, name="model", registered_model_name="python-failing", signature=signature
            )
        name_classes("python-failing", latest("python-failing"))
    add("failing", "python-failing", 2, [])
    onnx_model, onnx_answer = make_onnx_model()
    log_small(
        "onnx", lambda name: mlflow.onnx.log_model(onnx_model, name="model", registered_model_name=name), onnx_answer
    )

    logits_module = LogitsModule()
    probabilities = tf.nn.softmax(logits_module(picture(small))["logits"])
    for case, metadata in {"tf-logits": {}, "tf-logits-declared": {"activation": "softmax"}}.items():
        log_small(
            case,
            lambda name: mlflow.tensorflow.log_model(
                model=logits_module, name="model", registered_model_name=name, signature=signature, metadata=metadata
            ),
            probabilities,
        )

    # As PyTorch's exporter leaves a model: its weights in a file beside it.
    beside = f"{folder}/model.onnx"
    onnx.save(
        onnx_model, beside, save_as_external_data=True, location="model.onnx.data", size_threshold=64, convert_attribute=False
    )
    log_small(
        "onnx-data-loaded",
        lambda name: mlflow.onnx.log_model(onnx.load(beside), name="model", registered_model_name=name),
        onnx_answer,
    )

    def log_onnx_files(name):
        saved = f"{folder}/saved-onnx"
        mlflow.onnx.save_model(onnx.load(beside), saved)
        for file in ("model.onnx", "model.onnx.data"):
            shutil.copy(f"{folder}/{file}", f"{saved}/{file}")
        mlflow.log_artifacts(saved, "model")
        mlflow.register_model(f"runs:/{mlflow.active_run().info.run_id}/model", name)

    log_small("onnx-data-copied", log_onnx_files, onnx_answer)

    def log_under_the_run(name):
        mlflow.tensorflow.save_model(model, f"{folder}/saved")
        mlflow.log_artifacts(f"{folder}/saved", "model")
        mlflow.register_model(f"runs:/{mlflow.active_run().info.run_id}/model", name)

    log_small("runs-uri", log_under_the_run, answer)

    def log_described(name):
        mlflow.log_param("class_names", ["p0", "p1", "p2", "p3"])
        contract = f"{folder}/model-contract.json"
        with open(contract, "w") as file:
            json.dump({"temperature": 2}, file)
        info = mlflow.tensorflow.log_model(
            model=model,
            name="model",
            registered_model_name=name,
            extra_files=[contract],
            metadata={"preprocessing": "retina_disc", "temperature": 3},
            signature=signature,
        )
        client = mlflow.MlflowClient()
        for key, value in {"value_range": "0,255", "temperature": "4"}.items():
            client.set_model_version_tag(name, info.registered_model_version, key, value)

    tempered = np.sqrt(answer)
    log_small("described", log_described, tempered / tempered.sum())

    described = results["described"]
    mlflow.MlflowClient().copy_model_version(f"models:/{described['name']}/{described['version']}", "python-copied")
    results["copied"] = {**described, "name": "python-copied", "version": "1"}

    with open(output, "w") as file:
        json.dump(results, file)


main(*sys.argv[1:])
