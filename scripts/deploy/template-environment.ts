import { SettingsError } from "../../shared/errors/settings-error.ts";
import { loadSettings } from "../../shared/settings/load-settings.ts";
import { runServerless } from "../serverless/run-serverless.ts";
import { reference } from "./check-settings.ts";
import { everySetting } from "./every-setting.ts";

const renderTimeoutMs = 120_000;
/** For settings whose form is checked. */
const placeholders: Record<string, string> = {
  DRIFT_ALERT_TOPIC: "arn:aws:sns:us-east-1:000000000000:known-to-cloudformation",
};

interface PrintedService {
  provider: { environment: Record<string, unknown> };
  functions: Record<string, { environment?: Record<string, unknown> }>;
  resources: {
    Resources: {
      RetrainingJob: {
        Properties: { ContainerProperties: { Environment: { Name: string; Value: unknown }[] } };
      };
    };
  };
}

/**
 * Renders the variables that the template gives to functions and to the training job; values that only CloudFormation knows get
 * a placeholder. A variable of all functions has its common value: single functions have an empty one at most.
 */
export async function renderTemplateEnvironment(stage: string): Promise<Record<string, string>> {
  const printed = await runServerless(["print", "--format", "json", "--stage", stage], {
    timeoutMs: renderTimeoutMs,
  });
  const { provider, functions, resources } = JSON.parse(printed) as PrintedService;
  const { Environment } = resources.Resources.RetrainingJob.Properties.ContainerProperties;
  const variables: Record<string, unknown> = Object.assign(
    Object.fromEntries(Environment.map(({ Name, Value }) => [Name, Value])),
    ...Object.values(functions).map(({ environment }) => environment),
    provider.environment,
  );
  return Object.fromEntries(
    Object.entries(variables).map(([name, value]) => [
      name,
      typeof value === "object" ? (placeholders[name] ?? "known-to-cloudformation") : String(value),
    ]),
  );
}

/** Finds what would stop a function at its init, one line per problem, in the functions' own words. */
export function findSettingsProblems(environment: Record<string, string>): string[] {
  const { DRIFT_ALERT_WEBHOOK = "", ...others } = environment;
  // What a reference stands for is known to CloudFormation alone.
  const webhook = reference.test(DRIFT_ALERT_WEBHOOK) ? "" : DRIFT_ALERT_WEBHOOK;
  try {
    loadSettings(everySetting, { ...others, DRIFT_ALERT_WEBHOOK: webhook });
    return [];
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    return error.message
      .split("\n")
      .slice(1)
      .map((line) => line.trim());
  }
}
