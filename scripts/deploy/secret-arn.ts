const byArn =
  /^\{\{resolve:secretsmanager:(arn:[\w-]+:secretsmanager:[\w-]+:\d{12}:secret:[^:}]+-[a-zA-Z0-9]{6})(?::SecretString)?(?::([^:}]*))?(?::([^:}]*))?(?::([^:}]*))?\}\}$/;

/**
 * Parses a reference to a secret that is named by its ARN, with the six characters at its end that Secrets Manager adds.
 *
 * @returns the ARN, and the text by which a container names the same key and version; undefined for every other text
 */
export function parseSecretArn(reference: string): { arn: string; valueFrom: string } | undefined {
  const [, arn, ...parts] = byArn.exec(reference) ?? [];
  if (arn === undefined) return undefined;
  const [key = "", stage = "", version = ""] = parts;
  const isWhole = key + stage + version === "";
  return { arn, valueFrom: isWhole ? arn : [arn, key, stage, version].join(":") };
}
