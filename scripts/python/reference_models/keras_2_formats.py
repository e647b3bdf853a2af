"""Files of Keras 2 (tf-keras): their defaults and the shape of their configuration differ from Keras 3's."""

from pathlib import Path

import numpy as np
import tensorflow as tf
import tf_keras as keras
from tf_keras import layers

from .case import Case
from .randomize import pictures

size = (15, 18, 3)


def network() -> keras.Model:
    """The network of formats.py. Keras 2's hard_sigmoid is not the function that it is in Keras 3."""
    image = keras.Input(size, name="image")
    convolution = layers.Conv2D(3, 3, padding="same", name="shared")
    x = convolution(convolution(layers.Rescaling(1 / 255)(image)))
    nested = keras.Sequential(
        [layers.Conv2D(6, 3, use_bias=False), layers.BatchNormalization(), layers.ReLU(6.0), layers.DepthwiseConv2D(3)],
        name="nested",
    )
    x = layers.Add()([nested(x), layers.Cropping2D(2)(layers.Conv2D(6, 1)(x))])
    x = layers.LeakyReLU(0.2)(layers.Activation("hard_sigmoid")(x))
    return keras.Model(image, layers.Dense(4, activation="softmax", name="diagnosis")(layers.GlobalAveragePooling2D()(x)))


def transfer() -> keras.Model:
    """A nested Functional model and arithmetic operators, which Keras 2 keeps as layers of their own."""
    base = keras.applications.MobileNetV2(include_top=False, weights=None, input_shape=(64, 64, 3))
    image = keras.Input((64, 64, 3))
    x = keras.applications.mobilenet_v2.preprocess_input(layers.RandomFlip()(image))
    x = layers.GlobalAveragePooling2D()(base(x, training=False))
    return keras.Model(image, layers.Dense(4, activation="softmax")(layers.Dropout(0.2)(x)))


def attention() -> keras.Model:
    """TensorFlow's functions with settings, and a layer that holds its weights in layers of its own."""
    image = keras.Input(size)
    x = (tf.cast(image, tf.float32) / 255.0 - tf.constant([0.5, 0.4, 0.3])) / tf.constant([0.2, 0.3, 0.2])
    x = layers.Conv2D(8, 3, strides=2, activation="relu")(x)
    pooled = tf.concat([tf.reduce_mean(x, axis=-1, keepdims=True), tf.reduce_max(x, axis=-1, keepdims=True)], axis=-1)
    x = x * layers.Conv2D(1, 5, padding="same", activation="sigmoid")(pooled)
    places = layers.PReLU()(layers.Reshape((-1, 8))(x))
    x = layers.MultiHeadAttention(2, 4)(places, key=layers.Dense(6)(places), value=places)
    return keras.Model(image, layers.Dense(4, activation="softmax")(tf.reduce_mean(x, axis=1)))


def randomize(model: keras.Model, inputs: np.ndarray) -> None:
    random = np.random.default_rng(7)
    for variable in model.variables:
        if any(part in variable.name for part in ("bias", "beta")):
            variable.assign(random.normal(0, 0.1, variable.shape))
        elif "gamma" in variable.name:
            variable.assign(random.uniform(0.7, 1.3, variable.shape))
    calibrate_statistics(model)
    spread_answers(model, inputs)


def calibrate_statistics(model: keras.Model) -> None:
    """Runs one forward pass of each nested model in training mode; every batch normalisation is in one of those."""
    for nested in model.layers:
        if not isinstance(nested, keras.Model):
            continue
        for layer in nested.layers:
            if isinstance(layer, layers.BatchNormalization):
                layer.momentum = 0.0
        nested(pictures(nested.input_shape[1:], -1, 1), training=True)


def spread_answers(model: keras.Model, inputs: np.ndarray) -> None:
    """Scales the last layer so that the softmax is neither even nor one-sided."""
    features = keras.Model(model.input, model.layers[-2].output)(inputs, training=False).numpy()
    kernel, bias = model.layers[-1].kernel, model.layers[-1].bias
    logits = features @ kernel.numpy()
    deviation = logits.std(axis=0).mean()
    kernel.assign(kernel.numpy() / deviation)
    bias.assign(-logits.mean(axis=0) / deviation)


def write(folder: Path, file: str, model: keras.Model, inputs: np.ndarray) -> Case:
    randomize(model, inputs)
    model.save(folder / file)
    format = "keras" if file.endswith(".keras") else "keras_h5"
    return Case(format, file, inputs, model(inputs, training=False).numpy())


makers = {
    "keras_2_h5": lambda folder: write(folder, "model.h5", network(), pictures(size)),
    "keras_2_h5_transfer": lambda folder: write(folder, "model.h5", transfer(), pictures((64, 64, 3))),
    "keras_2_h5_attention": lambda folder: write(folder, "model.h5", attention(), pictures(size)),
    "keras_2_archive_attention": lambda folder: write(folder, "model.keras", attention(), pictures(size)),
    "keras_2_archive": lambda folder: write(folder, "model.keras", network(), pictures(size)),
    "keras_2_archive_transfer": lambda folder: write(folder, "model.keras", transfer(), pictures((64, 64, 3))),
}
