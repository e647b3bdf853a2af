/** Keys that commands make for their own requests, and replace at each run. */
export const startKeyName = "npm-start";
export const deployKeyName = "npm-run-deploy";
export const demoKeyName = "npm-run-demo";
export const ownKeyNames: readonly string[] = [startKeyName, deployKeyName, demoKeyName];
