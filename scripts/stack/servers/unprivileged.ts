import { spawnSync } from "node:child_process";
import { chmodSync, chownSync } from "node:fs";
import { StackError } from "../stack-error.ts";

/** A way to start a program without root's rights, because PostgreSQL refuses to run as root. */
export interface Unprivileged {
  /** Wraps a program and its parameters in a command that drops the rights. */
  wrap(program: string, parameters: string[]): [string, string[]];
  /** Makes the program's user the owner of a file or folder. */
  give(entry: string): void;
  /** Lets that user pass through a folder. */
  letThrough(folder: string): void;
}

/** `nobody` on every Linux. */
const nobody = 65_534;

/** For a plain user nothing changes; for root it chooses the best way that this machine allows. */
export function createUnprivileged(): Unprivileged {
  if (process.getuid?.() !== 0) {
    return { wrap: (program, parameters) => [program, parameters], give: () => {}, letThrough: () => {} };
  }

  // A user namespace in which root has the number 1000: it still owns its files and can read folders closed to others.
  const asOther = ["--user", "--map-user=1000", "--map-group=1000"];
  if (runs("unshare", [...asOther, "true"])) {
    return {
      wrap: (program, parameters) => ["unshare", [...asOther, program, ...parameters]],
      give: () => {},
      letThrough: () => {},
    };
  }
  // Containers usually forbid user namespaces, but there root may become another user.
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
