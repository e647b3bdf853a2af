"""
Trains the eye disease classifier, measures it on sources that it has not seen, calibrates it and, with --register, registers it.

    npm run train -- --minutes 45 --minutes-left-out 8      # see README.md

The run can be interrupted at any time: the same command resumes where it stopped. One with other photographs, --start or --seed is refused.
"""

import argparse
import shutil
from functools import partial
from pathlib import Path

import numpy as np
import torch

from calibrate import SERVED_SIZE, calibrate, left_out_file, read_left_out
from fit import Recipe, Run, answer
from made_photographs import make_photographs
from network import EyeDiseaseNetwork, start_from_imagenet, start_from_keras
from photographs import COPIES, LABELS, Photographs, hold_out, load_photographs
from trust import softmax
from work_folder import choose_folder, claim, fingerprint_start

HERE = Path(__file__).parent


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared"), help="folder with fundus and fundus-outside")
    parser.add_argument("--labelled", type=Path, help="folder with labelled.tsv and the photographs that it names, to train on as well")
    parser.add_argument("--work", type=Path, default=Path(".local/training-runs"), help="pixels, checkpoints, output")
    parser.add_argument("--start", default="imagenet", help="imagenet, or a .keras file of this training to go on from")
    parser.add_argument("--minutes", type=float, default=45, help="of the final training")
    parser.add_argument("--minutes-left-out", type=float, default=8, help="of each training without a source; 0: none")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--register", action="store_true", help="register in MLflow (MLFLOW_TRACKING_URI)")
    parser.add_argument("--fresh", action="store_true", help="forget what earlier runs left in --work")
    parser.add_argument("--anew", action="store_true", help="forget them only where photographs, --start or --seed are others; else they are refused")
    parser.add_argument("--short", action="store_true", help="a run of seconds on generated pictures, to see whether everything works")
    return parser.parse_args()


def main() -> None:
    options = parse_arguments()
    torch.set_num_threads(options.threads)
    options.work = choose_folder(options.work, options.short, options.labelled)
    if options.fresh:
        shutil.rmtree(options.work, ignore_errors=True)
    claim(options.work, options.anew, start=fingerprint_start(options.start), seed=options.seed)
    if options.short:
        options.data, options.minutes, options.minutes_left_out = options.work / "made", 0.1, 0.05
        make_photographs(options.data)
    photographs = load_photographs(options.data, options.work, say, options.labelled, options.anew)
    held_out = hold_out(photographs)

    left_out = measure_left_out_sources(photographs, held_out, options)
    network = train(photographs, np.where(~held_out)[0], "final", options.minutes, options)
    finish(network, photographs, held_out, left_out, options)


def train(photographs: Photographs, training: np.ndarray, name: str, minutes: float, options) -> EyeDiseaseNetwork:
    file = options.start
    start = start_from_imagenet if file == "imagenet" else partial(start_from_keras, file=Path(file))
    recipe = Recipe(minutes=minutes, seed=options.seed, batch=8 if options.short else 32)
    run = Run(photographs, training, recipe, options.work / f"{name}.checkpoint", start)
    return run.fit(lambda line: say(f"{name}: {line}"))


def measure_left_out_sources(photographs: Photographs, held_out: np.ndarray, options) -> dict[str, np.ndarray]:
    """Logits for every outside source from a network that never saw it, for the thresholds. A finished run is not repeated."""
    if options.minutes_left_out > 0:
        for source in sorted(set(photographs.sources[~photographs.is_public])):
            file = left_out_file(options.work, source)
            left = photographs.sources == source
            if not file.exists():
                training = np.where(~held_out & ~left)[0]
                network = train(photographs, training, f"without-{source}", options.minutes_left_out, options)
                np.save(file, answer(network, photographs.served, np.where(left)[0], SERVED_SIZE)[0])
            report(f"left out: {source}", photographs, np.where(left)[0], softmax(np.load(file)))
    return read_left_out(options.work, photographs)


def finish(network, photographs: Photographs, held_out: np.ndarray, left_out: dict, options) -> None:
    from keras_model import build_keras_model
    from publish import make_contract, make_reference_window, register, write_files

    temperature, trust, measured = calibrate(network, photographs, held_out, left_out)
    index = np.where(held_out & (photographs.sources != COPIES))[0]
    logits = answer(network, photographs.served, index, SERVED_SIZE)[0]
    probabilities, labels = softmax(logits, temperature), photographs.labels[index]
    figures = {"temperature": temperature} | report("held out", photographs, index, probabilities) | measured
    model = build_keras_model(network, SERVED_SIZE)
    contract = make_contract(SERVED_SIZE, temperature, trust)
    output = options.work / "output"
    window = make_reference_window(probabilities, labels, photographs.groups[index], trust["confident_from"])
    write_files(output, model, contract, window, figures)
    say(f"written: {output}")
    if options.register:
        version = register(output, model, contract, HERE.parent / "MODEL_CARD.md", figures)
        say(f"registered as version {version}; to serve it: npm run promote -- {version}")


def report(title: str, photographs: Photographs, index: np.ndarray, probabilities: np.ndarray) -> dict[str, float]:
    predicted = probabilities.argmax(1)
    figures = {
        "accuracy": float((predicted == photographs.labels[index]).mean()),
        "source_averaged_recall": source_averaged_recall(photographs, index, probabilities),
    }
    say(f"{title}: " + ", ".join(f"{name} {value:.3f}" for name, value in figures.items()))
    for source in sorted(set(photographs.sources[index])):
        for label in sorted(set(photographs.labels[index][photographs.sources[index] == source])):
            cell = (photographs.sources[index] == source) & (photographs.labels[index] == label)
            called = [f"{LABELS[other]} {(predicted[cell] == other).mean():.2f}" for other in range(len(LABELS))]
            say(f"  {source}, {LABELS[label]} ({cell.sum()}): called " + ", ".join(called))
    return figures


def source_averaged_recall(photographs: Photographs, index: np.ndarray, probabilities: np.ndarray) -> float:
    """Mean over classes of the mean over sources of recall."""
    labels, sources = photographs.labels[index], photographs.sources[index]
    right = probabilities.argmax(1) == labels
    recalls = [
        np.mean([right[(labels == label) & (sources == source)].mean() for source in set(sources[labels == label])])
        for label in sorted(set(labels))
    ]
    return float(np.mean(recalls))


def say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    main()
