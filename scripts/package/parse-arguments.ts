import { parseArgs } from "node:util";
import { type Architecture, cpuOf } from "./layer-packages.ts";
import type { Deployment } from "./package-service.ts";

const deployments: readonly Deployment[] = ["zip", "image"];
const architectures = Object.keys(cpuOf) as Architecture[];

const usage = `Options: [--deployment ${deployments.join("|")}] [--architecture ${architectures.join("|")}] [--stage NAME]. The region is AWS_REGION.`;

/** What `npm run package` and `npm run deploy` take; ends the process with words on anything else. */
export function parsePackageArguments(parameters: string[]): {
  deployment: Deployment;
  architecture: Architecture;
  stage: string;
} {
  try {
    const { values } = parseArgs({
      args: parameters,
      options: {
        deployment: { type: "string", default: "zip" },
        architecture: { type: "string", default: process.env.LAMBDA_ARCHITECTURE || "x86_64" },
        stage: { type: "string", default: "dev" },
      },
    });
    return {
      deployment: expectOneOf("--deployment", values.deployment, deployments),
      architecture: expectOneOf("--architecture", values.architecture, architectures),
      stage: expectStage(values.stage),
    };
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n${usage}`);
    process.exit(1);
  }
}

/** It becomes a part of the names of functions and stack. */
function expectStage(value: string): string {
  if (!/^[a-z][a-z0-9-]{0,19}$/i.test(value))
    throw new Error(`Expected up to 20 letters, digits and hyphens for --stage but received ${value}`);
  return value;
}

function expectOneOf<T extends string>(name: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((candidate) => candidate === value);
  if (found === undefined)
    throw new Error(`Expected ${allowed.join(" or ")} for ${name} but received ${value}`);
  return found;
}
