"""What every peer does with a photograph before the model sees it, as the training did."""

import os

import cv2
import numpy as np

LABELS = ["cataract", "diabetic_retinopathy", "glaucoma", "normal"]
CROP_SIZE = 256
INPUT_SIZE = int(os.environ["INPUT_SIZE"])

cv2.setNumThreads(1)

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
    pixels = cv2.resize(crop, (INPUT_SIZE, INPUT_SIZE), interpolation=cv2.INTER_AREA)
    return pixels.astype(np.float32)[None]


def decode(contents: bytes) -> np.ndarray:
    return cv2.cvtColor(cv2.imdecode(np.frombuffer(contents, np.uint8), cv2.IMREAD_COLOR), cv2.COLOR_BGR2RGB)


def answer(probabilities: np.ndarray) -> dict:
    return {
        "predicted_class": LABELS[int(probabilities.argmax())],
        "confidence": round(float(probabilities.max() * 100), 2),
        "all_predictions": {label: round(float(p * 100), 2) for label, p in zip(LABELS, probabilities)},
    }
