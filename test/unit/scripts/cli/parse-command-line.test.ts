import { describe, expect, it } from "vitest";
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
