"""Small models, each around something that is easily read wrong. Most end without a softmax, so that their answers are compared as they are."""

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
    """Even and odd sizes, even kernels, dilation (depthwise, too), groups, depth multiplier, borders that must not be merged."""
    image = keras.Input((18, 25, 4))
    x = layers.Conv2D(8, 4, strides=2, padding="same")(image)
    x = layers.Conv2D(8, (3, 5), strides=(2, 1), padding="same", groups=2)(x)
    x = layers.DepthwiseConv2D(3, depth_multiplier=2, strides=2, padding="same")(x)
    x = layers.ZeroPadding2D(((1, 2), (0, 1)))(x)
    x = layers.DepthwiseConv2D(3, padding="valid")(x)
    x = layers.ZeroPadding2D(2)(x)
    x = layers.Conv2D(6, 3, dilation_rate=2, padding="same")(x)
    x = layers.DepthwiseConv2D((3, 2), dilation_rate=(2, 3), padding="same")(x)
    x = layers.SeparableConv2D(6, 3, dilation_rate=2, padding="valid")(x)
    x = layers.AveragePooling2D(3, 2, padding="same")(x)
    x = layers.MaxPooling2D(2, 1, padding="same")(x)
    return keras.Model(image, x)


@trap((12, 13, 3))
def padding_before_pooling():
    """Added zeros count for pooling: the maximum of a negative border window is 0, and averages move towards 0."""
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
    """With keepdims, with Reshape, with a dense layer on an image, and with a reshape that moves pixels."""
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
    """Merge layers insert the missing axes of the smaller value after the batch."""
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
    """Statistics that were adapted, and statistics from the settings."""
    image = keras.Input((9, 9, 3))
    adapted = layers.Normalization()
    adapted.adapt(pictures((9, 9, 3)))
    given = layers.Normalization(mean=[1.0, 2.0, 3.0], variance=[4.0, 5.0, 6.0])
    for_all = layers.Normalization(axis=None)
    for_all.adapt(pictures((9, 9, 3)))
    inverse = layers.Normalization(axis=None, mean=0.5, variance=4.0, invert=True)
    values = [adapted(image), given(adapted(image)), for_all(image), inverse(layers.ReLU()(for_all(image)))]
    return keras.Model(image, layers.Concatenate()(values))


@trap((13, 14, 3))
def cropping():
    image = keras.Input((13, 14, 3))
    x = layers.Cropping2D(((1, 2), (3, 0)))(layers.Conv2D(4, 1)(image))
    return keras.Model(image, layers.CenterCrop(5, 6)(x))


@trap((24, 27, 3), 0, 255)
def resizing():
    """Smaller and larger, by integer and by other factors; a part of other proportions."""
    image = keras.Input((24, 27, 3))
    kinds = {"bilinear": (13, 16), "nearest": (31, 40), "crop": (9, 20)}
    resized = [
        layers.Resizing(*size, interpolation="nearest" if kind == "nearest" else "bilinear", crop_to_aspect_ratio=kind == "crop")
        for kind, size in kinds.items()
    ]
    values = [layers.Conv2D(3, 3)(layers.Rescaling(1 / 255)(layer(image))) for layer in resized]
    values += [layers.UpSampling2D((2, 3))(values[0]), layers.UpSampling2D(interpolation="bilinear")(values[0])]
    return keras.Model(image, layers.Concatenate()([layers.Flatten()(value) for value in values]))


