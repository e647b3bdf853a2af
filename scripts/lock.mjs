// Plain JavaScript: scripts/install.mjs uses it before Node 22 is there.
import { createHash } from "node:crypto";
import { renameSync, rmSync } from "node:fs";
import { createConnection, createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";

const pollMs = 200;
/** Bytes of a socket's address on Linux; a full one is read alike by every Node. */
const addressLength = 108;

/**
 * Takes a lock that holds over all processes of this machine and ends with this one, however it ends: a listening
 * socket. In Linux's abstract namespace it leaves no file behind; elsewhere it is a file, which the next one takes over
 * when nobody listens on it any more.
 *
 * @param {string} resource what is locked, such as a folder's path
 * @param {{ platform?: NodeJS.Platform }} [options]
 * @returns {Promise<(() => void) | undefined>} gives the lock back; undefined when another process holds it
 */
export async function tryLock(resource, { platform = process.platform } = {}) {
  const digest = createHash("sha256").update(resource).digest("hex");
  if (platform === "linux") return listen(`\0fundus-lambda:${digest}`.padEnd(addressLength, "-"));
  const file = path.join(tmpdir(), `fundus-lambda-${digest.slice(0, 32)}.lock`);
  const release = await listen(file);
  if (release !== undefined || (await isListenedTo(file))) return release;
  removeAbandoned(file);
  return listen(file);
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

/** @returns {Promise<boolean>} */
function isListenedTo(file) {
  return new Promise((resolve) => {
    const socket = createConnection(file, () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}

/** Moved away first: of two processes that find the same remains one removes them, and neither the other's new lock. */
function removeAbandoned(file) {
  const remains = `${file}.${process.pid}`;
  try {
    renameSync(file, remains);
    rmSync(remains, { force: true });
  } catch (error) {
    if (error.code !== "ENOENT") throw error;
  }
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
