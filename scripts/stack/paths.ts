import path from "node:path";

export const projectRoot = path.resolve(import.meta.dirname, "../..");
/** All state of the local stack, ignored by git: deleting it starts afresh. */
export const localFolder = path.join(projectRoot, ".local");
/** Where `npm start` and `npm run stack` keep the registry, its files and the inference log. */
export const stackFolder = path.join(localFolder, "stack");
