import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { text } from "node:stream/consumers";

const runner = path.join(import.meta.dirname, "invoke-handler.ts");

type Line = Record<string, unknown>;

export interface Invocation {
  /** What the handler gave back. */
  outcome: Record<string, unknown>;
  /** Lines of CloudWatch's embedded metric format on stdout. */
  metricLines: Line[];
  /** The log; warnings and errors go to stderr, CloudWatch keeps both. */
  logLines: Line[];
}

/** Invokes the drift function once in a process of its own, as a schedule would, with the environment it is given. */
export async function invokeDriftFunction(environment: Record<string, string>): Promise<Invocation> {
  const child = spawn(process.execPath, [runner], {
    env: { PATH: process.env.PATH, NODE_NO_WARNINGS: "1", ...environment },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  const messages: unknown[] = [];
  child.on("message", (message) => messages.push(message));
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout as NodeJS.ReadableStream),
    text(child.stderr as NodeJS.ReadableStream),
    once(child, "close"),
  ]);
  if (code !== 0) throw new Error(`The drift function ended with ${code}:\n${stdout}\n${stderr}`);
  const logLines = [...parseLines(stdout), ...parseLines(stderr)].filter((line) => "message" in line);
  const metricLines = parseLines(stdout).filter((line) => "_aws" in line);
  return { outcome: messages[0] as Record<string, unknown>, metricLines, logLines };
}

const parseLines = (output: string): Line[] =>
  output
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line));
