/** What one check of the doctor found. */
export interface Finding {
  /** What was checked: `MLflow`. */
  subject: string;
  healthy: boolean;
  /** What was found, in words. */
  detail: string;
  /** What to type or set to make it healthy; always present when it is not. */
  remedy?: string;
}

export const healthy = (subject: string, detail: string): Finding => ({ subject, healthy: true, detail });

export const unhealthy = (subject: string, detail: string, remedy: string): Finding => ({
  subject,
  healthy: false,
  detail,
  remedy,
});

/** Runs a check; what it throws becomes an unhealthy finding. */
export async function checkSubject(
  subject: string,
  remedy: string,
  check: () => Promise<Finding | Finding[]>,
): Promise<Finding[]> {
  try {
    return [await check()].flat();
  } catch (error) {
    return [unhealthy(subject, error instanceof Error ? error.message : String(error), remedy)];
  }
}

/** One line per finding, its remedy below it. */
export function renderFindings(findings: readonly Finding[], useColour: boolean): string {
  const width = Math.max(...findings.map(({ subject }) => subject.length));
  const paint = (code: number, text: string) => (useColour ? `\u001b[${code}m${text}\u001b[0m` : text);
  return findings
    .map(({ subject, healthy: isHealthy, detail, remedy }) => {
      const mark = isHealthy ? paint(32, "✓") : paint(31, "✗");
      const line = `${mark} ${subject.padEnd(width)}  ${detail.replaceAll("\n", `\n${" ".repeat(width + 4)}`)}`;
      return remedy === undefined ? line : `${line}\n${" ".repeat(width + 4)}→ ${remedy}`;
    })
    .join("\n");
}
