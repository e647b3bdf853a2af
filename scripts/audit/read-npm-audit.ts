import * as z from "zod";

export interface Advisory {
  package: string;
  /** The affected versions. */
  range: string;
  severity: string;
  titles: string[];
  isFixed: boolean;
}

export type Audit = { isChecked: true; advisories: Advisory[] } | { isChecked: false; reason: string };

const reportSchema = z.object({
  vulnerabilities: z.record(
    z.string(),
    z.object({
      name: z.string(),
      range: z.string(),
      severity: z.string(),
      // A string names the package through which this one is affected.
      via: z.array(z.union([z.string(), z.object({ title: z.string(), url: z.string() })])),
      fixAvailable: z.union([z.boolean(), z.object({})]),
    }),
  ),
});
const errorSchema = z.object({ message: z.string() });

/**
 * Reads what `npm audit --json` wrote.
 *
 * @returns the advisories, or why nothing was checked: the registry offers no audit, or could not be reached
 */
export function readNpmAudit(output: string): Audit {
  let answer: unknown;
  try {
    answer = JSON.parse(output);
  } catch {
    return { isChecked: false, reason: output.trim() || "npm wrote nothing" };
  }
  const report = reportSchema.safeParse(answer);
  if (!report.success) {
    const { data: refusal } = errorSchema.safeParse(answer);
    return { isChecked: false, reason: refusal?.message ?? `npm wrote ${output.trim().slice(0, 200)}` };
  }
  const advisories = Object.values(report.data.vulnerabilities).map(
    ({ name, range, severity, via, fixAvailable }) => ({
      package: name,
      range,
      severity,
      titles: via.map((cause) =>
        typeof cause === "string" ? `through ${cause}` : `${cause.title} ${cause.url}`,
      ),
      isFixed: fixAvailable !== false,
    }),
  );
  return { isChecked: true, advisories };
}
