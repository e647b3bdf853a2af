import path from "node:path";

export const projectRoot = path.resolve(import.meta.dirname, "../..");
/** A program that npm installed. */
export const installedProgram = (name: string) => path.join(projectRoot, "node_modules/.bin", name);
/** The Serverless Framework's command. */
export const serverlessProgram = path.join(projectRoot, "scripts/serverless/serverless.mjs");
/** All local state, ignored by git; deleting it starts afresh. */
export const localFolder = path.join(projectRoot, ".local");
/** Where `npm start` and `npm run stack` keep the registry, its files and the inference log. */
export const stackFolder = path.join(localFolder, "stack");
