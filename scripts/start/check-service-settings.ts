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

/** What `npm start` sets itself, because it runs these servers itself. */
const ownSettings = [
  "MLFLOW_TRACKING_URI",
  "MLFLOW_S3_ENDPOINT_URL",
  "AWS_ENDPOINT_URL_S3",
  "MLFLOW_DEFAULT_ARTIFACT_ROOT",
  "INFERENCE_LOG_BUCKET",
  "UPLOAD_BUCKET",
  "PHOTOGRAPH_BUCKET",
];

/**
 * Checks the settings of all functions before anything is installed or started, where they would stop one of them only
 * minutes later. An address of MLflow is checked although the stack's replaces it: whoever sets a database's should learn
 * here that no deployment takes it.
 *
 * @throws SettingsError that names every wrong setting
 */
export function checkServiceSettings(environment: Readonly<Record<string, string | undefined>>): void {
  const addresses = createAddresses({ mlflow: 5000, postgres: 15432, s3: 8333 }, secrets);
  const ofStack = createClientEnvironment(addresses, secrets);
  loadSettings(everySetting, {
    ...environment,
    ...ofStack,
    MLFLOW_TRACKING_URI: environment.MLFLOW_TRACKING_URI || ofStack.MLFLOW_TRACKING_URI,
  });
}

/** Says which settings of the environment the local stack's replace, one sentence each, without their values. */
export function describeReplaced(
  environment: Readonly<Record<string, string | undefined>>,
  stackEnvironment: Readonly<Record<string, string>>,
): string[] {
  return ownSettings
    .filter((name) => environment[name] && environment[name] !== stackEnvironment[name])
    .map(
      (name) =>
        `${name} of your environment is not used: npm start runs its own MLflow and S3 server, with ${name}=${stackEnvironment[name]}`,
    );
}
