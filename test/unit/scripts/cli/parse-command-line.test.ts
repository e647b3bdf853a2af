import { describe, expect, it } from "vitest";
import { type Command, commands } from "../../../../scripts/cli/commands.mjs";
import { parseCommandLine, UsageError } from "../../../../scripts/cli/parse-command-line.mjs";

const command = {
  module: "",
  summary: "",
  operands: [{ name: "VERSION", text: "" }],
  options: {
    "some-stage": { type: "string", default: "dev", text: "" },
    json: { type: "boolean", text: "" },
  },
} as const;
const parse = (words: string[], env = {}) => parseCommandLine(command, words, env);

describe("parseCommandLine", () => {
  it("gives options with their defaults, and operands wherever they stand", () => {
    const { values, operands } = parse(["--json", "3"]);
    expect({ ...values }).toEqual({ "some-stage": "dev", json: true });
    expect(operands).toEqual(["3"]);
    expect(parse(["3", "--some-stage=prod"]).values).toMatchObject({ "some-stage": "prod" });
  });

  it.each([
    [["3", "--stag", "x"], "Unknown option '--stag'"],
    [["3", "-x"], "Unknown option '-x'"],
    [["3", "--some-stage"], "Option '--some-stage <value>' argument missing"],
    [["3", "--json=no"], "Option '--json' does not take an argument"],
    [[], "Expected VERSION but received nothing"],
    [["3", "4"], "Expected one VERSION but also received 4"],
  ])("refuses %j", (words, message) => {
    expect(() => parse(words)).toThrow(UsageError);
    expect(() => parse(words)).toThrow(message);
  });

  it("refuses operands of a command that takes none", () => {
    expect(() => parseCommandLine({ module: "", summary: "" }, ["now"], {})).toThrow(
      "Expected only options but received now",
    );
  });

  it("takes many of the last operand where the command does", () => {
    const many = {
      module: "",
      summary: "",
      operands: [{ name: "FILE", text: "", optional: true, many: true }],
    };
    expect(parseCommandLine(many, [], {}).operands).toEqual([]);
    expect(parseCommandLine(many, ["a", "b"], {}).operands).toEqual(["a", "b"]);
  });

  it("asks for help whatever else is typed", () => {
    expect(parse(["--help"]).values.help).toBe(true);
    expect(parse(["3", "4", "--help"]).values.help).toBe(true);
  });

  // `npm run promote 3 --stage Staging`, without --: npm takes the option, and Production would be moved.
  it("refuses to go on without an option that npm kept for itself", () => {
    expect(() => parse(["3"], { npm_config_some_stage: "prod" })).toThrow(
      "npm took --some-stage as its own option: write -- before the command's first argument",
    );
    expect(parse(["3", "--some-stage=prod"], { npm_config_some_stage: "x" }).operands).toEqual(["3"]);
    expect(parse(["3"], { npm_config_json: "" }).operands).toEqual(["3"]);
  });
});

describe("the numbers of a command", () => {
  const parseFor = (name: keyof typeof commands, words: string[], env = {}) =>
    parseCommandLine(commands[name], words, env).values;

  it("come out as numbers, defaults too", () => {
    expect(parseFor("models", [])).toMatchObject({ limit: 10 });
    expect(parseFor("compare", ["6", "7", "--days", "0.5"])).toMatchObject({ days: 0.5 });
    expect(parseFor("keys", ["list", "--rate=10000"])).toMatchObject({ rate: 10_000 });
    expect(parseFor("drift", [])).not.toHaveProperty("count");
  });

  it.each([
    ["models", ["--limit", "0"], "Expected a whole number of at least 1 for --limit but received 0"],
    ["models", ["--limit", "1.5"], "Expected a whole number of at least 1 for --limit but received 1.5"],
    ["compare", ["6", "7", "--days", "0"], "Expected a number above 0 for --days but received 0"],
    [
      "compare",
      ["6", "7", "--days", "Infinity"],
      "Expected a number above 0 for --days but received Infinity",
    ],
    ["keys", ["list", "--days", "many"], "Expected a number from 1 to 3650 for --days but received many"],
    ["keys", ["list", "--rate="], "Expected a number from 0.1 to 10000 for --rate but received nothing"],
    [
      "drift",
      ["--count", "100001"],
      "Expected a whole number from 1 to 100000 for --count but received 100001; for more predictions choose a span of time: --last 30d",
    ],
    ["train", ["--minutes", "45m"], "Expected a number above 0 for --minutes but received 45m"],
    ["retrain", ["--minutes=0"], "Expected a number above 0 for --minutes but received 0"],
    [
      "train",
      ["--minutes-left-out", "none"],
      "Expected a number of at least 0 for --minutes-left-out but received none",
    ],
    ["train", ["--seed", "0.5"], "Expected a whole number from 0 to 4294967295 for --seed but received 0.5"],
    ["drift", ["--count", "2.5"], "Expected a whole number from 1 to 100000 for --count but received 2.5"],
  ] as const)("are refused outside their range: %s %j", (name, words, message) => {
    expect(() => parseFor(name, [...words])).toThrow(new UsageError(message));
  });

  it("are refused, too, when npm kept the option for itself", () => {
    expect(() => parseFor("models", [], { npm_config_limit: "5" })).toThrow("npm took --limit");
    expect(parseFor("models", ["--limit", "5"], { npm_config_limit: "5" })).toMatchObject({ limit: 5 });
  });
});

