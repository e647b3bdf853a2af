"""Generated pictures for a training of seconds: discs with a bright spot, a brighter one, red dots or a haze. None shows an eye."""

import csv
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from photographs import LABELS

SIZE = 224
PATIENTS = 12


def make_photographs(folder: Path, seed: int = 0) -> None:
    """Writes `fundus` and `fundus-outside` with their tables, as the training reads them."""
    random = np.random.default_rng(seed)
    public = [(label, f"{label}/{number}.jpg", "camera-a", str(number + 100 * index))
              for index, label in enumerate(LABELS) for number in range(PATIENTS)]
    outside = [(label, f"{source}/{label}/{number}.jpg", source, f"{source}:{number}")
               for source in ("camera-b", "camera-c") for label in LABELS[1:] for number in range(PATIENTS)]
    _write(folder / "fundus", "groups.tsv", public, random)
    _write(folder / "fundus-outside", "sources.tsv", outside, random)


def _write(folder: Path, table: str, rows: list[tuple[str, str, str, str]], random: np.random.Generator) -> None:
    for label, file, source, _ in rows:
        target = folder / file
        target.parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray(_draw(label, source, random)).save(target, quality=90)
    with open(folder / table, "w", newline="") as text:
        writer = csv.writer(text, delimiter="\t", lineterminator="\n")
        writer.writerow(["class", "file", "source", "group"])
        writer.writerows(rows)


def _draw(label: str, source: str, random: np.random.Generator) -> np.ndarray:
    picture = np.zeros((SIZE, SIZE, 3), np.uint8)
    middle = SIZE // 2
    retina = np.array([190, 90, 40]) + random.integers(-15, 15, 3) + (ord(source[-1]) - ord("a")) * np.array([-20, 15, 20])
    cv2.circle(picture, (middle, middle), int(SIZE * 0.47), retina.tolist(), -1)
    disc = (middle + 50, middle + int(random.integers(-10, 10)))
    cv2.circle(picture, disc, 16, (240, 210, 150), -1)
    if label == "glaucoma":
        cv2.circle(picture, disc, 12, (255, 250, 230), -1)
    if label == "diabetic_retinopathy":
        for x, y in random.integers(middle - 60, middle + 40, (25, 2)):
            cv2.circle(picture, (int(x), int(y)), 3, (90, 10, 10), -1)
    if label == "cataract":
        picture = cv2.GaussianBlur(picture, (0, 0), 8)
    noise = random.normal(0, 6, picture.shape)
    return np.clip(picture + np.where(picture.sum(2, keepdims=True) > 30, noise, 0), 0, 255).astype(np.uint8)
