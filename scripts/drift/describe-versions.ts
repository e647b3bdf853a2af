import type { PredictionRecord } from "../../shared/schemas/inference-record.ts";

/**
 * Warns where several versions answered a reference: then a difference between versions looks like drift, or hides it.
 *
 * @returns undefined where one version answered everything
 */
export function describeVersions(records: readonly Pick<PredictionRecord, "model">[]): string | undefined {
  const counts = new Map<string, number>();
  for (const { model } of records) {
    const version = `${model.name}/${model.version}`;
    counts.set(version, (counts.get(version) ?? 0) + 1);
  }
  if (counts.size < 2) return undefined;
  const versions = [...counts].sort(([, a], [, b]) => b - a);
  const [most = ""] = versions[0] ?? [];
  return (
    `${counts.size} versions answered them: ${versions.map(([name, count]) => `${name} (${count})`).join(", ")}. ` +
    `Where versions differ, that looks like drift or hides it. Take one version: --model-version ${most}`
  );
}
