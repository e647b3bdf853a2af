import { SettingsError } from "../../shared/errors/settings-error.ts";
import { loadSettings } from "../../shared/settings/load-settings.ts";
import { runServerless } from "../serverless/run-serverless.ts";
import { everySetting } from "./every-setting.ts";

const renderTimeoutMs = 120_000;

/** Renders the variables that the template gives to every function; values that only CloudFormation knows get a placeholder. */
export async function renderTemplateEnvironment(stage: string): Promise<Record<string, string>> {
  // Only this part, because printing everything takes a tenth longer.
  const part = ["--path", "provider.environment", "--format", "json"];
  const printed = await runServerless(["print", ...part, "--stage", stage], { timeoutMs: renderTimeoutMs });
  return Object.fromEntries(
    Object.entries(JSON.parse(printed) as Record<string, unknown>).map(([name, value]) => [
      name,
      typeof value === "object" ? "known-to-cloudformation" : String(value),
    ]),
  );
}

/** Finds what would stop a function at its init, one line per problem, in the functions' own words. */
export function findSettingsProblems(environment: Record<string, string>): string[] {
  try {
    loadSettings(everySetting, environment);
    return [];
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    return error.message
      .split("\n")
      .slice(1)
      .map((line) => line.trim());
  }
}
