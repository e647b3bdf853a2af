"""What a training leaves: the model, its contract, its figures; and a version in the MLflow registry."""

import json
import os
from pathlib import Path

import keras

from disc import CROP_SIZE, MASK_RADIUS
from photographs import LABELS

MODEL_NAME = os.environ.get("MLFLOW_MODEL_NAME", "eye-disease-model")


def make_contract(size: int, temperature: float, trust: dict, version: str | None = None) -> dict:
    """The fields of shared/contracts/model.ts."""
    return {
        **({"version": version} if version else {}),
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


def write_files(folder: Path, model: keras.Model, contract: dict, figures: dict) -> None:
    """`model.keras`, `model-contract.json` and `figures.json`."""
    folder.mkdir(parents=True, exist_ok=True)
    model.save(folder / "model.keras")
    for name, content in (("model-contract", contract), ("figures", figures)):
        (folder / f"{name}.json").write_text(json.dumps(content, indent=2) + "\n")


def register(folder: Path, model: keras.Model, contract: dict, card: Path, figures: dict) -> str:
    """Logs the model as the guide does and returns the number of its new version."""
    import mlflow

    mlflow.set_experiment(os.environ.get("MLFLOW_EXPERIMENT_NAME", "eye-disease-classifier"))
    with mlflow.start_run(run_name="training"):
        mlflow.log_metrics({name: value for name, value in figures.items() if isinstance(value, float)})
        mlflow.log_artifact(str(folder / "figures.json"))
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