@trap((24, 27, 3), 0, 255)
def resizing_smoothly():
    """Kernels wider than two pixels, widened where an image shrinks, with black on two sides; a middle larger than the image."""
    image = keras.Input((24, 27, 3))
    resized = [layers.Resizing(*size, antialias=True)(image) for size in ((7, 11), (40, 13))]
    for interpolation in ("bicubic", "lanczos3", "lanczos5"):
        resized += [layers.Resizing(11, 33, interpolation, antialias=antialias)(image) for antialias in (True, False)]
    resized += [layers.Resizing(16, 12, pad_to_aspect_ratio=True)(image), layers.Resizing(9, 30, pad_to_aspect_ratio=True)(image)]
    resized += [layers.CenterCrop(30, 20)(image), ops.image.resize(image, (9, 8), interpolation="bicubic")]
    values = [layers.Conv2D(2, 3)(layers.Rescaling(1 / 255)(value)) for value in resized]
    values += [layers.Rescaling(1 / 255)(layers.Resizing(9, 8)(image))]  # no convolution behind it
    return keras.Model(image, layers.Concatenate()([layers.Flatten()(value) for value in values]))


@trap((14, 14, 3), 0, 255)
def augmentation():
    """Every layer that acts only in training."""
    image = keras.Input((14, 14, 3))
    names = "Flip Brightness ColorDegeneration ColorJitter Contrast ElasticTransform Erasing GaussianBlur Grayscale Hue"
    names += " Invert Perspective Posterization Rotation Saturation Sharpness Shear Translation Zoom"
    settings = {"Translation": (0.1, 0.1), "Posterization": (4,)}
    plain = ("Flip", "ColorJitter", "ElasticTransform", "Erasing", "GaussianBlur", "Grayscale", "Invert", "Perspective")
    x = image
    for name in names.split():
        x = getattr(layers, f"Random{name}")(*settings.get(name, () if name in plain else (0.2,)))(x)
    for name in ("AugMix", "CutMix", "MixUp", "RandAugment", "Solarization"):
        x = getattr(layers, name)()(x)
    x = layers.Conv2D(6, 3)(layers.Rescaling(1 / 127.5, -1)(x))
    for layer in (layers.SpatialDropout2D(0.3), layers.GaussianNoise(0.3), layers.GaussianDropout(0.3), layers.AlphaDropout(0.3)):
        x = layer(x)
    return keras.Model(image, layers.ActivityRegularization(0.1)(layers.Dropout(0.5)(x, training=True)))


@trap((13, 15, 3))
def channel_attention():
    """CBAM (Woo et al. 2018): pooling over pixels, then over channels, by layers and by keras.ops."""
    image = keras.Input((13, 15, 3))
    x = layers.Conv2D(8, 3, activation="relu")(image)
    squeeze, excite = layers.Dense(4, activation="relu"), layers.Dense(8)
    gate = layers.Add()([excite(squeeze(layers.GlobalAveragePooling2D()(x))), excite(squeeze(layers.GlobalMaxPooling2D()(x)))])
    x = x * layers.Activation("sigmoid")(gate)[:, None, None, :]
    pooled = layers.Concatenate()([ops.mean(x, axis=-1, keepdims=True), ops.max(x, axis=-1, keepdims=True)])
    return keras.Model(image, layers.Multiply()([x, layers.Conv2D(1, 7, padding="same", activation="sigmoid")(pooled)]))


@trap((12, 13, 3))
def efficient_channel_attention():
    """ECA (Wang et al. 2020): a convolution along the channels."""
    image = keras.Input((12, 13, 3))
    x = layers.Conv2D(8, 3)(image)
    gate = layers.Conv1D(1, 3, padding="same", use_bias=False)(layers.Reshape((8, 1))(layers.GlobalAveragePooling2D()(x)))
    return keras.Model(image, x * layers.Reshape((1, 1, 8))(layers.Activation("sigmoid")(gate)))


@trap((9, 10, 3))
def sequences():
    image = keras.Input((9, 10, 3))
    x = layers.Conv1D(8, 4, strides=2, padding="same", activation="relu")(layers.Reshape((-1, 3))(image))
    x = layers.AveragePooling1D(3, 2, padding="same")(x)
    x = layers.Conv1D(6, 3, dilation_rate=2, groups=2)(layers.MaxPooling1D(2)(x))
    pooled = [layers.GlobalAveragePooling1D()(x), layers.GlobalMaxPooling1D()(x), layers.Flatten()(layers.Permute((2, 1))(x))]
    shares = layers.Softmax(axis=1)(layers.Dense(1)(x))
    return keras.Model(image, layers.Concatenate()([*pooled, ops.sum(x * shares, axis=1)]))


