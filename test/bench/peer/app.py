"""The replaced kind of service, as a yardstick: FastAPI and TensorFlow on the same model and the same preprocessing.

TRACKING is one of: none, batched (one log-batch a prediction), each (every metric a call of its own, as the
replaced service did).
"""

import os
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import cv2
import keras
import numpy as np
import tensorflow as tf
from fastapi import FastAPI, UploadFile

THREADS = int(os.environ.get("THREADS", "1"))
TRACKING = os.environ.get("TRACKING", "none")
LABELS = ["cataract", "diabetic_retinopathy", "glaucoma", "normal"]
CROP_SIZE = 256
INPUT_SIZE = 208

tf.config.threading.set_intra_op_parallelism_threads(THREADS)
tf.config.threading.set_inter_op_parallelism_threads(1)
cv2.setNumThreads(1)

model = keras.saving.load_model(os.environ["MODEL_FILE"], compile=False)
forward = tf.function(lambda pixels: model(pixels, training=False))
forward(tf.zeros((1, INPUT_SIZE, INPUT_SIZE, 3))).numpy()

rows, columns = np.mgrid[:CROP_SIZE, :CROP_SIZE]
centre = (CROP_SIZE - 1) / 2
outside = (columns - centre) ** 2 + (rows - centre) ** 2 > (0.485 * CROP_SIZE) ** 2


def disc_box(image: np.ndarray) -> tuple[int, int, int, int]:
    """Bounding box x0, y0, x1, y1 of the retina disc in an RGB image."""
    brightest = cv2.GaussianBlur(image.max(2).astype(np.float32), (0, 0), 1.2)
    threshold = max(10.0, 0.12 * np.percentile(brightest, 90))
    mask = ((brightest > threshold) & (image.min(2) <= 245)).astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=4)
    height, width = mask.shape
    if count <= 1:
        return 0, 0, width, height
    disc = labels == 1 + int(stats[1:, 4].argmax())
    by_row, by_column = disc.sum(1), disc.sum(0)
    ys = np.where(by_row > 0.06 * by_row.max())[0]
    xs = np.where(by_column > 0.06 * by_column.max())[0]
    box = int(xs[0]), int(ys[0]), int(xs[-1]) + 1, int(ys[-1]) + 1
    if box[2] - box[0] < width / 4 or box[3] - box[1] < height / 4:
        return 0, 0, width, height
    return box


def prepare(image: np.ndarray) -> np.ndarray:
    x0, y0, x1, y1 = disc_box(image)
    crop = cv2.resize(image[y0:y1, x0:x1], (CROP_SIZE, CROP_SIZE), interpolation=cv2.INTER_CUBIC)
    crop[outside] = 0
    return cv2.resize(crop, (INPUT_SIZE, INPUT_SIZE), interpolation=cv2.INTER_AREA)


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
    image = cv2.cvtColor(cv2.imdecode(np.frombuffer(contents, np.uint8), cv2.IMREAD_COLOR), cv2.COLOR_BGR2RGB)
    pixels = prepare(image).astype(np.float32)[None]
    started = time.perf_counter()
    probabilities = forward(tf.constant(pixels)).numpy()[0]
    inference_ms = (time.perf_counter() - started) * 1000
    predictions += 1
    track(metrics_of(probabilities, inference_ms, image, len(contents), predictions), predictions)
    return {
        "predicted_class": LABELS[int(probabilities.argmax())],
        "confidence": round(float(probabilities.max() * 100), 2),
        "all_predictions": {label: round(float(p * 100), 2) for label, p in zip(LABELS, probabilities)},
    }
