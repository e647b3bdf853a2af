import { loadSettings } from "../../shared/settings/load-settings.ts";
import { everySetting } from "../deploy/every-setting.ts";
import { createAddresses, createClientEnvironment } from "../stack/stack-environment.ts";

/** The stack's own come later; these stand for them. */
const secrets = {
  postgresPassword: "none",
  s3AccessKeyId: "none",
  s3SecretAccessKey: "none",
  mlflowAdminPassword: "none",
  mlflowSecretKey: "none",
};

/**
 * Checks the settings of all functions before anything is installed or started, where they would stop one of them only
 * minutes later.
 *
 * @throws SettingsError that names every wrong setting
 */
export function checkServiceSettings(environment: Readonly<Record<string, string | undefined>>): void {
  const addresses = createAddresses({ mlflow: 5000, postgres: 15432, s3: 8333 }, secrets);
  loadSettings(everySetting, { ...environment, ...createClientEnvironment(addresses, secrets) });
}
