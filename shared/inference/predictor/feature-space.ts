import { ModelError } from "../../errors/model-error.ts";
import { projectionLength } from "../../schemas/feature-projection.ts";
import type { ModelContract } from "../../schemas/model.ts";

type DeclaredTrust = NonNullable<ModelContract["trust"]>;
type DeclaredSpace = NonNullable<DeclaredTrust["feature_space"]>;

/** What is computed from a model's pooled features `[features]`. */
export interface FeatureSpace {
  /** At most 32 numbers: see `shared/schemas/feature-projection.ts`. */
  project(features: Float32Array): Float32Array;
  /** In standard deviations; undefined where the version declares no distance. */
  measureDistance(features: Float32Array): number | undefined;
}

/**
 * @param length how many features the model gives
 * @throws ModelError when the version declares a space, or a distance, of another number of features
 */
export function createFeatureSpace(length: number, trust: DeclaredTrust | undefined): FeatureSpace {
  return {
    project: createProjection(length, trust?.feature_space),
    measureDistance: createDistance(length, trust?.feature_distance),
  };
}

function createDistance(
  length: number,
  declared: DeclaredTrust["feature_distance"],
): FeatureSpace["measureDistance"] {
  if (declared === undefined) return () => undefined;
  const { mean, deviation } = declared;
  const direction = readFloats(declared.direction);
  if (direction.length !== length)
    throw new ModelError(
      `trust.feature_distance: Expected a direction of the graph's ${length} features but received ${direction.length} numbers`,
    );
  return (features) => ((multiply(direction, features)[0] as number) - mean) / deviation;
}

function createProjection(length: number, declared: DeclaredSpace | undefined): FeatureSpace["project"] {
  if (declared !== undefined) return createDeclaredProjection(length, declared);
  if (length <= projectionLength) return (features) => features;
  const signs = createRandomSigns(length * projectionLength);
  return (features) => multiply(signs, features).map((value) => value / Math.sqrt(length));
}

function createDeclaredProjection(length: number, declared: DeclaredSpace): FeatureSpace["project"] {
  const [mean, directions, deviations] = [declared.mean, declared.directions, declared.deviations].map(
    readFloats,
  ) as [Float32Array, Float32Array, Float32Array];
  if (mean.length !== length || directions.length !== deviations.length * length) {
    throw new ModelError(
      `trust.feature_space: Expected means and directions of the graph's ${length} features but received ${mean.length} means and ` +
        `${directions.length} numbers for ${deviations.length} directions`,
    );
  }
  return (features) => {
    const centred = features.map((value, index) => value - (mean[index] as number));
    return multiply(directions, centred).map((value, index) => value / (deviations[index] as number));
  };
}

/** Base64 of float32 values, the lowest byte first. */
function readFloats(text: string): Float32Array {
  const bytes = Buffer.from(text, "base64");
  return Float32Array.from({ length: bytes.length / 4 }, (_, index) => bytes.readFloatLE(4 * index));
}

/** Product of a matrix `[rows, values.length]` and a vector. */
function multiply(matrix: Float32Array | Int8Array, values: Float32Array): Float32Array {
  const product = new Float32Array(matrix.length / values.length);
  for (let row = 0; row < product.length; row++) {
    let sum = 0;
    for (let i = 0; i < values.length; i++)
      sum += (matrix[row * values.length + i] as number) * (values[i] as number);
    product[row] = sum;
  }
  return product;
}

/**
 * Random signs nearly keep distances (Achlioptas 2003). They come from a generator of their own (Marsaglia's 32-bit
 * xorshift, 2003), which must never change: projections in old records are compared with new ones.
 */
function createRandomSigns(count: number): Int8Array {
  let state = 2_463_534_242;
  return Int8Array.from({ length: count }, () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state & 1 ? 1 : -1;
  });
}
