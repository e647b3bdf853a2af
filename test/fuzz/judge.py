"""judge.py FOLDER: opens every file with Pillow or pydicom and prints those that they call damaged; exit code 1 if there is one."""

import io
import sys
import warnings
from pathlib import Path

import pydicom
from PIL import Image
from pydicom.pixels import pixel_array

warnings.simplefilter("ignore")
# Pillow reads no BigTIFF with the high byte first.
files = [path for path in sorted(Path(sys.argv[1]).iterdir()) if "bigtiff" not in path.name]
damaged = 0
for path in files:
    data = io.BytesIO(path.read_bytes())
    try:
        if path.name.startswith("dicom"):
            pixel_array(pydicom.dcmread(data))
        else:
            Image.open(data).load()
    except Exception as error:
        damaged += 1
        print(f"{path.name}: {type(error).__name__}: {error}")
print(f"{len(files)} accepted files, {damaged} of them damaged by Pillow and pydicom")
sys.exit(1 if damaged else 0)
