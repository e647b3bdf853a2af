"""Whole families of keras.applications, with heads of four classes and uncommon picture sizes."""

from pathlib import Path

import keras

from .case import Case
from .randomize import assert_every_weight_matters, pictures, randomize, spread_answers

class_count = 4
applications = keras.applications

# Sizes are small to keep the suite short, and odd where the family allows it, so that borders of `same` are uneven.
sizes = {
    "InceptionV3": (107, 99),
    "Xception": (95, 101),
    "MobileNetV2": (96, 112),
    "MobileNetV3Small": (96, 96),
    "MobileNetV3Large": (97, 85),
    "EfficientNetB0": (97, 96),
    "EfficientNetV2B0": (96, 91),
    "ResNet50": (79, 96),
    "ResNet50V2": (96, 75),
    "DenseNet121": (83, 96),
    "NASNetMobile": (96, 96),
    "VGG16": (64, 48),
    "ConvNeXtTiny": (64, 96),
}

# These bring their own rescaling; the others expect -1..1.
rescaling = ("MobileNetV3Small", "MobileNetV3Large", "EfficientNetB0", "EfficientNetV2B0", "ConvNeXtTiny")


def make_family(name: str, folder: Path) -> Case:
    height, width = sizes[name]
    build = getattr(applications, name)
    model = build(weights=None, input_shape=(height, width, 3), classes=class_count)
    inputs = pictures((height, width, 3)) if name in rescaling else pictures((height, width, 3), -1, 1)
    randomize(model, inputs)
    if name == "VGG16":
        widen_kernels(model)
    spread_answers(model, inputs)
    assert_every_weight_matters(model, inputs)
    model.save(folder / "model.keras")
    return Case("keras", "model.keras", inputs, model(inputs, training=False).numpy())


def widen_kernels(model: keras.Model) -> None:
    """Scales kernels as in He et al. (2015): without normalisation, the default ones let pictures fade layer by layer."""
    for layer in model.layers:
        if isinstance(layer, keras.layers.Conv2D):
            layer.kernel.assign(layer.kernel.numpy() * 2**0.5)


makers = {name: lambda folder, name=name: make_family(name, folder) for name in sizes}
