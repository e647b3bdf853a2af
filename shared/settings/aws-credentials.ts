/** Credentials with which a request to AWS is signed. */
export interface AwsCredentials {
  accessKeyId: string;
  secretAccessKey: string;
  /** Part of temporary credentials, such as those of a Lambda function's role. */
  sessionToken?: string | undefined;
}

/**
 * The credentials in the environment, where Lambda puts those of the function's role; undefined when there are none, or
 * when a profile takes precedence. The environment is read at each call, as the SDK's provider does.
 */
export function readAwsCredentials(environment: NodeJS.ProcessEnv = process.env): AwsCredentials | undefined {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, AWS_PROFILE } = environment;
  if (!AWS_ACCESS_KEY_ID || !AWS_SECRET_ACCESS_KEY || AWS_PROFILE) return undefined;
  return {
    accessKeyId: AWS_ACCESS_KEY_ID,
    secretAccessKey: AWS_SECRET_ACCESS_KEY,
    sessionToken: AWS_SESSION_TOKEN || undefined,
  };
}
