"""One training run: it draws, augments, fits, keeps an average of the weights, and can be interrupted at any time."""

import copy
import ctypes
import math
import os
import time
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import torch
from torch import nn
from torch.nn import functional

from augment import Augmenter
from network import EyeDiseaseNetwork
from photographs import LABELS, Photographs, draw_weights

DEVICE = "cuda" if torch.cuda.is_available() else "cpu"
# A processor without instructions for bfloat16 takes ten times longer with it than with float32 (20 s per step instead of 2).
HAS_BFLOAT16 = DEVICE == "cuda" or torch.ops.mkldnn._is_mkldnn_bf16_supported()


@dataclass
class Recipe:
    minutes: float
    size: int = 224  # side of training pictures; served pictures are larger (Touvron et al. 2019)
    batch: int = 32
    frozen: int = 3  # early blocks that are not trained: they take a third of the time; the accuracy was not compared with training them
    rate: float = 3e-4
    smoothing: float = 0.06
    mixup: float = 0.3  # share of batches
    average: float = 0.997
    seed: int = 0
    checkpoint_seconds: float = 180


def keep_freed_memory() -> None:
    """Lets each step reuse the large arrays of the step before; glibc would give their pages back, and every step would clear new ones."""
    library = ctypes.CDLL(None)
    if hasattr(library, "mallopt"):
        trim_threshold, largest_separate_blocks = -1, -4  # M_TRIM_THRESHOLD, M_MMAP_MAX of malloc.h
        library.mallopt(trim_threshold, 2**31 - 1)
        library.mallopt(largest_separate_blocks, 0)


def to_tensor(pictures: list[np.ndarray]) -> torch.Tensor:
    """Converts pictures `[size, size, 3]` of 0..1 to `[N, 3, size, size]` of -1..1."""
    batch = torch.from_numpy(np.stack(pictures).astype(np.float32) * 2 - 1).permute(0, 3, 1, 2)
    return batch.contiguous(memory_format=torch.channels_last).to(DEVICE)


