"""Small models, each around something that is easily read wrong. Their answers are compared as they are, without softmax."""

from pathlib import Path
from typing import Callable

import keras
import numpy as np
from keras import layers, ops

from .case import Case
from .randomize import pictures, randomize, spread_answers

applications = keras.applications
builders: dict[str, tuple[Callable[[], keras.Model], tuple]] = {}


def trap(shape: tuple, low: float = -1.0, high: float = 1.0):
    def register(build: Callable[[], keras.Model]):
        builders[build.__name__] = (build, (shape, low, high))
        return build

    return register


@trap((17, 19, 3))
def shared_layers():
    """A convolution called twice, and a whole nested model called twice."""
    image = keras.Input((17, 19, 3))
    convolution = layers.Conv2D(4, 3, padding="same", activation="relu")
    first, second = convolution(image), convolution(layers.Rescaling(0.5, 0.1)(image))
    nested = keras.Sequential(
        [layers.Conv2D(5, 3, strides=2, padding="same"), layers.BatchNormalization(), layers.Activation("swish")]
    )
    return keras.Model(image, layers.Concatenate()([nested(first), nested(second)]))


@trap((20, 21, 3), 0, 255)
def sequential():
    return keras.Sequential(
        [
            keras.Input((20, 21, 3)),
            layers.Rescaling(1 / 127.5, offset=-1),
            layers.Conv2D(8, 3, activation="relu"),
            layers.MaxPooling2D(),
            layers.SeparableConv2D(7, 5, strides=2, padding="same", depth_multiplier=2, activation="relu6"),
            layers.BatchNormalization(scale=False),
            layers.Dropout(0.3),
            layers.Flatten(),
            layers.Dense(16, activation="relu"),
            layers.Dense(4, activation="softmax"),
        ]
    )


@trap((18, 25, 4), -20, 20)
def windows():
    """Even and odd sizes, even kernels, dilation, groups, depth multiplier, borders that must not be merged."""
    image = keras.Input((18, 25, 4))
    x = layers.Conv2D(8, 4, strides=2, padding="same")(image)
    x = layers.Conv2D(8, (3, 5), strides=(2, 1), padding="same", groups=2)(x)
    x = layers.DepthwiseConv2D(3, depth_multiplier=2, strides=2, padding="same")(x)
    x = layers.ZeroPadding2D(((1, 2), (0, 1)))(x)
    x = layers.DepthwiseConv2D(3, padding="valid")(x)
    x = layers.ZeroPadding2D(2)(x)
    x = layers.Conv2D(6, 3, dilation_rate=2, padding="same")(x)
    x = layers.AveragePooling2D(3, 2, padding="same")(x)
    x = layers.MaxPooling2D(2, 1, padding="same")(x)
    return keras.Model(image, x)


@trap((12, 13, 3))
def padding_before_pooling():
    """Added zeros count for pooling: the maximum of a negative border window is 0, and averages are drawn to 0."""
    image = keras.Input((12, 13, 3))
    negative = layers.Rescaling(1.0, offset=-2.0)(image)
    padded = layers.ZeroPadding2D(1)(negative)
    highest = layers.MaxPooling2D(3, 2)(padded)
    mean = layers.AveragePooling2D(3, 2)(padded)
    return keras.Model(image, layers.Concatenate()([highest, mean]))


@trap((12, 11, 3))
def padding_used_twice():
    """A border that a convolution and another layer both use."""
    image = keras.Input((12, 11, 3))
    padded = layers.ZeroPadding2D(1)(image)
    return keras.Model(image, layers.Concatenate()([layers.Conv2D(4, 3, padding="same")(padded), padded]))


@trap((9, 8, 6))
def normalisation_used_twice():
    """A convolution whose output is used beside its normalisation must not be folded."""
    image = keras.Input((9, 8, 6))
    x = layers.Conv2D(6, 3, padding="same")(image)
    y = layers.BatchNormalization()(x)
    z = layers.BatchNormalization()(y)
    return keras.Model(image, layers.Add()([x, y, layers.ReLU()(z)]))


