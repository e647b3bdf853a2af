"""The trained network as a Keras model: what is registered and served."""

import keras
import numpy as np
from keras import layers

from network import STAGES, EyeDiseaseNetwork


def build_keras_model(network: EyeDiseaseNetwork, size: int) -> keras.Model:
    """RGB pictures `[N, size, size, 3]` of 0..255 to probabilities `[N, labels]`."""
    backbone = _build_backbone(size, network.head.out_features)
    targets = [layer for layer in backbone.layers if isinstance(layer, (layers.Conv2D, layers.DepthwiseConv2D))]
    for target, source in zip(targets, network.convolutions(), strict=True):
        order = (2, 3, 0, 1) if isinstance(target, layers.DepthwiseConv2D) else (2, 3, 1, 0)
        weight = source.weight.detach().cpu().float().numpy().transpose(order)
        target.set_weights([np.ascontiguousarray(weight), source.bias.detach().cpu().float().numpy()])
    head = network.head
    backbone.get_layer("logits").set_weights(
        [head.weight.detach().cpu().float().numpy().T, head.bias.detach().cpu().float().numpy()]
    )
    image = keras.Input((size, size, 3), name="image")
    scaled = layers.Rescaling(1 / 127.5, offset=-1, name="rescale")(image)
    probabilities = layers.Softmax(name="probabilities")(backbone(scaled))
    return keras.Model(image, probabilities, name="eye_disease")


def _build_backbone(size: int, labels: int) -> keras.Model:
    picture = keras.Input((size, size, 3))
    x = layers.Conv2D(32, 3, 2, padding="same", name="stem")(picture)
    x = layers.ReLU(6, name="stem_a")(x)
    channels, index = 32, 0
    for repeats, width, kernel, stride, expansion in STAGES:
        for repeat in range(repeats):
            name, shortcut = f"b{index}", x
            if expansion != 1:
                x = layers.Conv2D(channels * expansion, 1, padding="same", name=f"{name}_e")(x)
                x = layers.ReLU(6, name=f"{name}_ea")(x)
            step = stride if repeat == 0 else 1
            x = layers.DepthwiseConv2D(kernel, step, padding="same", name=f"{name}_d")(x)
            x = layers.ReLU(6, name=f"{name}_da")(x)
            x = layers.Conv2D(width, 1, padding="same", name=f"{name}_p")(x)
            if step == 1 and channels == width:
                x = layers.Add(name=f"{name}_add")([shortcut, x])
            channels, index = width, index + 1
    x = layers.GlobalAveragePooling2D(name="feat")(x)
    return keras.Model(picture, layers.Dense(labels, name="logits")(x), name="backbone")
