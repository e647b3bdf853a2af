import { spawn } from "node:child_process";
import path from "node:path";
import { StackError } from "../stack-error.ts";

export interface ProgramOptions {
  environment?: Record<string, string | undefined>;
  directory?: string;
  timeoutMs: number;
  /** Its standard input. */
  input?: string;
  /** Whether to return its standard error too, in the order of writing. */
  withErrors?: boolean;
}

export interface ShownProgramOptions extends Pick<ProgramOptions, "environment" | "directory"> {
  /** Without it, the program may run for any time. */
  timeoutMs?: number;
  /** Whether it may read from the terminal. */
  isInteractive?: boolean;
  /** Descriptor of a file for its output (default: the terminal). */
  output?: number | undefined;
}

/** How many of the last lines of a failed command are shown. */
const shownLines = 40;
/** How many parameters of its command line are shown. */
const shownParameters = 3;

/**
 * Runs a program to its end and returns its standard output.
 *
 * @throws StackError, with its last lines, when it cannot be started, fails or takes too long
 */
export function runProgram(program: string, parameters: string[], options: ProgramOptions): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, parameters, {
      cwd: options.directory,
      env: options.environment ?? process.env,
    });
    // Not spawn's own timeout, which keeps this process waiting when a program cannot be started.
    const timer = setTimeout(() => child.kill("SIGKILL"), options.timeoutMs);
    let output = "";
    let everything = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      output += text;
      everything += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      everything += text;
    });
    child.once("error", (error) => {
      clearTimeout(timer);
      reject(new StackError(`${program} cannot be started: ${error.message}`));
    });
    child.once("close", (code, signal) => {
      clearTimeout(timer);
      if (code === 0) return resolve(options.withErrors ? everything : output);
      const ending = signal === null ? `failed with code ${code}` : `was ended by ${signal}`;
      const lastLines = everything.trimEnd().split("\n").slice(-shownLines).join("\n");
      const command = [path.basename(program), ...parameters.slice(0, shownParameters)].join(" ");
      reject(new StackError(`${command} ${ending}:\n${lastLines}`));
    });
    // A program that ends without reading closes its input, which is an error here.
    child.stdin.on("error", () => {}).end(options.input ?? "");
  });
}

/**
 * Runs a program to its end, shows its output as it comes, and returns its exit code.
 *
 * @throws StackError when it cannot be started
 */
export function showProgram(
  program: string,
  parameters: string[],
  { directory, environment, timeoutMs, isInteractive = false, output }: ShownProgramOptions,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, parameters, {
      cwd: directory,
      env: environment ?? process.env,
      stdio: [isInteractive ? "inherit" : "ignore", output ?? "inherit", output ?? "inherit"],
    });
    const timer = timeoutMs === undefined ? undefined : setTimeout(() => child.kill("SIGKILL"), timeoutMs);
    child.once("error", (error) => {
      clearTimeout(timer);
      reject(new StackError(`${program} cannot be started: ${error.message}`));
    });
    child.once("close", (code) => {
      clearTimeout(timer);
      resolve(code ?? 1);
    });
  });
}
