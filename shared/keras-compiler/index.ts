export type { AddedActivation } from "./add-activation.ts";
export { type CompiledGraph, type CompileOptions, compileKeras, type NamedShape } from "./compile-keras.ts";
export { compilerVersion } from "./compiler-version.ts";
export { tapNames } from "./graph/tap-names.ts";
export { KerasModelError, OpenSizeError } from "./keras-model-error.ts";
export { renderOnnxTaps } from "./onnx/render-onnx-taps.ts";
