import { spawnSync } from "node:child_process";
import { chmodSync, chownSync } from "node:fs";
import { StackError } from "./stack-error.ts";

/** PostgreSQL refuses to run as root. This says how a program is started without root's rights. */
export interface Unprivileged {
  /** The program and its parameters, put behind whatever drops the rights. */
  wrap(program: string, parameters: string[]): [string, string[]];
  /** Gives a file or folder to the user that the program then is. */
  give(entry: string): void;
  /** Lets that user pass through a folder, on the way to what it was given. */
  letThrough(folder: string): void;
}

/** `nobody` on every Linux. */
const nobody = 65_534;

/** As a plain user nothing changes; as root the best way this machine allows is chosen. */
export function createUnprivileged(): Unprivileged {
  if (process.getuid?.() !== 0) {
    return { wrap: (program, parameters) => [program, parameters], give: () => {}, letThrough: () => {} };
  }

  // A user namespace in which root is called 1000: files stay root's, folders closed to others stay readable.
  const asOther = ["--user", "--map-user=1000", "--map-group=1000"];
  if (runs("unshare", [...asOther, "true"])) {
    return {
      wrap: (program, parameters) => ["unshare", [...asOther, program, ...parameters]],
      give: () => {},
      letThrough: () => {},
    };
  }
  // Containers forbid user namespaces as a rule; there root may become another user.
  const asNobody = [`--reuid=${nobody}`, `--regid=${nobody}`, "--clear-groups"];
  if (runs("setpriv", [...asNobody, "test", "-x", import.meta.dirname])) {
    return {
      wrap: (program, parameters) => ["setpriv", [...asNobody, program, ...parameters]],
      give: (entry) => chownSync(entry, nobody, nobody),
      letThrough: (folder) => chmodSync(folder, 0o711),
    };
  }
  throw new StackError(
    "PostgreSQL does not run as root, and this machine neither allows user namespaces (unshare) nor lets " +
      "user nobody read this folder (setpriv). Run this as a plain user, or move the project out of a closed folder.",
  );
}

function runs(program: string, parameters: string[]): boolean {
  return spawnSync(program, parameters, { stdio: "ignore", timeout: 10_000 }).status === 0;
}
