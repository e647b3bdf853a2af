import { KerasModelError } from "../keras-model-error.ts";
import type { Convolution, Dense, Operation, OperationOf, Pair, Shape } from "./operations.ts";
import { computeWindowOutput } from "./window.ts";

/**
 * Shape of an operation's result for inputs of `shapes`.
 *
 * @throws KerasModelError that names the layer when the shapes do not fit the operation
 */
export function inferShape(operation: Operation, shapes: readonly Shape[], name: string): Shape {
  if (operation.type === "constant") return operation.value.shape;
  const [first] = shapes;
  if (!first) throw new KerasModelError(`Layer ${name} has no input`);
  const shape = inferFrom(operation, first, shapes, name);
  if (shape.slice(1).some((size) => size === null || size < 1)) {
    throw new KerasModelError(`Layer ${name} gives an empty or unknown shape ${formatShape(shape)}`);
  }
  return shape;
}

export function formatShape(shape: Shape): string {
  return `[${shape.map((size) => size ?? "N").join(", ")}]`;
}

function inferFrom(operation: Operation, shape: Shape, shapes: readonly Shape[], name: string): Shape {
  switch (operation.type) {
    case "convolution":
      return inferConvolution(operation, shape, name);
    case "dense":
      return inferDense(operation, shape, name);
    case "pooling": {
      const window = { ...operation, dilation: [1, 1] as const };
      const [rows, columns] = computeWindowOutput(imageSizeOf(shape, name), window);
      return [shape[0] ?? null, rows, columns, channelsOf(shape)];
    }
    case "reduction":
      return inferReduction(operation, shape, name);
    case "pad": {
      const [rows, columns] = imageSizeOf(shape, name);
      const { top, bottom, left, right } = operation.padding;
      return [shape[0] ?? null, rows + top + bottom, columns + left + right, channelsOf(shape)];
    }
    case "slice":
      return operation.end.map((end, axis) => {
        const { begin, steps } = operation;
        return end === null ? null : Math.ceil((end - (begin[axis] ?? 0)) / (steps?.[axis] ?? 1));
      });
    case "concatenate":
      return inferConcatenation(operation, shapes, name);
    case "reshape":
      return inferReshape(operation, shape, name);
    case "transpose":
      return inferTransposition(operation, shape, name);
    case "resize": {
      imageSizeOf(shape, name);
      return [shape[0] ?? null, ...operation.size, channelsOf(shape)];
    }
    case "binary":
      return inferBroadcast(shapes, name);
    case "matrix_product":
      return inferProduct(shapes, name);
    default:
      return shape;
  }
}

/** `[height, width]` of an image value. */
export function imageSizeOf(shape: Shape, name: string): Pair {
  const [, height, width] = shape;
  if (shape.length !== 4 || typeof height !== "number" || typeof width !== "number") {
    throw new KerasModelError(
      `Layer ${name} expects an image [N, height, width, channels] but receives ${formatShape(shape)}`,
    );
  }
  return [height, width];
}

export function channelsOf(shape: Shape): number {
  return shape.at(-1) ?? 0;
}

function inferConvolution(operation: Convolution, shape: Shape, name: string): Shape {
  const image = imageSizeOf(shape, name);
  const [height = 0, width = 0, inputs = 0, outputs = 0] = operation.kernel.shape;
  const expected = operation.depthwise ? inputs : inputs * operation.groups;
  if (operation.kernel.shape.length !== 4 || expected !== channelsOf(shape)) {
    throw new KerasModelError(
      `Layer ${name}: a kernel of ${formatShape(operation.kernel.shape)} does not fit an input of ${formatShape(shape)}`,
    );
  }
  const [rows, columns] = computeWindowOutput(image, { ...operation, size: [height, width] });
  return [shape[0] ?? null, rows, columns, operation.depthwise ? inputs * outputs : outputs];
}

function inferDense(operation: Dense, shape: Shape, name: string): Shape {
  const [inputs, outputs] = operation.kernel.shape;
  if (operation.kernel.shape.length !== 2 || outputs === undefined || inputs !== channelsOf(shape)) {
    throw new KerasModelError(
      `Layer ${name}: a kernel of ${formatShape(operation.kernel.shape)} does not fit an input of ${formatShape(shape)}`,
    );
  }
  return [...shape.slice(0, -1), outputs];
}

function inferReduction({ axes, keepDimensions }: OperationOf<"reduction">, shape: Shape, name: string) {
  if (axes.length === 0 || axes.some((axis) => axis < 1 || axis >= shape.length)) {
    throw new KerasModelError(
      `Layer ${name} cannot reduce axes [${axes.join(", ")}] of ${formatShape(shape)}`,
    );
  }
  return keepDimensions
    ? shape.map((size, axis) => (axes.includes(axis) ? 1 : size))
    : shape.filter((_, axis) => !axes.includes(axis));
}

function inferTransposition({ order }: OperationOf<"transpose">, shape: Shape, name: string): Shape {
  const isOrder = order[0] === 0 && order.toSorted().join() === [...shape.keys()].join();
  if (!isOrder)
    throw new KerasModelError(`Layer ${name} cannot order ${formatShape(shape)} as [${order.join(", ")}]`);
  return order.map((axis) => shape[axis] ?? null);
}

function inferProduct(shapes: readonly Shape[], name: string): Shape {
  const [left = [], right = []] = shapes;
  const leading = left.slice(0, -2).join() === right.slice(0, -2).join();
  if (left.length < 3 || left.length !== right.length || !leading || left.at(-1) !== right.at(-2)) {
    throw new KerasModelError(`Layer ${name} cannot multiply ${shapes.map(formatShape).join(" and ")}`);
  }
  return [...left.slice(0, -1), channelsOf(right)];
}

function inferConcatenation({ axis }: OperationOf<"concatenate">, shapes: readonly Shape[], name: string) {
  const first = shapes[0] ?? [];
  for (const shape of shapes) {
    if (
      shape.length !== first.length ||
      shape.some((size, index) => index !== axis && size !== first[index])
    ) {
      throw new KerasModelError(`Layer ${name} cannot concatenate ${shapes.map(formatShape).join(" and ")}`);
    }
  }
  const total = shapes.reduce((sum, shape) => sum + (shape[axis] ?? 0), 0);
  return first.map((size, index) => (index === axis ? total : size));
}

function inferReshape(operation: OperationOf<"reshape">, shape: Shape, name: string): Shape {
  const count = (sizes: Shape) => sizes.slice(1).reduce<number>((product, size) => product * (size ?? 0), 1);
  if (count(shape) !== count(operation.shape)) {
    throw new KerasModelError(
      `Layer ${name} cannot reshape ${formatShape(shape)} to ${formatShape(operation.shape)}`,
    );
  }
  return operation.shape;
}

/** Elementwise operations on values of one rank, where a size of 1 is repeated. */
function inferBroadcast(shapes: readonly Shape[], name: string): Shape {
  const first = shapes[0] ?? [];
  return first.map((_, axis) => {
    const sizes = shapes.map((shape) => shape[axis]);
    const size = sizes.find((candidate) => candidate !== 1);
    const fits = sizes.every((candidate) => candidate === 1 || candidate === size);
    if (!fits || shapes.some((shape) => shape.length !== first.length)) {
      throw new KerasModelError(`Layer ${name} cannot combine ${shapes.map(formatShape).join(" and ")}`);
    }
    return size === undefined ? 1 : size;
  });
}
