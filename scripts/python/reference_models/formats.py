"""The same small network in every format that the service takes, and as MLflow writes it."""

from pathlib import Path

import keras
import numpy as np
import tensorflow as tf
from keras import layers

from .case import Case
from .randomize import pictures, randomize, spread_answers

size = (15, 18, 3)


def network() -> keras.Model:
    """Shared and nested layers, so that names of weights are not trivial."""
    image = keras.Input(size, name="image")
    convolution = layers.Conv2D(3, 3, padding="same", name="shared")
    x = convolution(convolution(layers.Rescaling(1 / 255)(image)))
    nested = keras.Sequential(
        [layers.Conv2D(6, 3, use_bias=False), layers.BatchNormalization(), layers.ReLU(6.0), layers.DepthwiseConv2D(3)],
        name="nested",
    )
    x = layers.Add()([nested(x), layers.Cropping2D(2)(layers.Conv2D(6, 1)(x))])
    x = layers.GlobalAveragePooling2D()(layers.Activation("hard_sigmoid")(x))
    return keras.Model(image, layers.Dense(4, activation="softmax", name="diagnosis")(x))


def prepared() -> tuple[keras.Model, np.ndarray]:
    model, inputs = network(), pictures(size)
    randomize(model, inputs)
    spread_answers(model, inputs)
    return model, inputs


def answers(model: keras.Model, inputs: np.ndarray) -> np.ndarray:
    return np.asarray(model(inputs, training=False))


def keras_3_h5(folder: Path) -> Case:
    model, inputs = prepared()
    model.save(folder / "model.h5")
    return Case("keras_h5", "model.h5", inputs, answers(model, inputs))


def keras_3_h5_trained(folder: Path) -> Case:
    """With the state of an optimizer in the file."""
    model, inputs = prepared()
    model.compile("adam", "sparse_categorical_crossentropy")
    model.fit(inputs, np.array([0, 1, 2, 3]), epochs=1, verbose=0)
    model.save(folder / "model.h5")
    return Case("keras_h5", "model.h5", inputs, answers(model, inputs))


def keras_3_h5_family(folder: Path) -> Case:
    """A nested application: its weights lie in one group, trainable ones first."""
    base = keras.applications.MobileNetV2(include_top=False, weights=None, input_shape=(64, 64, 3), pooling="avg")
    model = keras.Sequential([keras.Input((64, 64, 3)), base, layers.Dense(4, activation="softmax")])
    inputs = pictures((64, 64, 3), -1, 1)
    randomize(model, inputs)
    spread_answers(model, inputs)
    model.save(folder / "model.h5")
    return Case("keras_h5", "model.h5", inputs, answers(model, inputs))


def keras_3_h5_attention(folder: Path) -> Case:
    """A layer that holds its weights in layers of its own, nested and not."""
    patches = keras.Input((30, 6))
    nested = keras.Model(patches, layers.MultiHeadAttention(2, 3, name="inner")(patches, patches), name="nested")
    image = keras.Input(size)
    x = layers.Reshape((30, 6))(layers.Conv2D(6, 3, strides=3)(layers.Rescaling(1 / 127.5, -1)(image)))
    x = layers.MultiHeadAttention(2, 4, name="outer")(nested(x), x)
    model, inputs = keras.Model(image, layers.Dense(4, activation="softmax")(layers.Flatten()(x))), pictures(size)
    randomize(model, inputs)
    spread_answers(model, inputs)
    model.save(folder / "model.h5")
    return Case("keras_h5", "model.h5", inputs, answers(model, inputs))


def saved_model_export(folder: Path) -> Case:
    """As mlflow.keras writes it with save_exported_model=True."""
    model, inputs = prepared()
    model.export(folder / "model", verbose=False)
    return Case("saved_model", "model", inputs, answers(model, inputs))


@keras.saving.register_keras_serializable("reference")
class Mixing(layers.Layer):
    """A layer that only Python knows."""

    def build(self, shape):
        self.matrix = self.add_weight(shape=(shape[-1], shape[-1]), initializer="random_normal")

    def call(self, x):
        return keras.ops.sin(x @ self.matrix) + x


class OwnClass(keras.Model):
    def __init__(self):
        super().__init__()
        self.parts = [layers.Lambda(lambda x: x / 127.5 - 1), layers.Conv2D(6, 3), Mixing(), layers.GlobalMaxPooling2D()]
        self.head = layers.Dense(4, activation="softmax")

    def call(self, x):
        for part in self.parts:
            x = part(x)
        return self.head(x)


def saved_model_own_class(folder: Path) -> Case:
    """What cannot be compiled (a model class, a custom layer, a Lambda) is served in TensorFlow's own format."""
    model, inputs = OwnClass(), pictures(size)
    model(inputs)
    head = model.head
    logits = head.kernel.numpy().T @ np.asarray(keras.Sequential(model.parts)(inputs)).T
    head.kernel.assign(head.kernel.numpy() / logits.std(axis=1).mean())
    head.bias.assign(-logits.mean(axis=1) / logits.std(axis=1).mean())
    model.export(folder / "model", verbose=False)
    return Case("saved_model", "model", inputs, answers(model, inputs))


class Classifier(tf.Module):
    """What mlflow.tensorflow logs as a tf2-module; its signature and its tensor do not have Keras's names."""

    def __init__(self):
        random = np.random.default_rng(5)
        self.kernel = tf.Variable(random.normal(0, 0.3, (3, 3, 3, 8)).astype("float32"))
        self.head = tf.Variable(random.normal(0, 3, (8, 4)).astype("float32"))

    @tf.function(input_signature=[tf.TensorSpec((None, *size), tf.float32, name="photograph")])
    def classify(self, photograph):
        features = tf.nn.relu(tf.nn.conv2d(photograph / 255.0, self.kernel, 2, "SAME"))
        return {"probabilities": tf.nn.softmax(tf.reduce_mean(features, [1, 2]) @ self.head)}


def saved_model_module(folder: Path) -> Case:
    module, inputs = Classifier(), pictures(size)
    tf.saved_model.save(module, str(folder / "model"), signatures={"classify": module.classify})
    return Case("saved_model", "model", inputs, module.classify(inputs)["probabilities"].numpy())


makers = {
    maker.__name__: maker
    for maker in (keras_3_h5, keras_3_h5_trained, keras_3_h5_family, keras_3_h5_attention, saved_model_export, saved_model_own_class, saved_model_module)
}
