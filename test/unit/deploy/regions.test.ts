import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { parse } from "yaml";

/** CloudFormation's functions stand as the text they are given. */
const resources: [string, { Type: string; Properties: Record<string, unknown> }][] = readdirSync(
  "resources",
).flatMap((file) =>
  Object.entries(
    parse(readFileSync(`resources/${file}`, "utf8"), { maxAliasCount: -1, logLevel: "silent" }).Resources ??
      {},
  ),
);

/** Properties that name a resource once per account, not once per region. */
const namesInAccount = ["BucketName", "RoleName", "DashboardName"];

it("names what an account has once with its region, so that a stage can be deployed in several", () => {
  const named = resources.flatMap(([resource, { Properties }]) =>
    namesInAccount.flatMap((property) =>
      Properties?.[property] === undefined ? [] : [[resource, String(Properties[property])]],
    ),
  );
  expect(named).toEqual([["Dashboard", "${AWS::StackName}-${AWS::Region}"]]);
});