// npm itself changes to the project's folder before it runs a command.
describe("the paths of a command", () => {
  const located = {
    module: "",
    summary: "",
    operands: [
      { name: "WORD", text: "" },
      { name: "FILE", text: "", path: "file", optional: true, many: true },
    ],
    options: {
      output: { type: "string", value: "FOLDER", path: "file", default: ".local/kept", text: "" },
      start: { type: "string", value: "FILE", path: "file", notPath: "imagenet", text: "" },
      judge: { type: "string", value: "PYTHON", path: "program", text: "" },
      label: { type: "string", value: "TEXT", text: "" },
    },
  } as const;
  const locate = (...words: string[]) => parseCommandLine(located, words, { INIT_CWD: "/home/ana/eyes" });

  it("are relative to the folder where npm was called", () => {
    expect(locate("a", "b", "../c", "/d").operands).toEqual(["a", "/home/ana/eyes/b", "/home/ana/c", "/d"]);
    expect(locate("a", "--output", "out", "--start=./x", "--label", "y").values).toEqual({
      output: "/home/ana/eyes/out",
      start: "/home/ana/eyes/x",
      label: "y",
    });
    expect(locate("a", "--judge", "venv/bin/python").values.judge).toBe("/home/ana/eyes/venv/bin/python");
  });

  it("are relative to the project's folder as defaults, but not when the same is typed", () => {
    expect(locate("a").values).toEqual({ output: ".local/kept" });
    expect(locate("a", "--output", ".local/kept").values.output).toBe("/home/ana/eyes/.local/kept");
  });

  it("are not made of an address, of the name of a program, or of a word that has a meaning", () => {
    expect(locate("a", "s3://bucket/key").operands).toEqual(["a", "s3://bucket/key"]);
    expect(locate("a", "--judge", "python3", "--start", "imagenet").values).toMatchObject({
      judge: "python3",
      start: "imagenet",
    });
  });

  it("are relative to the folder of this process where npm was not called", () => {
    expect(parseCommandLine(located, ["a", "b"], {}).operands).toEqual(["a", `${process.cwd()}/b`]);
  });

  it("are refused when nothing was typed, as with a variable that is not set", () => {
    expect(() => locate("a", "")).toThrow("Expected FILE but received nothing");
    expect(() => locate("a", "--output=")).toThrow("Expected FOLDER for --output but received nothing");
  });

  it("are marked in the table wherever the help speaks of a file or a folder", () => {
    const places = Object.entries(commands as Record<string, Command>)
      // What a test command takes is a part of a path.
      .filter(([name]) => !name.startsWith("test:"))
      .flatMap(([name, { operands = [], options = {} }]) => [
        ...operands.map((operand) => ({ place: `${name} ${operand.name}`, ...operand, value: operand.name })),
        ...Object.entries(options).map(([option, entry]) => ({ place: `${name} --${option}`, ...entry })),
      ])
      .filter(({ value }) => value === "FILE" || value === "FOLDER");
    expect(places.length).toBeGreaterThan(15);
    expect(places.filter(({ path }) => path !== "file").map(({ place }) => place)).toEqual([]);
  });
});
