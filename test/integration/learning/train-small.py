"""
A training of seconds, called as `npm run retrain -- --program` calls one: photographs in LABELLED with labelled.tsv, and in
WORK/output the model that the packaged one becomes when its last layer is fitted to them.
"""

import argparse
import csv
import json
import shutil
from pathlib import Path

import keras
import numpy as np
import tensorflow as tf

PACKAGED = Path(__file__).parents[3] / "models/eye-disease"

parser = argparse.ArgumentParser()
parser.add_argument("--labelled", type=Path, required=True)
parser.add_argument("--work", type=Path, required=True)
options = parser.parse_args()

contract = json.loads((PACKAGED / "model-contract.json").read_text())
labels, size = contract["labels"], contract["input"]["height"]
with open(options.labelled / "labelled.tsv", newline="") as table:
    rows = list(csv.DictReader(table, delimiter="\t"))
pictures = [tf.io.decode_png((options.labelled / row["file"]).read_bytes(), channels=3) for row in rows]
x = np.stack([tf.image.resize(picture, (size, size), antialias=True).numpy() for picture in pictures])
# As cameras differ: darker and brighter.
x = np.concatenate([x, 0.8 * x, np.minimum(1.15 * x, 255)])
y = np.tile([labels.index(row["class"]) for row in rows], 3)

# The last dense layer alone, on what the others make of the pictures.
model = keras.models.load_model(PACKAGED / "model.keras")
rescale, backbone, softmax = model.layers[-3:]
logits = backbone.layers[-1]
features = keras.Model(backbone.inputs, logits.input).predict(rescale(x), verbose=0)
start = keras.Input(features.shape[1:])
head = keras.Model(start, softmax(logits(start)))
head.compile(optimizer=keras.optimizers.Adam(0.01), loss="sparse_categorical_crossentropy")
head.fit(features, y, epochs=150, verbose=0)

output = options.work / "output"
output.mkdir(parents=True, exist_ok=True)
model.save(output / "model.keras")
for name in ["model-contract.json", contract["reference_window"]]:
    shutil.copy(PACKAGED / name, output)
print(f"trained on {len(rows)} photographs")
