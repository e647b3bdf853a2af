import type { DeclaredContract } from "../../schemas/model.ts";

/** What one place declares about a model version. */
export interface Declaration {
  /** How /health names it: `model-contract.json`, `MLmodel metadata`, `version tags`, `params`, `signature`. */
  place: string;
  contract: DeclaredContract;
}

/**
 * Joins what several places declare: for each field, and each part of `input`, the first place that has it wins.
 *
 * @param declarations in order of precedence
 * @returns the joined contract, and for each field (`labels`, `input.height`) the place it came from
 */
export function joinDeclarations(declarations: readonly Declaration[]): {
  declared: DeclaredContract;
  declaredBy: Record<string, string>;
} {
  const fields: Record<string, unknown> = {};
  const input: Record<string, unknown> = {};
  const declaredBy: Record<string, string> = {};
  for (const { place, contract } of declarations) {
    const { input: declaredInput, ...declaredFields } = contract;
    keepFirst(fields, declaredFields, place, declaredBy, "");
    keepFirst(input, declaredInput ?? {}, place, declaredBy, "input.");
  }
  const declared: DeclaredContract = Object.keys(input).length > 0 ? { ...fields, input } : fields;
  return { declared, declaredBy };
}

function keepFirst(
  target: Record<string, unknown>,
  source: object,
  place: string,
  declaredBy: Record<string, string>,
  prefix: string,
): void {
  for (const [name, value] of Object.entries(source)) {
    if (name in target) continue;
    target[name] = value;
    declaredBy[prefix + name] = place;
  }
}

/**
 * What a signature's input shape declares: `[-1, 208, 208, 3]`, or channels first, `[-1, 3, 208, 208]`. Shapes with an
 * unknown size (-1) or another rank declare nothing.
 */
export function contractFromShape(shape: readonly number[] | undefined): DeclaredContract {
  if (shape?.length !== 4) return {};
  const [, second, third, fourth] = shape;
  const [height, width, channels] = fourth === 3 ? [second, third, fourth] : [third, fourth, second];
  if (height === undefined || width === undefined || height < 1 || width < 1 || channels !== 3) return {};
  return { input: { height, width, channels } };
}