class Run:
    """State of a run. It is saved in `checkpoint` every few minutes, and the same call resumes it after an interruption."""

    def __init__(self, photographs: Photographs, training: np.ndarray, recipe: Recipe, checkpoint: Path, start):
        self.photographs, self.recipe, self.checkpoint = photographs, recipe, checkpoint
        self.training, self.weights = training, draw_weights(photographs, training)
        self.random = np.random.default_rng(recipe.seed)
        torch.manual_seed(recipe.seed)
        keep_freed_memory()
        self.network = EyeDiseaseNetwork(len(LABELS))
        start(self.network)
        self.network.to(DEVICE, memory_format=torch.channels_last)
        self.averaged = copy.deepcopy(self.network).eval()
        frozen = [self.network.stem, *self.network.blocks[: recipe.frozen]]
        for layer in frozen:
            layer.requires_grad_(False)
        head = list(self.network.head.parameters())
        self.backbone = [p for block in self.network.blocks[recipe.frozen :] for p in block.parameters()]
        self.optimizer = torch.optim.AdamW(
            [{"params": self.backbone, "lr": recipe.rate}, {"params": head, "lr": 3 * recipe.rate}],
            weight_decay=0.02,
        )
        self.rates = [group["lr"] for group in self.optimizer.param_groups]
        self.step, self.seconds, self.loss = 0, 0.0, 0.0
        self.augment = Augmenter(photographs.large, recipe.size, self.draw_other, self.random)
        if checkpoint.exists():
            self.load()

    def draw_other(self) -> int:
        if self.random.random() < 0.5:
            return int(self.training[self.random.integers(len(self.training))])
        return int(self.random.choice(self.training, p=self.weights))

    def fit(self, say=print) -> EyeDiseaseNetwork:
        """Trains until the minutes are over, and returns the averaged network."""
        self.network.train()
        last = saved = time.monotonic()
        total = self.recipe.minutes * 60
        while self.seconds < total:
            self.take_step(self.seconds / total)
            now = time.monotonic()
            self.seconds, last = self.seconds + now - last, now
            if self.step % 20 == 0:
                left = max(0, total - self.seconds) / 60
                say(f"step {self.step}, loss {self.loss:.3f}, {left:.0f} min left")
            if now - saved > self.recipe.checkpoint_seconds:
                self.save()
                saved = now
        self.save()
        return self.averaged

    def take_step(self, done: float) -> None:
        recipe = self.recipe
        pace = min(1, (self.step + 1) / 60) * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * done)))
        for group, rate in zip(self.optimizer.param_groups, self.rates):
            group["lr"] = rate * pace
        pictures, targets = self.draw_batch()
        with torch.autocast(DEVICE, dtype=torch.bfloat16, enabled=HAS_BFLOAT16):
            with torch.no_grad():
                early = self.network.early(pictures, recipe.frozen)
            features = functional.dropout(self.network.features(early, recipe.frozen), 0.2)
            logits = self.network.head(features)
        loss = -(targets * functional.log_softmax(logits.float(), 1)).sum(1).mean()
        self.optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(self.backbone, 1.0)
        self.optimizer.step()
        self.step += 1
        self.loss = loss.item() if self.step == 1 else 0.98 * self.loss + 0.02 * loss.item()
        keep = min(recipe.average, (1 + self.step) / (10 + self.step))
        with torch.no_grad():
            torch._foreach_lerp_(list(self.averaged.parameters()), list(self.network.parameters()), 1 - keep)

    def draw_batch(self) -> tuple[torch.Tensor, torch.Tensor]:
        recipe, count = self.recipe, len(LABELS)
        drawn = self.random.choice(self.training, recipe.batch, p=self.weights)
        pictures = to_tensor([self.augment(int(index)) for index in drawn])
        labels = torch.from_numpy(self.photographs.labels[drawn]).to(DEVICE)
        targets = functional.one_hot(labels, count).float() * (1 - recipe.smoothing) + recipe.smoothing / count
        if self.random.random() < recipe.mixup:
            share, order = float(self.random.beta(0.4, 0.4)), torch.randperm(recipe.batch)
            pictures = pictures * share + pictures[order] * (1 - share)
            targets = targets * share + targets[order] * (1 - share)
        return pictures.contiguous(memory_format=torch.channels_last), targets

    def save(self) -> None:
        state = {
            "network": self.network.state_dict(),
            "averaged": self.averaged.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "step": self.step,
            "seconds": self.seconds,
            "loss": self.loss,
            "random": self.random.bit_generator.state,
        }
        partial = self.checkpoint.with_suffix(".partial")
        torch.save(state, partial)
        os.replace(partial, self.checkpoint)

    def load(self) -> None:
        state = torch.load(self.checkpoint, map_location=DEVICE, weights_only=False)
        for name in ("network", "averaged", "optimizer"):
            getattr(self, name).load_state_dict(state[name])
        self.step, self.seconds, self.loss = state["step"], state["seconds"], state["loss"]
        self.random.bit_generator.state = state["random"]


def answer(network: EyeDiseaseNetwork, served: np.ndarray, indices: np.ndarray, size: int, batch: int = 64):
    """Logits `[N, labels]` and pooled features `[N, 192]` for the pixels that the service would give the model."""
    logits, features = [], []
    network.eval()
    with torch.inference_mode():
        for first in range(0, len(indices), batch):
            pictures = [
                cv2.resize(np.array(served[index]), (size, size), interpolation=cv2.INTER_AREA) / 255
                for index in indices[first : first + batch]
            ]
            pooled = network.features(network.early(to_tensor(pictures), 0))
            features.append(pooled.float().cpu().numpy())
            logits.append(network.head(pooled).float().cpu().numpy())
    return np.concatenate(logits), np.concatenate(features)
