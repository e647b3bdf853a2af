"""The same model behind LitServe, in as many workers as there are processors.

lit_app.py PORT
"""

import os
import sys

import litserve
import numpy as np
from engines import load_engine
from pixels import answer, decode, prepare


class Fundus(litserve.LitAPI):
    def setup(self, device: str) -> None:
        self.forward = load_engine("onnxruntime")

    # A type of `request` would become the schema of a JSON body: this is the form.
    def decode_request(self, request):  # noqa: ANN001, ANN201
        return prepare(decode(request["file"].file.read()))

    def predict(self, x: np.ndarray) -> np.ndarray:
        return self.forward(x)

    def encode_response(self, output: np.ndarray) -> dict:
        return answer(output)


if __name__ == "__main__":
    server = litserve.LitServer(Fundus(), accelerator="cpu", workers_per_device=os.cpu_count() or 1)
    server.run(port=int(sys.argv[1]), host="127.0.0.1", generate_client_file=False, log_level="warning")
