"""
How far the place of the optic disc in the picture gives a class away, and what a model's separation is worth without it:

    python framing.py [--model ../model.keras] [--sheet optic-discs.png]

Prints, for each source with a disease and normal eyes, the AUC of the optic disc's distance from the middle alone. Where the work folder
has `left-out-SOURCE.npy` (short_runs.py, train.py), also the AUC of these answers, and the same among pairs of photographs whose optic
discs lie equally far from the middle, with 95 % intervals by patient. `--model` counts how often normal eyes that were held out are called
glaucoma when the same photograph is cropped around its optic disc, or beside it. `--sheet` draws the places that were found in 60 photographs.
"""

import argparse
from pathlib import Path

import cv2
import numpy as np

from calibrate import SERVED_SIZE, left_out_file
from disc import CROP_SIZE, MASK_RADIUS, circle
from fit import answer
from network import EyeDiseaseNetwork, start_from_keras
from photographs import COPIES, LABELS, Photographs, hold_out, load_photographs

NORMAL, GLAUCOMA = LABELS.index("normal"), LABELS.index("glaucoma")
EQUALLY_FAR = 0.03  # of the picture's side
FARTHEST = 0.45  # of the side: no optic disc is looked for beyond
LEVEL = 0.15  # of the side: an optic disc farther above or below the middle than this is less likely
RESAMPLES = 300
CROP_RADIUS = 0.36  # of the side, for photographs cropped around the optic disc
BESIDE = 0.33  # of the side: the macula's usual distance from the optic disc


def find_optic_disc(picture: np.ndarray) -> tuple[int, int]:
    """Column and row of the optic disc in the retina `[256, 256, 3]` of bytes: where it is bright and many vessels run up or down."""
    side = CROP_SIZE
    down, across = np.mgrid[:side, :side] - (side - 1) / 2
    radius = np.hypot(down, across)
    retina = cv2.erode(((picture.max(2) > 18) & (radius < (MASK_RADIUS - 0.01) * side)).astype(np.float32), np.ones((5, 5)))
    red, green = picture[..., 0].astype(np.float32), picture[..., 1].astype(np.float32)
    light = 0.6 * np.log(green + 10) + 0.4 * np.log(red + 10)
    without_vessels = cv2.morphologyEx(light, cv2.MORPH_CLOSE, ellipse(7))
    bright = mean_around(without_vessels, retina, 6) - mean_around(without_vessels, retina, 24)
    smooth = cv2.GaussianBlur(green, (0, 0), 0.8)
    vessels = cv2.morphologyEx(smooth, cv2.MORPH_BLACKHAT, ellipse(13)) / (mean_around(green, retina, 16) + 5) * retina
    slope_across, slope_down = cv2.Sobel(smooth, cv2.CV_32F, 1, 0), cv2.Sobel(smooth, cv2.CV_32F, 0, 1)
    upright = slope_across**2 / (slope_across**2 + slope_down**2 + 20)
    crossing = mean_around(np.minimum(vessels, 0.5) * upright, retina, 10)
    inside = (radius < FARTHEST * side) & (retina > 0)
    if not inside.any():
        return side // 2, side // 2
    score = sum(np.clip((part - part[inside].mean()) / (part[inside].std() + 1e-6), -3, 4) for part in (bright, crossing))
    score -= 9 * np.maximum(np.abs(down) / side - LEVEL, 0)
    row, column = np.unravel_index(np.where(inside, score, -np.inf).argmax(), score.shape)
    return int(column), int(row)


def ellipse(size: int) -> np.ndarray:
    return cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size))


def mean_around(values: np.ndarray, mask: np.ndarray, sigma: float) -> np.ndarray:
    return cv2.GaussianBlur(values * mask, (0, 0), sigma) / (cv2.GaussianBlur(mask, (0, 0), sigma) + 1e-3)


def separation(scores: np.ndarray, diseased: np.ndarray, distances: np.ndarray, within: float = np.inf) -> float:
    """Share of pairs, one diseased and one normal, that the scores rank rightly; only of pairs whose distances differ by less than `within`."""
    sick, well = np.where(diseased)[0], np.where(~diseased)[0]
    difference = scores[sick][:, None] - scores[well][None]
    pairs = np.abs(distances[sick][:, None] - distances[well][None]) < within
    return float(((difference > 0) + 0.5 * (difference == 0))[pairs].mean()) if pairs.any() else float("nan")


