// Plain JavaScript: scripts/install.mjs uses it before Node 22 is there.
import { createHash } from "node:crypto";
import { createServer } from "node:net";
import { setTimeout as wait } from "node:timers/promises";

const pollMs = 200;
/** Bytes of a socket's address on Linux; a full one is read alike by every Node. */
const addressLength = 108;

/**
 * Takes a lock that holds over all processes of this machine and ends with this one, however it ends: a
 * listening socket in Linux's abstract namespace, which leaves no file behind.
 *
 * @param {string} resource what is locked, such as a folder's path
 * @returns {Promise<(() => void) | undefined>} gives the lock back; undefined when another process holds it
 */
export function tryLock(resource) {
  const digest = createHash("sha256").update(resource).digest("hex");
  const address = `\0fundus-lambda:${digest}`.padEnd(addressLength, "-");
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", (error) => (error.code === "EADDRINUSE" ? resolve(undefined) : reject(error)));
    server.listen(address, () => {
      server.unref();
      resolve(() => server.close());
    });
  });
}

/**
 * Does one piece of work at a time over all processes.
 *
 * @template T
 * @param {string} resource
 * @param {() => T | Promise<T>} work
 * @param {() => void} [onWait] called once if another process is at it
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