@trap((16, 12, 3))
def attention():
    """Inputs by name in another order than the signature's, sizes that differ, a trained scale, without biases."""
    image = keras.Input((16, 12, 3))
    x = layers.Reshape((-1, 8))(layers.Conv2D(8, 4, strides=4)(image))
    key, value = layers.Dense(6)(x), layers.Dense(7)(x)
    named = layers.MultiHeadAttention(2, 5, value_dim=3)(x, key=key, value=value)
    own = layers.MultiHeadAttention(3, 4, output_shape=6, use_bias=False, dropout=0.1)(x, x)
    scaled = layers.Attention(use_scale=True)([x, value, layers.Dense(8)(key)])
    return keras.Model(image, layers.Concatenate()([named, own, scaled, layers.Attention()([x, x])]))


@trap((16, 16, 3), 0, 255)
def vision_transformer():
    image = keras.Input((16, 16, 3))
    x = layers.Conv2D(12, 4, strides=4)(layers.Rescaling(1 / 127.5, -1)(image))
    x = layers.Reshape((16, 12))(x)
    x = x + layers.Embedding(16, 12, embeddings_initializer="normal")(ops.arange(16))
    for _ in range(2):
        y = layers.LayerNormalization(epsilon=1e-6)(x)
        x = layers.Add()([x, layers.MultiHeadAttention(3, 4, dropout=0.1)(y, y)])
        y = layers.Dense(24, activation="gelu")(layers.LayerNormalization(epsilon=1e-6)(x))
        x = layers.Add()([x, layers.Dense(12)(layers.Dropout(0.1)(y))])
    return keras.Model(image, layers.Dense(4, activation="softmax")(layers.Flatten()(layers.LayerNormalization()(x))))


@trap((9, 8, 3))
def normalisation_of_groups():
    image = keras.Input((9, 8, 3))
    x = layers.Conv2D(8, 3)(image)
    values = [layers.GroupNormalization(4)(x), layers.GroupNormalization(-1, scale=False)(x), layers.RMSNormalization()(x)]
    values += [layers.UnitNormalization()(x), ops.normalize(x, axis=(1, 2)), layers.GroupNormalization(1, center=False)(x)]
    return keras.Model(image, layers.Concatenate()(values))


@trap((8, 7, 3))
def trained_slopes():
    """A slope per place, and one per channel."""
    image = keras.Input((8, 7, 3))
    x = layers.Conv2D(7, 2)(image)
    values = [layers.PReLU(alpha_initializer="normal")(x), layers.PReLU(alpha_initializer="normal", shared_axes=[1, 2])(x)]
    flat = layers.PReLU(alpha_initializer="normal")(layers.Dense(5)(layers.GlobalMaxPooling2D()(x)))
    return keras.Model(image, layers.Concatenate()([layers.Flatten()(value) for value in [*values, flat]]))


@trap((9, 10, 3))
def indexing():
    image = keras.Input((9, 10, 3))
    x = layers.Conv2D(6, 2)(image[..., ::-1])
    values = [x[:, 0], x[:, -1, 1:], x[:, 3:-3, ::1, :], x[..., 2:5], x[:, :, None, :, 0], ops.flip(x, axis=-1)[:, 2]]
    return keras.Model(image, ops.concatenate([layers.Flatten()(value) for value in values], axis=-1))


