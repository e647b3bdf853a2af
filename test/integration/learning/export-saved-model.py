"""The packaged model as a TensorFlow SavedModel, its contract in the folder: called with the folder."""

import shutil
import sys
from pathlib import Path

import keras

PACKAGED = Path(__file__).parents[3] / "models/eye-disease"

folder = Path(sys.argv[1])
keras.models.load_model(PACKAGED / "model.keras").export(folder, verbose=False)
shutil.copy(PACKAGED / "model-contract.json", folder)
