"""Extracts the files of a zip archive whose names start with one of the given prefixes.

usage: extract-files.py ARCHIVE DESTINATION PREFIX...
"""

import sys
import zipfile

archive_path, destination, *prefixes = sys.argv[1:]
with zipfile.ZipFile(archive_path) as archive:
    names = [name for name in archive.namelist() if name.startswith(tuple(prefixes))]
    archive.extractall(destination, names)
