// Plain JavaScript, because scripts/install.mjs uses it before Node 22 is installed.
import { createHash } from "node:crypto";
import { renameSync, rmSync } from "node:fs";
import { createConnection, createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";

const pollMs = 200;
/** Bytes of a socket's address on Linux. Node versions differ in how they pad a shorter one. */
const addressLength = 108;

/**
 * Takes a lock that holds across all processes of this machine and ends with this process, however it ends: a listening
 * socket. On Linux it is in the abstract namespace and leaves no file behind. Elsewhere it is a file, which the next process
 * takes over when nobody listens on it any more.
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

/** Moves the file away before removing it, so that of two processes neither removes the other's new lock. */
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
