import { runProgram } from "../stack/processes/run-program.ts";
import { StackError } from "../stack/stack-error.ts";

export interface Python {
  program: string;
  version: string;
}

const timeoutMs = 20_000;
const oldestMinor = 10;
/** The system's default first, then versions that a machine may have beside it. */
const programs = ["python3", ...[13, 12, 14, 11, 10].map((minor) => `python3.${minor}`)];
/** Debian and Ubuntu ship `venv` without ensurepip, the module that puts pip into a new environment. */
const question = `
import importlib.util, sys
print(sys.version_info.major, sys.version_info.minor, importlib.util.find_spec("ensurepip") is not None)
`;

/**
 * Finds a Python of version 3.10 or newer that can make virtual environments.
 *
 * @throws StackError that says what was found instead, and how to install what is missing
 */
export async function findPython(): Promise<Python> {
  const found: string[] = [];
  let lacksVenv: Python | undefined;
  for (const program of programs) {
    const answer = await ask(program);
    if (answer === undefined) continue;
    const [major, minor, hasPip] = answer.split(" ");
    const version = `${major}.${minor}`;
    if (major !== "3" || Number(minor) < oldestMinor) found.push(`${program} is ${version}`);
    else if (hasPip === "True") return { program, version };
    else lacksVenv ??= { program, version };
  }
  if (lacksVenv !== undefined) {
    throw new StackError(
      `${lacksVenv.program} (${lacksVenv.version}) cannot make virtual environments: its module ensurepip is missing. ` +
        `On Debian and Ubuntu: sudo apt-get install python${lacksVenv.version}-venv`,
    );
  }
  const instead = found.length === 0 ? "found none" : `found only: ${found.join(", ")}`;
  throw new StackError(
    `The local stack needs Python 3.${oldestMinor} or newer, but ${instead}. ` +
      "On Debian and Ubuntu: sudo apt-get install python3 python3-venv",
  );
}

async function ask(program: string): Promise<string | undefined> {
  try {
    return (await runProgram(program, ["-c", question], { timeoutMs })).trim();
  } catch {
    return undefined;
  }
}