@trap((10, 10, 3), 0, 255)
def numpy_operations():
    image = keras.Input((10, 10, 3))
    x = image / 127.5 - 1.0
    x = layers.Conv2D(4, 1)(x)
    y = layers.Conv2D(4, 1)(x)
    x = 2.0 * (x + y) - np.array([0.1, 0.2, 0.3, 0.4], "float32")
    x = 1.0 - x
    x = layers.Average()([x, y])
    x = ops.concatenate([ops.relu(x), ops.gelu(x), ops.silu(y), ops.clip(y, 0, 0.5), ops.tanh(x) * ops.sigmoid(y)], axis=-1)
    x = ops.maximum(x, ops.expand_dims(ops.expand_dims(ops.mean(x, axis=(1, 2)), 1), 1))
    return keras.Model(image, ops.concatenate([ops.mean(x, axis=(1, 2)), ops.max(x, axis=[1, 2])], axis=1))


@trap((9, 10, 3), 0, 255)
def caffe_preprocessing():
    """Colours reversed by taking the channels one by one."""
    image = keras.Input((9, 10, 3))
    x = applications.resnet50.preprocess_input(image)
    return keras.Model(image, layers.Conv2D(4, 3)(x))


@trap((9, 10, 3), 0, 255)
def torch_preprocessing():
    image = keras.Input((9, 10, 3))
    x = applications.densenet.preprocess_input(image)
    return keras.Model(image, layers.Conv2D(4, 3)(x))


@trap((10, 10, 8), -4, 4)
def activations():
    image = keras.Input((10, 10, 8))
    names = "relu relu6 sigmoid tanh silu hard_silu hard_sigmoid gelu elu selu softplus softsign leaky_relu mish exponential"
    outputs = [layers.Activation(name)(image) for name in names.split()]
    outputs += [layers.ReLU(max_value=3.0)(image), layers.ReLU(negative_slope=0.1)(image)]
    outputs += [layers.LeakyReLU(0.3)(image), layers.ELU(0.7)(image), layers.Softmax()(image)]
    outputs += [layers.Conv2D(8, 1, activation=layers.LeakyReLU(0.2))(image)]
    return keras.Model(image, layers.Concatenate()(outputs))


@trap((8, 8, 6))
def squeeze_and_excite():
    """By keepdims, by Reshape, a dense layer on an image, a reshape that moves pixels."""
    image = keras.Input((8, 8, 6))
    gate = layers.GlobalAveragePooling2D(keepdims=True)(image)
    gate = layers.Dense(6, activation="sigmoid")(gate)
    x = layers.Multiply()([image, gate])
    z = layers.Reshape((1, 1, 6))(layers.Dense(6)(layers.GlobalMaxPooling2D()(x)))
    x = layers.Add()([x, z])
    x = layers.Reshape((4, -1, 6))(x)
    return keras.Model(image, layers.Dense(3)(x))


@trap((7, 6, 5))
def ranks_that_differ():
    """Merge layers put the missing axes of the smaller value behind the batch."""
    image = keras.Input((7, 6, 5))
    pooled = layers.GlobalAveragePooling2D()(image)
    x = layers.Multiply()([image, pooled])
    x = layers.Maximum()([x, layers.Minimum()([image, pooled])])
    return keras.Model(image, layers.Subtract()([x, pooled]))


@trap((64, 64, 3), 0, 255)
def transfer_learning():
    """The usual one: augmentation, rescaling, a nested application without its head, a new head."""
    base = applications.MobileNetV2(include_top=False, weights=None, input_shape=(64, 64, 3))
    base.trainable = False
    image = keras.Input((64, 64, 3))
    x = layers.RandomRotation(0.1)(layers.RandomFlip("horizontal")(image))
    x = base(layers.Rescaling(1 / 127.5, -1)(x), training=False)
    x = layers.Dropout(0.2)(layers.GlobalAveragePooling2D()(x))
    return keras.Model(image, layers.Dense(4, activation="softmax")(x))


@trap((64, 64, 3), 0, 255)
def sequential_around_application():
    base = applications.EfficientNetB0(include_top=False, weights=None, input_shape=(64, 64, 3), pooling="avg")
    return keras.Sequential([keras.Input((64, 64, 3)), base, layers.BatchNormalization(), layers.Dense(4), layers.Softmax()])