def interval(scores: np.ndarray, diseased: np.ndarray, distances: np.ndarray, within: float, patients: np.ndarray) -> str:
    random = np.random.default_rng(0)
    members = [np.where(patients == patient)[0] for patient in np.unique(patients)]
    drawn = [np.concatenate([members[at] for at in random.integers(0, len(members), len(members))]) for _ in range(RESAMPLES)]
    low, high = np.nanpercentile([separation(scores[at], diseased[at], distances[at], within) for at in drawn], [2.5, 97.5])
    return f"{separation(scores, diseased, distances, within):.2f} ({low:.2f} to {high:.2f})"


def measure(photographs: Photographs, source: str, disease: int, work: Path) -> None:
    index = np.where((photographs.sources == source) & np.isin(photographs.labels, [disease, NORMAL]))[0]
    diseased, patients = photographs.labels[index] == disease, photographs.groups[index]
    places = np.array([find_optic_disc(np.array(photographs.served[at])) for at in index])
    distances = np.hypot(*(places.T / CROP_SIZE - 0.5))
    print(f"{source}, {LABELS[disease]} ({diseased.sum()}) against normal ({(~diseased).sum()}):")
    print(f"  optic disc nearer to the middle: AUC {interval(-distances, diseased, distances, np.inf, patients)}")
    file = left_out_file(work, source)
    if file.exists():
        logits = np.load(file)[np.isin(np.where(photographs.sources == source)[0], index)]
        scores = logits[:, disease] - logits[:, NORMAL]
        print(f"  answers of a run without this source: AUC {interval(scores, diseased, distances, np.inf, patients)}")
        print(f"  among pairs equally far from the middle: {interval(scores, diseased, distances, EQUALLY_FAR, patients)}")


def crop_around(picture: np.ndarray, column: float, row: float) -> np.ndarray:
    """A retina `[256, 256, 3]` with the given place in its middle; black beyond the picture's own outline."""
    scale = 0.5 / CROP_RADIUS
    middle = (CROP_SIZE - 1) / 2
    shift = np.array([[scale, 0, middle - scale * column], [0, scale, middle - scale * row]])
    return np.where(circle(CROP_SIZE), cv2.warpAffine(picture, shift, (CROP_SIZE, CROP_SIZE)), 0)


def measure_crops(network: EyeDiseaseNetwork, photographs: Photographs, name: str) -> None:
    held_out = hold_out(photographs) & (photographs.labels == NORMAL) & (photographs.sources != COPIES)
    for source in sorted(set(photographs.sources[held_out])):
        index = np.where(held_out & (photographs.sources == source))[0]
        served = [np.array(photographs.served[at]) for at in index]
        places = [find_optic_disc(picture) for picture in served]
        inwards = [np.sign(CROP_SIZE / 2 - column) * BESIDE * CROP_SIZE for column, _ in places]
        views = {
            "as they are": served,
            "cropped around the optic disc": [crop_around(picture, *place) for picture, place in zip(served, places)],
            "cropped beside it": [crop_around(picture, x + to, y) for picture, (x, y), to in zip(served, places, inwards)],
        }
        called = {view: answer(network, np.stack(shown), np.arange(len(shown)), SERVED_SIZE)[0].argmax(1) for view, shown in views.items()}
        counts = ", ".join(f"{(answers == GLAUCOMA).mean():.2f} {view}" for view, answers in called.items())
        print(f"{name}, normal eyes of {source} ({len(index)}) called glaucoma: {counts}")


def draw_sheet(photographs: Photographs, file: Path) -> None:
    chosen = np.random.default_rng(0).permutation(np.where(photographs.sources != COPIES)[0])[:60]
    shown = [cv2.circle(np.array(photographs.served[at]), find_optic_disc(photographs.served[at]), 24, (0, 255, 0), 2) for at in chosen]
    rows = [np.hstack(shown[first : first + 10]) for first in range(0, len(shown) // 10 * 10, 10)]
    cv2.imwrite(str(file), np.vstack(rows)[::2, ::2, ::-1])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared"), help="folder with fundus and fundus-outside")
    parser.add_argument("--work", type=Path, default=Path(".local/training-runs"), help="pixels, and answers of runs without a source")
    parser.add_argument("--model", type=Path, action="append", default=[], help="a .keras file of this training; may be repeated")
    parser.add_argument("--sheet", type=Path, help="PNG file to write")
    options = parser.parse_args()
    photographs = load_photographs(options.data, options.work)
    if options.sheet:
        draw_sheet(photographs, options.sheet)
    for source in sorted(set(photographs.sources) - {COPIES}):
        labels = set(photographs.labels[photographs.sources == source])
        for disease in sorted(labels - {NORMAL}) if NORMAL in labels else []:
            measure(photographs, source, disease, options.work)
    for file in options.model:
        network = EyeDiseaseNetwork(len(LABELS))
        start_from_keras(network, file, head_scale=1)
        measure_crops(network, photographs, file.name)


if __name__ == "__main__":
    main()
