import type { Weight } from "../graph/weight.ts";
import { KerasModelError } from "../keras-model-error.ts";
import type { Hdf5File } from "./hdf5-file.ts";
import type { LayerPath, WeightStore } from "./weight-store.ts";

interface NamedWeight {
  /**
   * `layer/variable`, or `layer/part/variable` where a layer holds its weights in layers of its own. Keras 3.0 wrote
   * only `variable`.
   */
  name: string;
  path: string;
}

const weightsGroup = "model_weights";

/**
 * Weights of a whole-model HDF5 file: a group per layer of the outermost model, which lists its weights by name
 * (keras/src/legacy/saving/legacy_h5_format.py). A nested model is one group, in which the names show which layer each
 * weight belongs to.
 */
export class Hdf5WeightStore implements WeightStore {
  readonly #file: Hdf5File;
  readonly #weightsByGroup: Map<string, NamedWeight[]>;
  readonly #claimed = new Set<string>();

  constructor(file: Hdf5File) {
    this.#file = file;
    const groups = readNames(file, weightsGroup, "layer_names");
    this.#weightsByGroup = new Map(groups.map((group) => [group, listWeights(file, group)]));
  }

  weightsOf({ names }: LayerPath, parts: readonly string[] = []): Weight[] {
    const [group = "", ...nested] = names;
    const ownLength = parts.length === 0 ? 2 : 3;
    const weights = (this.#weightsByGroup.get(group) ?? []).map(({ name, path }) => {
      const pieces = name.split("/");
      return { layer: pieces.at(-ownLength), variable: pieces.slice(1 - ownLength).join("/"), path };
    });
    const own = nested.length === 0 ? weights : weights.filter(({ layer }) => layer === nested.at(-1));
    assertDistinct(
      own.map(({ variable }) => variable),
      names,
    );
    for (const { path } of own) this.#claimed.add(path);
    return own.map(({ path }) => this.#file.weight(path));
  }

  unclaimed(): string[] {
    const all = [...this.#weightsByGroup.values()].flat().map(({ path }) => path);
    return all.filter((path) => !this.#claimed.has(path));
  }
}

function listWeights(file: Hdf5File, group: string): NamedWeight[] {
  return readNames(file, `${weightsGroup}/${group}`, "weight_names").map((name) => ({
    name,
    path: `${weightsGroup}/${group}/${name}`,
  }));
}

/** A list of names in an attribute, or in several numbered ones when it is long. */
function readNames(file: Hdf5File, group: string, attribute: string): string[] {
  const whole = file.attribute(group, attribute);
  if (whole !== undefined) return toNames(whole);
  const names: string[] = [];
  for (let part = 0; ; part++) {
    const some = file.attribute(group, `${attribute}${part}`);
    if (some === undefined) break;
    names.push(...toNames(some));
  }
  if (names.length === 0) throw new KerasModelError(`The HDF5 file has no list ${attribute} in ${group}`);
  return names;
}

function toNames(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

/** Two layers of one name in models nested at different depths cannot be distinguished. */
function assertDistinct(variables: readonly string[], names: readonly string[]): void {
  if (new Set(variables).size === variables.length) return;
  throw new KerasModelError(
    `Several nested layers are named ${names.at(-1)}; their weights cannot be distinguished`,
  );
}
