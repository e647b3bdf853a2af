"""Makes models with random weights and the answers that real Keras gives for them.

    reference-models.py FOLDER [CASE ...]

Each case becomes FOLDER/<case>/ with the model's file, `inputs.f32` and `outputs.f32` (float32, little-endian) and,
written last, `case.json`: {"format", "path", "inputShape", "outputShape"}. Existing cases are left as they are.
A run without CASE also writes `.complete` once every case is there.
Seeds are fixed: the same packages make the same models.
"""

import os
import sys
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")

from reference_models import cases  # noqa: E402


def main() -> None:
    folder = Path(sys.argv[1])
    names = sys.argv[2:] or list(cases.makers)
    for name in names:
        if (folder / name / "case.json").exists():
            continue
        cases.make(name, folder / name)
        print(name, flush=True)
    if len(sys.argv) == 2:
        (folder / ".complete").touch()


if __name__ == "__main__":
    main()
