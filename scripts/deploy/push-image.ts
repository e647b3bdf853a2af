import { join } from "node:path";
import type { Architecture } from "../package/layer-packages.ts";
import { runProgram } from "../stack/processes/run-program.ts";

const platformOf = { x86_64: "linux/amd64", arm64: "linux/arm64" } as const;
const repository = "fundus-lambda";
const buildTimeoutMs = 30 * 60_000;
const awsTimeoutMs = 60_000;

/** @throws Error when Docker or the AWS command line is not there */
export async function expectImageTools(): Promise<void> {
  const options = { timeoutMs: awsTimeoutMs };
  try {
    await runProgram("aws", ["--version"], options);
    // Asks for the server's version, because the command line alone cannot build.
    await runProgram("docker", ["version", "--format", "{{.Server.Version}}"], options);
  } catch (error) {
    const reason = error instanceof Error ? error.message : error;
    throw new Error(
      `Expected Docker and the AWS command line for --deployment image: ${reason}\nWithout them: --deployment zip`,
    );
  }
}

/**
 * Builds the container image from the packaged folder and pushes it to the account's own registry, which is created if it
 * does not exist. Needs Docker and the AWS command line.
 *
 * @returns the image's address with its digest
 */
export async function pushImage(
  folder: string,
  { account, region, architecture }: { account: string; region: string; architecture: Architecture },
  say: (detail: string) => void,
): Promise<string> {
  const aws = (...parameters: string[]) =>
    runProgram("aws", [...parameters, "--region", region, "--output", "text"], { timeoutMs: awsTimeoutMs });
  const registry = `${account}.dkr.ecr.${region}.amazonaws.com`;
  await ensureRepository(aws);

  say("docker build");
  const tag = `${registry}/${repository}:${Date.now()}`;
  await runProgram(
    "docker",
    [
      "build",
      "--platform",
      platformOf[architecture],
      // Lambda refuses images with attestations.
      "--provenance=false",
      "--file",
      "layers/image/Dockerfile",
      "--tag",
      tag,
      folder,
    ],
    { timeoutMs: buildTimeoutMs },
  );

  say(`docker push ${tag}`);
  const password = (await aws("ecr", "get-login-password")).trim();
  await runProgram("docker", ["login", "--username", "AWS", "--password-stdin", registry], {
    timeoutMs: awsTimeoutMs,
    input: password,
  });
  await runProgram("docker", ["push", tag], { timeoutMs: buildTimeoutMs });
  const inspect = ["inspect", "--format", "{{index .RepoDigests 0}}", tag];
  return (await runProgram("docker", inspect, { timeoutMs: awsTimeoutMs })).trim();
}

async function ensureRepository(aws: (...parameters: string[]) => Promise<string>): Promise<void> {
  try {
    await aws("ecr", "describe-repositories", "--repository-names", repository);
  } catch {
    await aws(
      "ecr",
      "create-repository",
      "--repository-name",
      repository,
      "--image-tag-mutability",
      "IMMUTABLE",
      "--image-scanning-configuration",
      "scanOnPush=true",
    );
  }
}

/** Folder in the packaging output that holds the image's files. */
export const imageFolder = (output: string): string => join(output, "image");