@trap((11, 8, 3))
def steps_and_parts():
    """Every second place, backwards, in parts, with axes exchanged: on 8 columns and 6 channels."""
    image = keras.Input((11, 8, 3))
    x = layers.Conv2D(6, (2, 1))(image)
    values = [x[:, ::2, 1::3], x[:, ::-1, :, 1:], x[:, 7:2:-2], x[:, :, -2::-1], ops.flip(x, axis=(1, 2)), *ops.split(x, 3, axis=-1)]
    values += [*ops.split(x, [2, 3], axis=2), ops.swapaxes(x, 1, -1), ops.moveaxis(x, 1, 3), ops.moveaxis(x, (1, 3), (2, 1))]
    values += [ops.stack([x, x * 2], axis=2), ops.pad(x, [[0, 0], [1, 2], [0, 1], [0, 0]]), ops.image.rgb_to_grayscale(image)]
    values += [ops.max_pool(x, 2), ops.average_pool(x, 3, strides=2, padding="same"), ops.matmul(x, np.eye(6, 2, 1, "float32"))]
    values += [layers.Conv1D(2, 3, padding="causal", dilation_rate=2)(layers.Reshape((-1, 6))(x))]
    return keras.Model(image, ops.concatenate([layers.Flatten()(value) for value in values], axis=-1))


@trap((9, 6, 3))
def arithmetic_that_stays():
    """Constants of every shape, as scales and shifts that cannot be folded into an earlier layer; with as many columns as channels."""
    image = keras.Input((9, 6, 3))
    random = np.random.default_rng(1)
    row, whole = random.normal(size=6).astype("float32"), random.normal(size=(8, 6, 6)).astype("float32")
    x = layers.Conv2D(6, (2, 1))(image)
    values = [x - row, x * row, layers.Rescaling(row.tolist())(x), layers.Rescaling(0.5, row.tolist())(x), x * whole + whole[:, :, :1]]
    values += [ops.maximum(x, 0.1), 1.0 / (ops.abs(x) + 1.0), ops.minimum(0.2, x), ops.clip(x, -0.3, 0.4), -x, ops.square(x)]
    values += [ops.rsqrt(ops.abs(x) + 0.1), ops.reciprocal(ops.abs(x) + 1.0), ops.erf(x), ops.floor(x * 3.0)]
    values += [ops.power(ops.maximum(x, 1e-6), 3.0), ops.sqrt(ops.abs(x) + 0.1), ops.log(ops.abs(x) + 1.0)]
    return keras.Model(image, layers.Concatenate()([layers.ReLU()(value) for value in values]))


@trap((10, 9, 3))
def reductions():
    image = keras.Input((10, 9, 3))
    x = layers.Conv2D(5, 3)(image)
    over_pixels = [ops.sum(x, axis=(1, 2)) / 50, ops.std(x, axis=(1, 2)), ops.min(x, axis=(1, 2)), ops.var(x, axis=(1, 2))]
    over_channels = [reduce(x, axis=-1) for reduce in (ops.mean, ops.max, ops.sum, ops.min, ops.std)]
    gram = ops.matmul(ops.transpose(layers.Reshape((-1, 5))(x), (0, 2, 1)), layers.Reshape((-1, 5))(x))
    over_pixels += [ops.norm(x, axis=(1, 2)), ops.norm(x, ord=2, axis=2)]
    values = [*over_pixels, *over_channels, ops.mean(x, axis=1), ops.max(x, axis=[1, 3]), gram / 20]
    return keras.Model(image, layers.Concatenate()([layers.Flatten()(value) for value in values]))


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
    return keras.Model(image, layers.Dense(4, activation="hard_sigmoid")(layers.GlobalAveragePooling2D()(x)))


def with_policy(policy: str, build: Callable[[], keras.Model]) -> keras.Model:
    keras.config.set_dtype_policy(policy)
    try:
        return build()
    finally:
        keras.config.set_dtype_policy("float32")


# These end in a dense layer whose answers would hardly differ from picture to picture.
classifiers = ("sequential", "transfer_learning", "sequential_around_application", "mixed_precision", "half_precision", "trained", "vision_transformer")


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
