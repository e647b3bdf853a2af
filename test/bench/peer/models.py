"""Makes models of keras.applications with random weights at the size they are usually fed, 224 x 224.

    models.py FOLDER [FAMILY ...]

Each becomes FOLDER/<family>/model.keras and FOLDER/<family>/saved_model. FILE.keras instead of a family: its
SavedModel alone, FOLDER/<stem>/saved_model.
"""

import os
import sys
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")
sys.path.insert(0, str(Path(__file__).parents[3] / "scripts/python"))

import keras  # noqa: E402
from reference_models import cases, families  # noqa: E402

side = 224


def main() -> None:
    folder = Path(sys.argv[1])
    for name in sys.argv[2:]:
        file = Path(name)
        target = folder / (file.parent.name if file.suffix else name)
        if not file.suffix:
            families.sizes[name] = (side, side)
            cases.make(name, target)
            file = target / "model.keras"
        keras.saving.load_model(file, compile=False).export(target / "saved_model", verbose=False)
        print(name, flush=True)


if __name__ == "__main__":
    main()
