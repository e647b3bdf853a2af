"""What a training produces: the model, its contract, its figures, and a version in the MLflow registry."""

import hashlib
import json
import os
from pathlib import Path

import keras
import numpy as np

from disc import CROP_SIZE, MASK_RADIUS
from photographs import LABELS

MODEL_NAME = os.environ.get("MLFLOW_MODEL_NAME", "eye-disease-model")
REFERENCE_WINDOW = "reference-window.jsonl"


def make_contract(size: int, temperature: float, trust: dict, version: str | None = None) -> dict:
    """The fields of shared/schemas/model.ts."""
    return {
        **({"version": version} if version else {}),
        "reference_window": REFERENCE_WINDOW,
        "labels": LABELS,
        "input": {"height": size, "width": size, "channels": 3, "value_range": [0, 255]},
        "preprocessing": {
            "kind": "retina_disc",
            "crop_size": CROP_SIZE,
            "mask_radius": MASK_RADIUS,
            "interpolation": "area",
        },
        "temperature": temperature,
        "trust": trust,
    }


def make_reference_window(probabilities: np.ndarray, labels: np.ndarray, groups: np.ndarray, confident_from: float) -> str:
    """
    JSON lines of answers to photographs that were held out, patient by patient in the order of a hash, because photographs sorted by class would
    look correlated. The first line keeps the drift analysis from comparing a clinic's classes with these.
    """
    order = sorted(range(len(labels)), key=lambda at: hashlib.sha256(groups[at].encode()).hexdigest())
    rows = [
        {
            "probabilities": {name: round(float(value), 4) for name, value in zip(LABELS, probabilities[at])},
            "label": LABELS[labels[at]],
            "decision": "confident" if probabilities[at].max() >= confident_from else "uncertain",
        }
        for at in order
    ]
    header = {"kind": "reference_window", "compare": False}
    return "".join(json.dumps(line, separators=(",", ":")) + "\n" for line in [header, *rows])


def write_files(folder: Path, model: keras.Model, contract: dict, reference_window: str, figures: dict) -> None:
    """Writes `model.keras`, `model-contract.json`, `reference-window.jsonl` and `figures.json`."""
    folder.mkdir(parents=True, exist_ok=True)
    model.save(folder / "model.keras")
    (folder / REFERENCE_WINDOW).write_text(reference_window)
    for name, content in (("model-contract", contract), ("figures", figures)):
        (folder / f"{name}.json").write_text(json.dumps(content, indent=2) + "\n")


def register(folder: Path, model: keras.Model, contract: dict, card: Path, figures: dict) -> str:
    """Logs the model as the guide does and returns the number of its new version."""
    import mlflow

    mlflow.set_experiment(os.environ.get("MLFLOW_EXPERIMENT_NAME", "eye-disease-classifier"))
    with mlflow.start_run(run_name="training"):
        mlflow.log_metrics({name: value for name, value in figures.items() if isinstance(value, float)})
        for name in ("figures.json", REFERENCE_WINDOW):
            mlflow.log_artifact(str(folder / name))
        info = mlflow.tensorflow.log_model(
            model=model,
            artifact_path="model",
            registered_model_name=MODEL_NAME,
            metadata={"model_contract": contract},
        )
    version = str(info.registered_model_version)
    description = card.read_text() if card.exists() else ""
    mlflow.MlflowClient().update_model_version(MODEL_NAME, version, description[:5000])
    return version
