/** The region that a deployment goes to, as serverless.yml chooses it. */
export const chosenRegion = (env: Record<string, string | undefined> = process.env): string =>
  env.AWS_REGION || env.AWS_DEFAULT_REGION || "us-east-1";
