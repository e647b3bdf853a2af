// Compiles a classifier and runs it on a grey picture:
//   npm install keras-compiler onnxruntime-node
//   node classify.mjs model.keras
import { compileKeras } from "keras-compiler";
import { InferenceSession, Tensor } from "onnxruntime-node";

const source = process.argv[2] ?? "model.keras";
const { inputs, outputs } = await compileKeras(source, "model.onnx", { probabilities: true });

const session = await InferenceSession.create("model.onnx");
const shape = inputs[0].shape.map((length) => length ?? 1); // the batch is open
const pixels = new Float32Array(shape.reduce((product, length) => product * length)).fill(128);
const answer = await session.run({ [inputs[0].name]: new Tensor("float32", pixels, shape) });
console.log([...answer[outputs[0].name].data].map((value) => value.toFixed(4)).join(" "));
