import { spawn } from "node:child_process";
import path from "node:path";
import { StackError } from "./stack-error.ts";

export interface CommandOptions {
  environment?: Record<string, string | undefined>;
  directory?: string;
  timeoutMs: number;
  /** What it reads from standard input. */
  input?: string;
  /** Whether what it writes to standard error is returned too, as it came. */
  withErrors?: boolean;
}

export interface ShownCommandOptions extends Pick<CommandOptions, "environment" | "directory"> {
  /** None: it runs as long as it likes. */
  timeoutMs?: number;
  /** Whether it may read the keys that are typed. */
  isInteractive?: boolean;
  /** The descriptor of a file that takes what it writes; the terminal when not given. */
  output?: number | undefined;
}

/** How much of what a failed command wrote is shown. */
const shownLines = 40;
/** How much of its command line is. */
const shownParameters = 3;

/**
 * Runs a program to its end and returns what it wrote to standard output.
 *
 * @throws StackError with the last lines it wrote, when it cannot be started, fails or takes too long
 */
export function runCommand(program: string, parameters: string[], options: CommandOptions): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, parameters, {
      cwd: options.directory,
      env: options.environment ?? process.env,
    });
    // Not spawn's own timeout: where a program cannot be started, it keeps this process waiting.
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
    // A program that ends without reading closes its input.
    child.stdin.on("error", () => {}).end(options.input ?? "");
  });
}

/**
 * Runs a program to its end, its output where it belongs as it comes, and returns its exit code.
 *
 * @throws StackError when it cannot be started
 */
export function showCommand(
  program: string,
  parameters: string[],
  { directory, environment, timeoutMs, isInteractive = false, output }: ShownCommandOptions,
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
