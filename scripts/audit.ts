// npm run audit: asks whether an advisory concerns a package that is deployed.
import { execFile } from "node:child_process";
import { type Advisory, readNpmAudit } from "./audit/read-npm-audit.ts";
import { type CommandRun, exitCodes, printJson } from "./cli/run-command.ts";

const timeoutMs = 120_000;

export const run: CommandRun<"audit"> = async ({ values }) => {
  const audit = readNpmAudit(await askNpm());
  if (values.json) printJson(audit);
  else if (!audit.isChecked)
    console.log(
      `Nothing was checked: the npm registry offers no audit here (${audit.reason}). Run it on a machine that reaches a registry with an audit: npm run audit`,
    );
  else if (audit.advisories.length === 0)
    console.log("No advisory concerns the npm packages that are deployed.");
  else console.log(audit.advisories.map(describe).join("\n"));
  if (audit.isChecked && audit.advisories.length > 0) process.exitCode = exitCodes.failed;
};

/** Returns what npm wrote, whatever its exit code: it ends with 1 when it found something. */
const askNpm = (): Promise<string> =>
  new Promise((resolve) => {
    execFile("npm", ["audit", "--omit=dev", "--json"], { timeout: timeoutMs }, (error, stdout) =>
      resolve(stdout || (error?.message ?? "")),
    );
  });

const describe = ({ package: name, range, severity, titles, isFixed }: Advisory): string =>
  [
    `${severity}: ${name} ${range}${isFixed ? ", repaired in a later version: npm update" : ", not repaired yet"}`,
    ...titles.map((title) => `  ${title}`),
  ].join("\n");
