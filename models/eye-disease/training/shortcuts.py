"""
How far a photograph's frame and colours give its class away, and whether a model takes them for a disease:

    python shortcuts.py --model ../model.keras [--model other.keras ...]

The baseline is a random forest that is given only the disc's frame, mean colours and sharpness. The frame test puts normal eyes that were held
out into the frames of EyePACS's photographs, which are all diabetic (outline, margins, how much is cut off): a model that looks at the eye
hardly changes its answers.
"""

import argparse
from pathlib import Path

import cv2
import numpy as np
import torch
from PIL import Image
from sklearn.ensemble import RandomForestClassifier

from calibrate import SERVED_SIZE
from disc import crop_disc, find_disc
from fit import answer
from network import EyeDiseaseNetwork, start_from_keras
from photographs import COPIES, LABELS, Photographs, hold_out, load_photographs

FRAMES_OF = "public-eyepacs_jpeg"
NORMAL, DIABETIC = LABELS.index("normal"), LABELS.index("diabetic_retinopathy")


def read(file: Path) -> np.ndarray:
    return np.array(Image.open(file).convert("RGB"))


def describe(image: np.ndarray) -> np.ndarray:
    """Frame (margins, proportions, share of the picture, two corners), colours (mean and deviation of each channel), sharpness."""
    height, width = image.shape[:2]
    left, top, right, bottom = find_disc(image)
    retina = image.max(2) > 12
    corners = [retina[:h, :w].mean() for h, w in [(height // 8, width // 8)]] + [retina[-(height // 8) :, -(width // 8) :].mean()]
    frame = [left / width, top / height, 1 - right / width, 1 - bottom / height, (right - left) / (bottom - top), width / height, retina.mean(), *corners]
    pixels = image[retina] if retina.any() else image.reshape(-1, 3)
    small = cv2.resize(image[top:bottom, left:right], (256, 256), interpolation=cv2.INTER_AREA)
    sharpness = np.log1p(cv2.Laplacian(cv2.cvtColor(small, cv2.COLOR_RGB2GRAY), cv2.CV_32F).var())
    return np.array([*frame, *pixels.mean(0), *pixels.std(0), sharpness])


def measure_baseline(photographs: Photographs, held_out: np.ndarray) -> None:
    originals = photographs.sources != COPIES
    described = np.stack([describe(read(file)) for file in photographs.files])
    for name, columns in (("frame alone", slice(0, 9)), ("frame, colours, sharpness", slice(0, None))):
        forest = RandomForestClassifier(500, class_weight="balanced", random_state=0, min_samples_leaf=2)
        training = originals & ~held_out
        forest.fit(described[training, columns], photographs.labels[training])
        predicted = forest.predict(described[:, columns])
        for place, there in (("public set", photographs.is_public), ("outside sources", ~photographs.is_public)):
            at = held_out & originals & there
            right = predicted[at] == photographs.labels[at]
            recalls = [f"{LABELS[label]} {right[photographs.labels[at] == label].mean():.2f}" for label in sorted(set(photographs.labels[at]))]
            print(f"baseline, {name}, held out, {place}: accuracy {right.mean():.3f} of {at.sum()}; recall: {', '.join(recalls)}")


def put_into_frame(image: np.ndarray, frame: np.ndarray) -> np.ndarray:
    """Puts the eye of `image` where `frame` has its own: at the same size, cut where that one is cut, black outside its outline."""
    (across, down), radius = enclosing_circle(outline(frame))
    (own_across, own_down), own_radius = enclosing_circle(outline(image))
    scale = radius / own_radius
    shift = np.array([[scale, 0, across - scale * own_across], [0, scale, down - scale * own_down]])
    height, width = frame.shape[:2]
    moved = cv2.warpAffine(image, shift, (width, height), flags=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC)
    return moved * outline(frame)[..., None]


def outline(image: np.ndarray) -> np.ndarray:
    """1 within the largest bright region and its holes, 0 elsewhere: `[height, width]`."""
    contours, _ = cv2.findContours((image.max(2) > 12).astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    filled = np.zeros(image.shape[:2], np.uint8)
    return cv2.drawContours(filled, [max(contours, key=cv2.contourArea)], 0, 1, -1)


def enclosing_circle(mask: np.ndarray) -> tuple[tuple[float, float], float]:
    """Middle and radius of the disc, even where the picture cuts it off."""
    return cv2.minEnclosingCircle(cv2.findNonZero(mask))


def measure_frames(network: EyeDiseaseNetwork, photographs: Photographs, held_out: np.ndarray, name: str) -> None:
    random = np.random.default_rng(0)
    frames = np.where(held_out & (photographs.sources == FRAMES_OF))[0]
    for place, there in (("public set", photographs.is_public), ("outside sources", ~photographs.is_public)):
        normal = np.where(held_out & there & (photographs.labels == NORMAL) & (photographs.sources != COPIES))[0]
        pairs = [(read(photographs.files[index]), read(photographs.files[random.choice(frames)])) for index in normal]
        moved = np.stack([crop_disc(put_into_frame(image, frame)) for image, frame in pairs])
        own = answer(network, photographs.served, normal, SERVED_SIZE)[0].argmax(1)
        after = answer(network, moved, np.arange(len(moved)), SERVED_SIZE)[0].argmax(1)
        print(
            f"frame test, {name}, normal eyes of {place} ({len(normal)}): called diabetic {(own == DIABETIC).mean():.3f} in their own frame, "
            f"{(after == DIABETIC).mean():.3f} in EyePACS's; answer changed for {(own != after).mean():.3f}"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, action="append", required=True, help="a .keras file of this training; may be repeated")
    parser.add_argument("--data", type=Path, default=Path("../shared"), help="folder with fundus and fundus-outside")
    parser.add_argument("--work", type=Path, default=Path(".local/training-runs"), help="pixels")
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    photographs = load_photographs(options.data, options.work)
    held_out = hold_out(photographs)
    for file in options.model:
        network = EyeDiseaseNetwork(len(LABELS))
        start_from_keras(network, file, head_scale=1)
        measure_frames(network, photographs, held_out, file.name)
    measure_baseline(photographs, held_out)


if __name__ == "__main__":
    main()
