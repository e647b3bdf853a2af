"""
Short runs, each without one source, for a machine that has no time for those of train.py:

    python short_runs.py --start version-1.keras --steps 200 --source malaysia-rahim --source israel-hygd

The first eleven blocks are not trained in any of them, so their answers to augmented photographs are computed once, and a step takes a fifth of
the time. Writes `left-out-SOURCE.npy` into the training's work folder, where train.py and calibrate.py look for it. The network that a run
starts from must not have seen the source.
"""

import argparse
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from augment import Augmenter
from calibrate import SERVED_SIZE, left_out_file
from fit import HAS_BFLOAT16, answer, to_tensor
from network import EyeDiseaseNetwork, start_from_imagenet, start_from_keras
from photographs import LABELS, Photographs, draw_weights, hold_out, load_photographs

FROZEN = 11
SIZE = 224
PICTURES = 12_000
BATCH = 32
RATE = 5e-4
SMOOTHING = 0.06
MIXUP = 0.3  # share of batches
AVERAGE = 0.99


@dataclass
class EarlyAnswers:
    """Answers of the frozen blocks to augmented photographs, `[M, channels, side, side]`, and the photograph that each belongs to."""

    values: torch.Tensor
    owners: np.ndarray


def compute_early(network: EyeDiseaseNetwork, photographs: Photographs, training: np.ndarray, file: Path, seed: int, say=print) -> EarlyAnswers:
    """Each photograph once, and the rest of `PICTURES` as the training draws them; `file` is completed after an interruption."""
    random = np.random.default_rng(seed)
    weights = draw_weights(photographs, training)
    counts = 1 + np.round(weights * max(0, PICTURES - len(training))).astype(int)
    owners = np.repeat(training, counts)
    random.shuffle(owners)
    side = SIZE // 16
    channels = network.blocks[FROZEN - 1].project.out_channels
    shape = (len(owners), channels, side, side)
    done_file = file.with_suffix(".done")
    done = int(done_file.read_text()) if done_file.exists() else 0
    values = np.lib.format.open_memmap(file, "r+" if done else "w+", np.int16, None if done else shape)
    for first in range(done, len(owners), BATCH):
        part = np.random.default_rng([seed, first])
        augment = Augmenter(photographs.large, SIZE, lambda: int(part.choice(training, p=weights)), part)
        pictures = to_tensor([augment(int(owner)) for owner in owners[first : first + BATCH]])
        with torch.inference_mode(), torch.autocast("cpu", dtype=torch.bfloat16, enabled=HAS_BFLOAT16):
            answers = network.early(pictures, FROZEN).bfloat16().contiguous()
        values[first : first + BATCH] = answers.view(torch.int16).numpy()
        if first // BATCH % 25 == 0:
            values.flush()
            done_file.write_text(str(first))
            say(f"first blocks: {first} of {len(owners)} pictures")
    done_file.write_text(str(len(owners)))
    return EarlyAnswers(torch.from_numpy(np.load(file, mmap_mode="c")).view(torch.bfloat16), owners)


