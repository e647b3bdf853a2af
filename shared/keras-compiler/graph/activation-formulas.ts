import type { ActivationKind } from "./operations.ts";

/** Activations that ONNX and TensorFlow both have as one operation without attributes, under one name. */
export const plainActivations: Partial<Record<ActivationKind, string>> = {
  sigmoid: "Sigmoid",
  tanh: "Tanh",
  softplus: "Softplus",
  softsign: "Softsign",
  exponential: "Exp",
  selu: "Selu",
  absolute: "Abs",
  square_root: "Sqrt",
  logarithm: "Log",
  floor: "Floor",
  error_function: "Erf",
};

/** What a formula needs of an engine's builder. Values are passed by name. */
export interface FormulaBuilder {
  emit(operation: string, inputs: string[]): string;
  scalar(value: number): string;
}

/** An engine's names of these operations. */
export interface Dialect {
  add: string;
  divide: string;
}

/**
 * Emits an activation that neither engine has as one operation, in the order that ONNX Runtime recognises and fuses.
 * Undefined for any other kind.
 */
export function emitFormula(
  builder: FormulaBuilder,
  kind: ActivationKind,
  x: string,
  dialect: Dialect,
): string | undefined {
  const multiply = (a: string, b: string) => builder.emit("Mul", [a, b]);
  const add = (a: string, b: string) => builder.emit(dialect.add, [a, b]);
  const scalar = (value: number) => builder.scalar(value);
  switch (kind) {
    case "silu":
      return multiply(x, builder.emit("Sigmoid", [x]));
    case "mish":
      return multiply(x, builder.emit("Tanh", [builder.emit("Softplus", [x])]));
    case "gelu": {
      // x * (1 + erf(x / sqrt 2)) / 2 (Hendrycks & Gimpel 2016)
      const erf = builder.emit("Erf", [builder.emit(dialect.divide, [x, scalar(Math.SQRT2)])]);
      return multiply(multiply(x, add(erf, scalar(1))), scalar(0.5));
    }
    case "gelu_tanh": {
      // x * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 x^3))) / 2
      const cube = multiply(x, multiply(x, x));
      const inner = multiply(add(x, multiply(cube, scalar(0.044715))), scalar(Math.sqrt(2 / Math.PI)));
      return multiply(multiply(x, add(builder.emit("Tanh", [inner]), scalar(1))), scalar(0.5));
    }
    default:
      return undefined;
  }
}
