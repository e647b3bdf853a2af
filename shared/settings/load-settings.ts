import * as z from "zod";
import { SettingsError } from "../errors/settings-error.ts";

type Environment = Readonly<Record<string, string | undefined>>;
/**
 * Settings of one concern: a zod object over variable names, or a function that reads the variables and throws on bad
 * ones.
 */
export type Fragment = z.ZodType | ((environment: Environment) => unknown);
export type Settings<F extends Record<string, Fragment>> = {
  [K in keyof F]: F[K] extends z.ZodType
    ? z.output<F[K]>
    : F[K] extends (e: Environment) => infer R
      ? R
      : never;
};

/**
 * Reads the settings that a function needs, one fragment per concern. Call it at init. An empty variable counts as absent.
 *
 * @throws SettingsError that names every bad variable of every fragment at once
 * @example const { service, drift } = loadSettings({ service: serviceSettings, drift: driftSettings });
 */
export function loadSettings<F extends Record<string, Fragment>>(
  fragments: F,
  environment: Environment = process.env,
): Settings<F> {
  const present = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ""));
  const problems: string[] = [];
  const settings: Record<string, unknown> = {};
  for (const [name, fragment] of Object.entries(fragments)) {
    try {
      settings[name] = fragment instanceof z.ZodType ? fragment.parse(present) : fragment(present);
    } catch (error) {
      problems.push(...describe(error));
    }
  }
  if (problems.length > 0) {
    throw new SettingsError(
      `These settings are wrong:\n${problems.map((problem) => `  ${problem}`).join("\n")}`,
    );
  }
  return settings as Settings<F>;
}

function describe(error: unknown): string[] {
  if (error instanceof z.ZodError) {
    return error.issues.map((issue) => `${issue.path.join(".") || "settings"}: ${issue.message}`);
  }
  return [error instanceof Error ? error.message : String(error)];
}
