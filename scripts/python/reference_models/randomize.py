"""Random weights under which a model's answers depend on its input and on every layer."""

import keras
import numpy as np
import tensorflow as tf

picture_count = 4


def pictures(shape: tuple, low: float = 0.0, high: float = 255.0) -> np.ndarray:
    """Smooth random pictures [4, height, width, channels]; pictures of noise alone would look the same after pooling."""
    random = np.random.default_rng(3)
    height, width, channels = shape
    coarse = random.uniform(0, 1, (picture_count, 4, 5, channels))
    rows = np.linspace(0, 3.999, height).astype(int)
    columns = np.linspace(0, 4.999, width).astype(int)
    blocks = coarse[:, rows][:, :, columns]
    noise = random.uniform(0, 1, (picture_count, height, width, channels))
    return (low + (high - low) * (0.7 * blocks + 0.3 * noise)).astype("float32")


def randomize(model: keras.Model, inputs: np.ndarray) -> None:
    """Random biases, scales and shifts, and statistics of the batch norms near those of `inputs`."""
    random = np.random.default_rng(7)
    layers = [layer for layer in model._flatten_layers() if not isinstance(layer, keras.Model)]
    for layer in layers:
        randomize_layer(layer, random)
    calibrate_statistics(model, layers, inputs, random)


def randomize_layer(layer: keras.layers.Layer, random: np.random.Generator) -> None:
    for variable in layer.trainable_variables:
        name = variable.path.rsplit("/", 1)[-1]
        if name == "bias":
            variable.assign(random.normal(0, 0.1, variable.shape))
        elif name == "beta":
            variable.assign(random.normal(0, 0.3, variable.shape))
        elif name == "gamma" or name.startswith("variable"):
            variable.assign(random.uniform(0.5, 1.2, variable.shape))


def calibrate_statistics(model, layers, inputs, random) -> None:
    """Runs one forward pass in training mode, frozen layers included, so that signals keep their size through a deep model."""
    normalizations = [layer for layer in layers if isinstance(layer, keras.layers.BatchNormalization)]
    if not normalizations:
        return
    trainable = [(layer, layer.trainable) for layer in model._flatten_layers()]
    momenta = [layer.momentum for layer in normalizations]
    for layer, _ in trainable:
        layer.trainable = True
    for layer in normalizations:
        layer.momentum = 0.0
    model(inputs, training=True)
    for layer, momentum in zip(normalizations, momenta):
        layer.momentum = momentum
        shape = layer.moving_mean.shape
        deviation = np.sqrt(layer.moving_variance.numpy())
        layer.moving_mean.assign_add(random.normal(0, 0.1, shape) * deviation)
        layer.moving_variance.assign(layer.moving_variance.numpy() * random.uniform(0.7, 1.4, shape) + 1e-3)
    for layer, flag in trainable:
        layer.trainable = flag


def spread_answers(model: keras.Model, inputs: np.ndarray) -> None:
    """Scales the last layer with a kernel so that the softmax is neither even nor one-sided."""
    head = next(layer for layer in reversed(model.layers) if hasattr(layer, "kernel"))
    activation, head.activation = head.activation, keras.activations.linear
    logits = keras.Model(model.inputs[0], head.output)(inputs, training=False).numpy()
    head.activation = activation
    logits = logits.reshape(len(inputs), -1) - head.bias.numpy()
    deviation = logits.std(axis=0).mean()
    head.kernel.assign(head.kernel.numpy() / deviation)
    head.bias.assign(-logits.mean(axis=0) / deviation)


def assert_every_weight_matters(model: keras.Model, inputs: np.ndarray) -> None:
    """An error of a tenth in any variable, at random, must move the first answer by what the tests tolerate (1e-4).

    Measured along one random direction: a gradient per class would take four times as long.
    """
    variables = [variable.value for variable in model.variables if variable.dtype == "float32"]
    with tf.GradientTape() as tape:
        tape.watch(variables)
        answer = model(inputs[:1], training=False)[0]
        direction = np.random.default_rng(1).normal(size=answer.shape).astype("float32")
        position = tf.reduce_sum(answer * direction / np.linalg.norm(direction))
    for variable, slope in zip(variables, tape.gradient(position, variables)):
        # Keras turns the statistics of a Normalization layer into constants, which have no gradient.
        effect = None if slope is None else 0.1 * float(tf.norm(slope * variable))
        if effect is not None and effect < 1e-4:
            raise AssertionError(f"{model.name}: {variable.name} hardly matters ({effect:.1e})")
