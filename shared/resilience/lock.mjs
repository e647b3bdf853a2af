// Plain JavaScript, because scripts/install.mjs uses it before Node 22 is installed.
import { createHash } from "node:crypto";
import { createConnection, createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";

const pollMs = 200;
/** Bytes of a socket's address on Linux. Node versions differ in how they pad a shorter one. */
const addressLength = 108;

/**
 * Takes a lock that holds across all processes of this machine and ends with this process, however it ends: a listening
 * socket. On Linux it is in the abstract namespace and leaves no file behind. Elsewhere it is a file; one on which nobody listens
 * any more stays, and the next in number is the lock. Removing it could remove the lock of a process that took it over meanwhile.
 *
 * @param {string} resource what is locked, such as a folder's path
 * @param {{ platform?: NodeJS.Platform }} [options]
 * @returns {Promise<(() => void) | undefined>} gives the lock back; undefined when another process holds it
 */
export async function tryLock(resource, { platform = process.platform } = {}) {
  const digest = createHash("sha256").update(resource).digest("hex");
  if (platform === "linux") return listen(`\0fundus-lambda:${digest}`.padEnd(addressLength, "-"));
  for (let number = 0; ; number += 1) {
    const file = path.join(tmpdir(), `fundus-lambda-${digest.slice(0, 32)}-${number}`);
    const release = await listen(file);
    if (release !== undefined || !(await isAbandoned(file))) return release;
  }
}

/** @returns {Promise<(() => void) | undefined>} undefined when the address is taken */
function listen(address) {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", (error) => (error.code === "EADDRINUSE" ? resolve(undefined) : reject(error)));
    server.listen(address, () => {
      server.unref();
      resolve(() => server.close());
    });
  });
}

/** @returns {Promise<boolean>} whether the process that made this file has ended without removing it */
function isAbandoned(file) {
  return new Promise((resolve) => {
    const socket = createConnection(file, () => {
      socket.destroy();
      resolve(false);
    });
    socket.once("error", (error) => resolve(error.code === "ECONNREFUSED"));
  });
}

/**
 * Does one piece of work at a time across all processes.
 *
 * @template T
 * @param {string} resource
 * @param {() => T | Promise<T>} work
 * @param {() => void} [onWait] called once if another process holds the lock
 * @returns {Promise<T>}
 */
export async function withLock(resource, work, onWait) {
  let release = await tryLock(resource);
  if (release === undefined) onWait?.();
  while (release === undefined) {
    await wait(pollMs);
    release = await tryLock(resource);
  }
  try {
    return await work();
  } finally {
    release();
  }
}
