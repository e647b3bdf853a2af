import { join } from "node:path";
import type { Architecture } from "../package/layer-packages.ts";
import { runProgram } from "../package/run-program.ts";

const platformOf = { x86_64: "linux/amd64", arm64: "linux/arm64" } as const;
const repository = "fundus-lambda";
const buildTimeoutMs = 30 * 60_000;
const awsTimeoutMs = 60_000;

/** @throws Error when Docker or the AWS command line is not there */
export async function expectImageTools(): Promise<void> {
  const options = { timeoutMs: awsTimeoutMs };
  try {
    await runProgram(["aws", "--version"], options);
    // The server's version: the command line alone cannot build.
    await runProgram(["docker", "version", "--format", "{{.Server.Version}}"], options);
  } catch (error) {
    const reason = error instanceof Error ? error.message : error;
    throw new Error(
      `Expected Docker and the AWS command line for --deployment image: ${reason}\nWithout them: --deployment zip`,
    );
  }
}

/**
 * Builds the container image from the folder that packaging laid out and pushes it to the account's own registry,
 * which is made when it does not exist. Needs Docker and the AWS command line.
 *
 * @returns the image's address with its digest
 */
export async function pushImage(
  folder: string,
  { account, region, architecture }: { account: string; region: string; architecture: Architecture },
  say: (detail: string) => void,
): Promise<string> {
  const aws = (...parameters: string[]) =>
    runProgram(["aws", ...parameters, "--region", region, "--output", "text"], { timeoutMs: awsTimeoutMs });
  const registry = `${account}.dkr.ecr.${region}.amazonaws.com`;
  await ensureRepository(aws);

  say("docker build");
  const tag = `${registry}/${repository}:${Date.now()}`;
  await runProgram(
    [
      "docker",
      "build",
      "--platform",
      platformOf[architecture],
      // Lambda takes no attestations beside the image.
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
  const password = await aws("ecr", "get-login-password");
  await runProgram(["docker", "login", "--username", "AWS", "--password-stdin", registry], {
    timeoutMs: awsTimeoutMs,
    input: password,
  });
  await runProgram(["docker", "push", tag], { timeoutMs: buildTimeoutMs });
  return runProgram(["docker", "inspect", "--format", "{{index .RepoDigests 0}}", tag], {
    timeoutMs: awsTimeoutMs,
  });
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

/** Folder of the packaged image's files. */
export const imageFolder = (output: string): string => join(output, "image");
