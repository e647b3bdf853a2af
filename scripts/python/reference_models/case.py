from dataclasses import dataclass

import numpy as np


@dataclass
class Case:
    """A model on disk, pictures for it, and what real Keras answers."""

    format: str
    """One of the service's formats: keras, keras_h5, saved_model, onnx."""
    path: str
    """The model's file or folder, relative to the case's."""
    inputs: np.ndarray
    outputs: np.ndarray
