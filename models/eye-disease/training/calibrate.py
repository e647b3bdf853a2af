"""
Measures what a network's contract says about how far to trust it. Every training ends with this; for a model that exists already:

    python calibrate.py --model ../model.keras --contract ../model-contract.json
"""

import argparse
import json
from pathlib import Path

import numpy as np
import torch

from disc import crop_disc
from fit import answer
from network import EyeDiseaseNetwork, start_from_keras
from other_pictures import make_other_pictures
from photographs import COPIES, LABELS, Photographs, hold_out, load_photographs
from trust import (
    MEASURE_LIMITS,
    balance,
    coverage_by_source,
    describe_distance,
    describe_space,
    find_abstention,
    find_set_threshold,
    fit_temperature,
    softmax,
)

# Larger than in training, where zooming makes everything appear larger (Touvron et al. 2019).
SERVED_SIZE = 256
OTHER_PICTURES = 900


def calibrate(network: EyeDiseaseNetwork, photographs: Photographs, held_out: np.ndarray, left_out: dict[str, np.ndarray], temperature: float | None = None):
    """
    Temperature, the contract's `trust`, and the figures measured on the way. They come from photographs that were held out, and from sources
    that were left out (`left_out`: logits by source, each from a network that never saw it). The temperature is fitted unless it is given.
    """
    index = np.where(held_out & (photographs.sources != COPIES))[0]
    logits, features = answer(network, photographs.served, index, SERVED_SIZE)
    parts = [(logits, photographs.labels[index], kind_of(photographs.sources[index]))]
    for source, answers in left_out.items():
        at = photographs.sources == source
        parts.append((answers, photographs.labels[at], np.repeat(f"{source}, left out", at.sum())))
    every, labels, sources = (np.concatenate(column) for column in zip(*parts))
    weights = balance(sources, labels)
    temperature = temperature or fit_temperature(every, labels, weights)
    probabilities = softmax(every, temperature)
    threshold = find_set_threshold(probabilities, labels, sources)
    trained = np.where(~held_out)[0]
    seen = answer(network, photographs.served, trained, SERVED_SIZE)[1]
    other = np.stack([crop_disc(picture) for picture in make_other_pictures(OTHER_PICTURES)])
    trust = {
        "confident_from": find_abstention(probabilities, labels, weights),
        "set_threshold": threshold,
        "feature_space": describe_space(seen),
        "feature_distance": describe_distance(seen, photographs.labels[trained], answer(network, other, np.arange(len(other)), SERVED_SIZE)[1], features),
        "measure_limits": MEASURE_LIMITS,
    }
    figures = {
        "prediction_sets": coverage_by_source(probabilities, labels, sources, threshold),
        "threshold_of_the_others": cross_check(probabilities, labels, sources),
    }
    return temperature, trust, figures


def kind_of(sources: np.ndarray) -> np.ndarray:
    """Small sources have too few photographs for a threshold each, so those held out count as two: the public set and the outside sources."""
    return np.where(np.char.startswith(sources, "public-"), "public set, held out", "outside sources, held out")


def cross_check(probabilities: np.ndarray, labels: np.ndarray, sources: np.ndarray) -> dict[str, dict]:
    """Coverage of each source under a threshold that was chosen without it."""
    checked = {}
    for source in sorted(set(sources)):
        others = sources != source
        if not others.any():
            continue
        threshold = find_set_threshold(probabilities[others], labels[others], sources[others])
        at = sources == source
        checked |= coverage_by_source(probabilities[at], labels[at], sources[at], threshold)
    return checked


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, required=True, help="a .keras file of this training")
    parser.add_argument("--contract", type=Path, required=True, help="its model-contract.json, which is rewritten")
    parser.add_argument("--data", type=Path, default=Path("../shared"), help="folder with fundus and fundus-outside")
    parser.add_argument("--work", type=Path, default=Path(".local/training-runs"), help="pixels, and left-out-SOURCE.npy of runs without a source")
    parser.add_argument("--temperature", type=float, help="used as it is; fitted when not given")
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    photographs = load_photographs(options.data, options.work)
    network = EyeDiseaseNetwork(len(LABELS))
    start_from_keras(network, options.model, head_scale=1)
    left_out = read_left_out(options.work, photographs)
    temperature, trust, figures = calibrate(network, photographs, hold_out(photographs), left_out, options.temperature)
    contract = json.loads(options.contract.read_text()) | {"temperature": temperature, "trust": trust}
    options.contract.write_text(json.dumps(contract, indent=2) + "\n")
    print(json.dumps({"temperature": temperature, "confident_from": trust["confident_from"], "set_threshold": trust["set_threshold"]} | figures, indent=2))


def left_out_file(work: Path, source: str) -> Path:
    """The file with the answers of the run without a source: logits `[photographs of that source, labels]`."""
    return work / f"left-out-{source}.npy"


def read_left_out(work: Path, photographs: Photographs) -> dict[str, np.ndarray]:
    sources = sorted(set(photographs.sources[~photographs.is_public]))
    return {source: np.load(file) for source in sources if (file := left_out_file(work, source)).exists()}


if __name__ == "__main__":
    main()
