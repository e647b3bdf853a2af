import { existsSync, statfsSync } from "node:fs";
import { localFolder, projectRoot, stackFolder } from "../stack/paths.ts";
import { assertPortsFree, describeWantedPorts } from "../stack/ports.ts";
import { findOwner } from "../stack/processes/owner.ts";
import { loadLocalSettings } from "../stack/settings.ts";
import { checkSubject, type Finding, healthy, unhealthy } from "./finding.ts";

/**
 * Room for the Python environment, the native libraries and the data of a first start. With npm's packages, which are there when
 * this is asked, that makes the 4 GB that README.md names.
 */
const wantedBytes = 1.5e9;

/** Checks Node, disk and ports of this machine. */
export async function checkMachine(): Promise<Finding[]> {
  return [
    healthy("Node", `${process.version} on ${process.platform} ${process.arch}`),
    checkDisk(),
    ...(await checkSubject(
      "Ports",
      "kill PROCESS, with the number above; or give the setting another port: PORT=8081 npm start",
      checkPorts,
    )),
  ];
}

function checkDisk(): Finding {
  // .local may be on a disk of its own.
  const { bavail, bsize } = statfsSync(existsSync(localFolder) ? localFolder : projectRoot);
  const freeBytes = bavail * bsize;
  const detail = `${(freeBytes / 1e9).toFixed(1)} GB free for .local`;
  if (freeBytes >= wantedBytes) return healthy("Disk", detail);
  return unhealthy(
    "Disk",
    `${detail}, expected at least ${wantedBytes / 1e9} GB`,
    "du -sh .local/* shows what takes the space. Everything except stack and backups is made again when needed: npm stop, then rm -r .local/NAME",
  );
}

/** While the local stack runs, it holds its ports itself, and other checks ask what runs on them. */
async function checkPorts(): Promise<Finding> {
  if (findOwner(stackFolder) !== undefined) return healthy("Ports", "used by the running local stack");
  const { servicePort, stackPorts } = loadLocalSettings();
  const all = [servicePort, ...Object.values(stackPorts)].join(", ");
  await assertPortsFree([
    ...describeWantedPorts(stackPorts),
    { port: servicePort, owner: "the service", setting: "PORT" },
  ]);
  return healthy("Ports", `${all}: free for npm start`);
}
