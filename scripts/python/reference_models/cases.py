"""The list of all cases, and how one is made and written."""

import json
import shutil
from pathlib import Path

import keras
import numpy as np

from . import families, formats, keras_2_formats, onnx_formats, traps
from .case import Case

makers = {
    **families.makers,
    **traps.makers,
    **formats.makers,
    **onnx_formats.makers,
    **keras_2_formats.makers,
}


def make(name: str, folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    keras.utils.clear_session()
    keras.utils.set_random_seed(7)
    case: Case = makers[name](folder)
    write(case, folder)


def write(case: Case, folder: Path) -> None:
    case.inputs.astype("<f4").tofile(folder / "inputs.f32")
    case.outputs.astype("<f4").tofile(folder / "outputs.f32")
    description = {
        "format": case.format,
        "path": case.path,
        "inputShape": list(case.inputs.shape),
        "outputShape": list(np.shape(case.outputs)),
    }
    (folder / "case.json").write_text(json.dumps(description))
