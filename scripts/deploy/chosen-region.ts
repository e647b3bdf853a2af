/** The region of a deployment, chosen as in serverless.yml. */
export const chosenRegion = (env: Record<string, string | undefined> = process.env): string =>
  env.AWS_REGION || env.AWS_DEFAULT_REGION || "us-east-1";
