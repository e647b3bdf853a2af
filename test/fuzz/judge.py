"""judge.py FOLDER: opens every file with Pillow or pydicom and prints those that they call damaged; exit code 1 if there is one.

A JPEG is judged without its EXIF: Pillow 13 refuses a whole photograph whose EXIF resolution is no fraction (IndexError in
`_read_dpi_from_exif`), which says nothing of its pixels.
"""

import io
import sys
import warnings
from pathlib import Path

import pydicom
from PIL import Image
from pydicom.pixels import pixel_array

warnings.simplefilter("ignore")


def without_exif(jpeg: bytes) -> bytes:
    kept, at = [jpeg[:2]], 2
    while jpeg[at : at + 1] == b"\xff" and jpeg[at + 1 : at + 2] != b"\xda" and at + 4 <= len(jpeg):
        end = at + 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
        if jpeg[at + 1] != 0xE1:
            kept.append(jpeg[at:end])
        at = end
    return b"".join(kept) + jpeg[at:]


# Pillow reads no BigTIFF with the high byte first.
files = [path for path in sorted(Path(sys.argv[1]).iterdir()) if "bigtiff" not in path.name]
damaged = 0
for path in files:
    content = path.read_bytes()
    data = io.BytesIO(without_exif(content) if path.name.startswith("jpeg-") else content)
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
