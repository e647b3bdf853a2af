"""Photographs with class, source and patient: which of them are trained on, and how often each is drawn."""

import csv
import os
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from disc import CROP_SIZE, crop_disc
from work_folder import claim, fingerprint_photographs

LABELS = ["cataract", "diabetic_retinopathy", "glaucoma", "normal"]
# Photographs are augmented from more pixels than the model takes, so that a zoom shows detail.
AUGMENT_SIZE = 320
PUBLIC = "public-"
COPIES = "public-kerasaug"
# Copies made by augmentation teach less than originals.
COPY_WEIGHT = 0.4
# False alarms about healthy eyes are the more common fault, so normal is drawn a little more often than each disease.
NORMAL_WEIGHT = 1.3
HELD_OUT_PUBLIC_GROUPS = 0.15
HELD_OUT_PATIENTS = 0.12


@dataclass
class Photographs:
    """Parallel arrays with one entry per photograph."""

    files: list[Path]
    labels: np.ndarray  # positions in LABELS
    sources: np.ndarray
    groups: np.ndarray  # photographs of one eye or patient, as far as it is known
    large: np.ndarray  # [N, 320, 320, 3] bytes, augmented for training
    served: np.ndarray  # [N, 256, 256, 3] bytes, what the service gives the model

    @property
    def is_public(self) -> np.ndarray:
        return np.char.startswith(self.sources, PUBLIC)


def list_photographs(data: Path, labelled: Path | None = None) -> list[tuple[Path, str, str, str]]:
    """File, label, source and group of every photograph in the tables; `labelled` is a folder with a table of a clinic's own."""
    rows = []
    with open(data / "fundus/groups.tsv", newline="") as table:
        for row in csv.DictReader(table, delimiter="\t"):
            file = data / "fundus" / row["file"]
            rows.append((file, file.parent.name, PUBLIC + row["source"], "public:" + row["group"]))
    with open(data / "fundus-outside/sources.tsv", newline="") as table:
        for row in csv.DictReader(table, delimiter="\t"):
            rows.append((data / "fundus-outside" / row["file"], row["class"], row["source"], row["group"]))
    if labelled is not None:
        with open(labelled / "labelled.tsv", newline="") as table:
            for row in csv.DictReader(table, delimiter="\t"):
                if row["class"] not in LABELS:
                    raise ValueError(f"Expected one of {', '.join(LABELS)} for {row['file']} but received {row['class']}")
                rows.append((labelled / row["file"], row["class"], row["source"], row["group"]))
    return rows


def load_photographs(data: Path, cache: Path, say=print, labelled: Path | None = None, anew: bool = False) -> Photographs:
    """Decodes and crops every photograph once; later runs read the pixels from `cache`, which is refused if it is of others."""
    rows = list_photographs(data, labelled)
    claim(cache, anew, photographs=fingerprint_photographs(rows))
    sizes = {"large": AUGMENT_SIZE, "served": CROP_SIZE}
    names = "\n".join(os.path.relpath(row[0], data) for row in rows)
    listing = cache / "pixels.txt"
    if not listing.exists() or listing.read_text() != names:
        arrays = {
            name: np.lib.format.open_memmap(cache / f"{name}.npy", "w+", np.uint8, (len(rows), size, size, 3))
            for name, size in sizes.items()
        }
        for index, (file, *_) in enumerate(rows):
            image = np.array(Image.open(file).convert("RGB"))
            for name, size in sizes.items():
                arrays[name][index] = crop_disc(image, size)
            if index % 500 == 0:
                say(f"cropped {index} of {len(rows)} photographs")
        for array in arrays.values():
            array.flush()
        listing.write_text(names)
    files, labels, sources, groups = zip(*rows)
    pixels = {name: np.load(cache / f"{name}.npy", mmap_mode="r") for name in sizes}
    positions = np.array([LABELS.index(label) for label in labels])
    return Photographs(list(files), positions, np.array(sources), np.array(groups), **pixels)


def hold_out(photographs: Photographs) -> np.ndarray:
    """True for photographs of the groups and patients that no run trains on: 15 % of the public groups, 12 % of each outside source's patients."""
    public = photographs.is_public
    # Sorted by number, which gives the groups that the packaged model's first version was validated on.
    groups = sorted(set(photographs.groups[public]), key=lambda group: int(group.split(":")[1]))
    count = int(HELD_OUT_PUBLIC_GROUPS * len(groups))
    held = set(np.random.default_rng(7).permutation(np.array(groups))[:count])
    for source in sorted(set(photographs.sources[~public])):
        patients = np.unique(photographs.groups[photographs.sources == source])
        count = max(1, round(HELD_OUT_PATIENTS * len(patients)))
        held |= set(np.random.default_rng(8).permutation(patients)[:count])
    return np.isin(photographs.groups, list(held))


def draw_weights(photographs: Photographs, training: np.ndarray) -> np.ndarray:
    """
    Chance of drawing each training photograph. Classes count the same (normal a little more), and within a class each source counts by the
    square root of its size, so that no camera can stand for a disease.
    """
    cells = list(zip(photographs.sources[training], photographs.labels[training]))
    sizes = Counter(cells)

    def cell_weight(source: str, label: int) -> float:
        return sizes[source, label] ** 0.5 * (COPY_WEIGHT if source == COPIES else 1)

    totals = Counter()
    for source, label in sizes:
        totals[label] += cell_weight(source, label)
    normal = LABELS.index("normal")
    weights = np.array(
        [
            cell_weight(source, label)
            / totals[label]
            / sizes[source, label]
            * (NORMAL_WEIGHT if label == normal else 1)
            for source, label in cells
        ]
    )
    return weights / weights.sum()