def fit_late(network: EyeDiseaseNetwork, photographs: Photographs, early: EarlyAnswers, training: np.ndarray, steps: int, seed: int, say=print):
    """Fits the head and the blocks that are not frozen; `network` ends with the running average of its weights."""
    random = np.random.default_rng(seed)
    torch.manual_seed(seed)
    weights = dict(zip(training, draw_weights(photographs, training)))
    counts = np.bincount(early.owners, minlength=len(photographs.files))
    usable = np.array([position for position, owner in enumerate(early.owners) if owner in weights])
    chances = np.array([weights[owner] / counts[owner] for owner in early.owners[usable]])
    chances /= chances.sum()
    late = [*network.blocks[FROZEN:], network.head]
    parameters = [parameter for layer in late for parameter in layer.parameters()]
    average = [parameter.detach().clone() for parameter in parameters]
    head = list(network.head.parameters())
    groups = [{"params": parameters[: -len(head)], "lr": RATE}, {"params": head, "lr": 3 * RATE}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.02)
    ramp = torch.optim.lr_scheduler.OneCycleLR(optimizer, [RATE, 3 * RATE], total_steps=steps, pct_start=0.1)
    running = 0.0
    for step in range(steps):
        drawn = random.choice(usable, BATCH, p=chances)
        values = early.values[torch.from_numpy(drawn)].float().contiguous(memory_format=torch.channels_last)
        labels = torch.from_numpy(photographs.labels[early.owners[drawn]])
        targets = functional.one_hot(labels, len(LABELS)).float() * (1 - SMOOTHING) + SMOOTHING / len(LABELS)
        values = mix_style(values, random)
        if random.random() < MIXUP:
            share, order = float(random.beta(0.4, 0.4)), torch.randperm(BATCH)
            values, targets = (whole * share + whole[order] * (1 - share) for whole in (values, targets))
        logits = network.head(functional.dropout(network.features(values, FROZEN), 0.2))
        loss = -(targets * functional.log_softmax(logits, 1)).sum(1).mean()
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(parameters, 1.0)
        optimizer.step()
        ramp.step()
        keep = min(AVERAGE, (1 + step) / (10 + step))
        torch._foreach_lerp_(average, [parameter.detach() for parameter in parameters], 1 - keep)
        running = loss.item() if step == 0 else 0.95 * running + 0.05 * loss.item()
        if step % 10 == 0:
            say(f"step {step}, loss {running:.3f}")
    for parameter, mean in zip(parameters, average):
        parameter.data.copy_(mean)


def mix_style(values: torch.Tensor, random: np.random.Generator, alpha: float = 0.1) -> torch.Tensor:
    """Mixes mean and deviation of each channel with another picture's, in half of the batches (MixStyle, Zhou et al. 2021)."""
    if random.random() < 0.5:
        return values
    mean, deviation = values.mean((2, 3), keepdim=True), values.std((2, 3), keepdim=True) + 1e-6
    order = torch.randperm(len(values))
    share = torch.from_numpy(random.beta(alpha, alpha, len(values))).float()[:, None, None, None]
    mixed = [share * own + (1 - share) * own[order] for own in (mean, deviation)]
    return (values - mean) / deviation * mixed[1] + mixed[0]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--start", default="imagenet", help="imagenet, or a .keras file that has seen none of the sources")
    parser.add_argument("--source", action="append", required=True, help="may be repeated: a run for each")
    parser.add_argument("--together", action="store_true", help="one run without any of the sources")
    parser.add_argument("--steps", type=int, default=200)
    parser.add_argument("--data", type=Path, default=Path("../shared"), help="folder with fundus and fundus-outside")
    parser.add_argument("--work", type=Path, default=Path(".local/training-runs"), help="pixels, and what is written")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    photographs = load_photographs(options.data, options.work)
    held_out = hold_out(photographs)
    file = options.work / f"first-blocks-{Path(options.start).stem}-{(~held_out).sum()}-{options.seed}.npy"
    early = compute_early(start(options.start).eval(), photographs, np.where(~held_out)[0], file, options.seed)
    for sources in [options.source] if options.together else [[source] for source in options.source]:
        network = start(options.start)
        training = np.where(~held_out & ~np.isin(photographs.sources, sources))[0]
        fit_late(network, photographs, early, training, options.steps, options.seed, lambda line: print(", ".join(sources), line, flush=True))
        for source in sources:
            left = np.where(photographs.sources == source)[0]
            np.save(left_out_file(options.work, source), answer(network, photographs.served, left, SERVED_SIZE)[0])


def start(file: str) -> EyeDiseaseNetwork:
    network = EyeDiseaseNetwork(len(LABELS))
    if file == "imagenet":
        start_from_imagenet(network)
    else:
        start_from_keras(network, Path(file))
    return network.to(memory_format=torch.channels_last)


if __name__ == "__main__":
    main()