@trap((16, 18, 3))
def nested_with_several_values():
    """A nested model with two inputs, given in another order than they were made, and two outputs."""
    left, right = keras.Input((16, 18, 3), name="left"), keras.Input((16, 18, 3), name="right")
    x = layers.Conv2D(4, 3, name="a")(left)
    y = layers.Conv2D(4, 3, name="b")(right)
    nested = keras.Model([right, left], [layers.Subtract()([x, y]), layers.Multiply()([x, y])], name="nested")
    image = keras.Input((16, 18, 3))
    difference, product = nested([layers.Rescaling(2.0)(image), image])
    return keras.Model(image, layers.Concatenate()([product, difference]))


@trap((16, 17, 3))
def sizes_left_open():
    """A nested model that takes pictures of any size."""
    nested_input = keras.Input((None, None, 3))
    x = layers.Conv2D(4, 3, strides=2, padding="same")(nested_input)
    nested = keras.Model(nested_input, layers.GlobalAveragePooling2D()(layers.MaxPooling2D(3, 2, padding="same")(x)))
    image = keras.Input((16, 17, 3))
    return keras.Model(image, nested(image))


@trap((11, 12, 3))
def layer_normalisation():
    image = keras.Input((11, 12, 3))
    x = layers.Conv2D(8, 3)(image)
    x = layers.LayerNormalization(epsilon=1e-6)(x)
    x = layers.DepthwiseConv2D(3, padding="same")(x)
    x = layers.LayerNormalization(center=False)(layers.Dense(6, activation="gelu")(x))
    return keras.Model(image, layers.LayerNormalization(scale=False)(layers.GlobalAveragePooling2D()(x)))


@trap((9, 9, 3), 0, 255)
def normalisation_layers():
    """Statistics that were adapted, and statistics that stand in the settings."""
    image = keras.Input((9, 9, 3))
    adapted = layers.Normalization()
    adapted.adapt(pictures((9, 9, 3)))
    given = layers.Normalization(mean=[1.0, 2.0, 3.0], variance=[4.0, 5.0, 6.0])
    return keras.Model(image, layers.Concatenate()([adapted(image), given(adapted(image))]))


@trap((13, 14, 3))
def cropping():
    image = keras.Input((13, 14, 3))
    x = layers.Cropping2D(((1, 2), (3, 0)))(layers.Conv2D(4, 1)(image))
    return keras.Model(image, layers.CenterCrop(5, 6)(x))


@trap((16, 16, 3))
def mixed_precision():
    return with_policy("mixed_float16", small_network)


@trap((16, 16, 3))
def half_precision():
    """Weights of 16 bits."""
    return with_policy("float16", small_network)


@trap((12, 12, 3))
def trained():
    """A file that also holds the state of an optimizer, of metrics and of random generators."""
    model = keras.Sequential(
        [keras.Input((12, 12, 3)), layers.RandomFlip(), layers.Conv2D(4, 3), layers.BatchNormalization(), layers.Flatten()]
        + [layers.Dropout(0.5), layers.Dense(3, activation="softmax")]
    )
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(pictures((12, 12, 3)), np.array([0, 1, 2, 0]), epochs=1, verbose=0)
    return model


def small_network():
    image = keras.Input((16, 16, 3))
    x = layers.Conv2D(8, 3, padding="same")(image)
    x = layers.ReLU()(layers.BatchNormalization()(x))
    return keras.Model(image, layers.Dense(4, activation="sigmoid")(layers.GlobalAveragePooling2D()(x)))


def with_policy(policy: str, build: Callable[[], keras.Model]) -> keras.Model:
    keras.config.set_dtype_policy(policy)
    try:
        return build()
    finally:
        keras.config.set_dtype_policy("float32")


# These end in a dense layer whose answers would hardly differ from picture to picture.
classifiers = ("sequential", "transfer_learning", "sequential_around_application", "mixed_precision", "half_precision", "trained")


def make_trap(name: str, folder: Path) -> Case:
    build, (shape, low, high) = builders[name]
    model = build()
    inputs = pictures(shape, low, high)
    if name != "trained":
        randomize(model, inputs)
    if name in classifiers:
        spread_answers(model, inputs)
    model.save(folder / "model.keras")
    outputs = keras.ops.convert_to_numpy(model(inputs, training=False))
    return Case("keras", "model.keras", inputs, outputs)


makers = {name: lambda folder, name=name: make_trap(name, folder) for name in builders}
