"""judge.py FOLDER: opens every file with Pillow or pydicom and prints those that they call damaged; exit code 1 if there is one.

A JPEG is whole, too, when Pillow opens it without its EXIF: Pillow 13 refuses one whose EXIF resolution is no fraction (IndexError in
`_read_dpi_from_exif`), which says nothing of its pixels.
"""

import io
import sys
import warnings
from pathlib import Path

import pydicom
from PIL import Image, UnidentifiedImageError
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


def open_picture(name: str, content: bytes) -> None:
    if name.startswith("dicom"):
        pixel_array(pydicom.dcmread(io.BytesIO(content)))
        return
    try:
        Image.open(io.BytesIO(content)).load()
    except UnidentifiedImageError:
        if not name.startswith("jpeg-"):
            raise
        Image.open(io.BytesIO(without_exif(content))).load()


# Pillow reads no BigTIFF with the high byte first.
files = [path for path in sorted(Path(sys.argv[1]).iterdir()) if "bigtiff" not in path.name]
damaged = 0
for path in files:
    try:
        open_picture(path.name, path.read_bytes())
    except Exception as error:
        damaged += 1
        print(f"{path.name}: {type(error).__name__}: {error}")
print(f"{len(files)} accepted files, {damaged} of them damaged by Pillow and pydicom")
sys.exit(1 if damaged else 0)
