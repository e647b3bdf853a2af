"""The replaced kind of service, as a yardstick: FastAPI with the same model and the same preprocessing.

ENGINE is tensorflow, with THREADS threads, or onnxruntime, with one. TRACKING is one of: none, batched (one log-batch a
prediction), each (every metric a call of its own, as the replaced service did).
"""

import os
import time

import numpy as np
from engines import load_engine
from fastapi import FastAPI, UploadFile
from pixels import LABELS, answer, decode, prepare

TRACKING = os.environ.get("TRACKING", "none")
forward = load_engine(os.environ.get("ENGINE", "tensorflow"))


def metrics_of(probabilities: np.ndarray, inference_ms: float, image: np.ndarray, size: int, count: int) -> dict:
    confidence = float(probabilities.max() * 100)
    return {
        "prediction_inference_time_ms": inference_ms,
        "prediction_confidence": confidence,
        "prediction_count": count,
        **{f"prob_{label}": float(p) for label, p in zip(LABELS, probabilities)},
        "image_width": image.shape[1],
        "image_height": image.shape[0],
        "image_size_bytes": size,
        "session_total_predictions": count,
        "session_avg_inference_time_ms": inference_ms,
        "session_avg_confidence": confidence,
        f"class_dist_{LABELS[int(probabilities.argmax())]}": count,
    }


if TRACKING != "none":
    import mlflow
    from mlflow.entities import Metric

    mlflow.set_experiment("bench-peer")
    run_id = mlflow.start_run(run_name=f"api_session_{int(time.time())}").info.run_id
    client = mlflow.MlflowClient()


def track(metrics: dict, step: int) -> None:
    if TRACKING == "each":
        for name, value in metrics.items():
            mlflow.log_metric(name, value, step=step)
    elif TRACKING == "batched":
        now = int(time.time() * 1000)
        client.log_batch(run_id, [Metric(name, value, now, step) for name, value in metrics.items()])


app = FastAPI()
predictions = 0


@app.post("/predict")
def predict(file: UploadFile) -> dict:
    global predictions
    contents = file.file.read()
    image = decode(contents)
    pixels = prepare(image)
    started = time.perf_counter()
    probabilities = forward(pixels)
    inference_ms = (time.perf_counter() - started) * 1000
    predictions += 1
    track(metrics_of(probabilities, inference_ms, image, len(contents), predictions), predictions)
    return answer(probabilities)
