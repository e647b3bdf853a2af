import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  CloudFormationClient,
  CreateChangeSetCommand,
  DescribeChangeSetCommand,
  DescribeStacksCommand,
} from "@aws-sdk/client-cloudformation";
import { expect, it, onTestFinished, vi } from "vitest";
import { describeChanges } from "../../../../scripts/deploy/describe-changes.ts";
import { startSmallS3 } from "../../../support/small-s3.ts";

const region = "us-east-1";
const bucket = "deployments";

/** CloudFormation with a stack in whose template nothing changes. Returns the commands that it got. */
function stubCloudFormation(): unknown[] {
  const commands: unknown[] = [];
  vi.spyOn(CloudFormationClient.prototype, "send").mockImplementation(async (command: unknown) => {
    commands.push(command);
    if (command instanceof DescribeStacksCommand)
      return {
        Stacks: [{ Outputs: [{ OutputKey: "ServerlessDeploymentBucketName", OutputValue: bucket }] }],
      };
    return command instanceof DescribeChangeSetCommand ? { Status: "CREATE_COMPLETE", Changes: [] } : {};
  });
  return commands;
}

it("leaves nothing in the deployment bucket where osls does not delete it, so that the stage can be removed", async () => {
  const folder = mkdtempSync(join(tmpdir(), "describe-changes-"));
  const s3 = await startSmallS3();
  onTestFinished(() => {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
    s3.stop();
    rmSync(folder, { recursive: true });
  });
  for (const [name, value] of Object.entries(s3.environment)) vi.stubEnv(name, value);
  const commands = stubCloudFormation();
  const template = join(folder, "template.json");
  writeFileSync(template, '{"Resources":{}}');

  expect(await describeChanges("prod", region, template)).toEqual(["Nothing in the stack changes"]);
  const [created] = commands.filter((command) => command instanceof CreateChangeSetCommand);
  const [key = ""] = s3.objects.keys();
  expect(created?.input.TemplateURL).toBe(`https://s3.${region}.amazonaws.com/${key}`);
  // osls empties this folder alone (lib/plugins/aws/remove/lib/bucket.js), and CloudFormation deletes only empty buckets.
  const emptied = `${bucket}/serverless/fundus-lambda/prod/`;
  expect([...s3.objects.keys()].filter((name) => !name.startsWith(emptied))).toEqual([]);
});
