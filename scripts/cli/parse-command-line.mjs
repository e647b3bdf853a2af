// Plain JavaScript, because help and refusals come before anything is installed.
import path from "node:path";
import { parseArgs } from "node:util";

/** The command was typed in a way that it does not understand. */
export class UsageError extends Error {}

const help = { help: { type: "boolean" } };

/**
 * Parses what was typed after a command's name. Paths come out absolute, but defaults as they are in the table. Numbers come out
 * as numbers.
 *
 * @param {import("./commands.mjs").Command} command
 * @param {string[]} words
 * @param {Record<string, string | undefined>} env where npm puts the options that it took as its own, and the folder where
 *   it was called
 * @returns {{ values: Record<string, string | number | boolean | undefined>, operands: string[] }}
 * @throws UsageError when an option or operand is unknown, an operand or a path is missing, or a number is outside its range
 */
export function parseCommandLine({ options = {}, operands = [] }, words, env) {
  const known = asWords(options);
  const parsed = parseWords({ ...known, ...help }, words);
  if (parsed.values.help) return { values: parsed.values, operands: [] };

  const taken = Object.keys(options).find((name) => env[`npm_config_${name.replaceAll("-", "_")}`]);
  if (taken !== undefined && !(taken in parsed.values && parsed.values[taken] !== known[taken].default))
    throw new UsageError(
      `npm took --${taken} as its own option: write -- before the command's first argument`,
    );
  expectOperands(operands, parsed.positionals);
  return {
    values: { ...parsed.values, ...parseNumbers(options, parsed), ...locateOptions(options, parsed, env) },
    operands: parsed.positionals.map((word, index) => {
      const operand = operands[Math.min(index, operands.length - 1)];
      return locate(word, operand, operand.name, env);
    }),
  };
}

/** The folder where a command was typed: npm itself changes to the project's. */
export function callersFolder({ INIT_CWD: folder } = process.env) {
  return folder || process.cwd();
}

/** The options as Node's parser knows them: a number is a word to it. */
function asWords(options) {
  const asWord = (option) =>
    option.type === "number"
      ? { type: "string", ...(option.default !== undefined && { default: String(option.default) }) }
      : option;
  return Object.fromEntries(Object.entries(options).map(([name, option]) => [name, asWord(option)]));
}

function parseNumbers(options, { values }) {
  const numbers = Object.keys(values).filter((name) => options[name]?.type === "number");
  return Object.fromEntries(
    numbers.map((name) => [name, parseNumber(values[name], options[name].range, name)]),
  );
}

function parseNumber(word, range, name) {
  const number = word.trim() === "" ? Number.NaN : Number(word);
  const { from = -Infinity, to = Infinity, above = -Infinity, isWhole = false, advice } = range;
  const isInside = Number.isFinite(number) && number >= from && number <= to && number > above;
  if (isInside && !(isWhole && !Number.isInteger(number))) return number;
  const remedy = advice !== undefined && number > to ? `; ${advice}` : "";
  throw new UsageError(
    `Expected ${describeRange(range)} for --${name} but received ${word || "nothing"}${remedy}`,
  );
}

function describeRange({ from, to, above, isWhole }) {
  const number = isWhole ? "a whole number" : "a number";
  if (above !== undefined) return `${number} above ${above}`;
  return to === undefined ? `${number} of at least ${from}` : `${number} from ${from} to ${to}`;
}

function locateOptions(options, { tokens, values }, env) {
  const typed = tokens.filter(({ kind, name }) => kind === "option" && options[name].path !== undefined);
  return Object.fromEntries(
    typed.map(({ name }) => [
      name,
      locate(values[name], options[name], `${options[name].value} for --${name}`, env),
    ]),
  );
}

const address = /^[a-z][a-z\d+.-]+:\/\//i;

function locate(word, { path: kind, notPath }, expected, env) {
  if (kind === undefined || word === notPath || address.test(word)) return word;
  if (word === "") throw new UsageError(`Expected ${expected} but received nothing`);
  return kind === "program" && !word.includes("/") ? word : path.resolve(callersFolder(env), word);
}

function parseWords(options, words) {
  try {
    return parseArgs({ args: words, options, allowPositionals: true, tokens: true });
  } catch (error) {
    // The rest of Node's message is about options in general.
    if (String(error.code).startsWith("ERR_PARSE_ARGS")) throw new UsageError(error.message.split(". ")[0]);
    throw error;
  }
}

function expectOperands(operands, received) {
  const missing = operands.find(({ optional }, index) => !optional && received[index] === undefined);
  if (missing !== undefined) throw new UsageError(`Expected ${missing.name} but received nothing`);
  if (received.length <= operands.length || operands.at(-1)?.many) return;
  const extra = received.slice(operands.length).join(" ");
  throw new UsageError(
    operands.length === 0
      ? `Expected only options but received ${extra}`
      : `Expected one ${operands.at(-1).name} but also received ${extra}`,
  );
}
