import type { Weight } from "../graph/weight.ts";
import type { Hdf5File } from "./hdf5-file.ts";
import type { LayerPath, WeightStore } from "./weight-store.ts";

/**
 * Weights of a `.keras` archive: `<group of the layer>/vars/<number>`. The state of optimizers and random generators is
 * left out, because no answer depends on it.
 */
export class ArchiveWeightStore implements WeightStore {
  readonly #file: Hdf5File;
  readonly #pathsByGroup = new Map<string, string[]>();
  readonly #claimed = new Set<string>();

  constructor(file: Hdf5File) {
    this.#file = file;
    for (const path of file.paths()) {
      const [, group] = /^(.*\/vars)\/\d+$/.exec(path) ?? [];
      if (group === undefined || isIrrelevant(group)) continue;
      const paths = this.#pathsByGroup.get(group);
      if (paths) paths.push(path);
      else this.#pathsByGroup.set(group, [path]);
    }
  }

  weightsOf({ group }: LayerPath, parts: readonly string[] = []): Weight[] {
    const groups = parts.length === 0 ? [group] : parts.map((part) => `${group}/${part}`);
    return groups.flatMap((owner) => this.#weightsIn(`${owner}/vars`));
  }

  #weightsIn(variables: string): Weight[] {
    this.#claimed.add(variables);
    const paths = this.#pathsByGroup.get(variables) ?? [];
    return paths.toSorted((a, b) => numberOf(a) - numberOf(b)).map((path) => this.#file.weight(path));
  }

  unclaimed(): string[] {
    const groups = [...this.#pathsByGroup.keys()].filter((group) => !this.#claimed.has(group));
    return groups.flatMap((group) => this.#pathsByGroup.get(group) ?? []);
  }
}

function numberOf(path: string): number {
  return Number(path.slice(path.lastIndexOf("/") + 1));
}

function isIrrelevant(group: string): boolean {
  return /^optimizer(\/|$)|(^|\/)(seed_generator|_?metrics|compile_metrics)(\/|$)/.test(group);
}
