// npm run keys -- ACTION [NAME]: manages the keys with which callers identify themselves where AUTH is key.
import type { StoredKey } from "../shared/access/api-key.ts";
import {
  type AddedKey,
  addKey,
  isNotOver,
  isNotRevoked,
  revokeKeys,
  rotateKey,
} from "../shared/access/caller-keys.ts";
import { readKeys } from "../shared/access/key-store.ts";
import { UsageError } from "./cli/parse-command-line.mjs";
import { type CommandRun, printJson } from "./cli/run-command.ts";
import { findKeyLocation } from "./keys/find-key-location.ts";

const actions = ["list", "add", "rotate", "revoke"];

export const run: CommandRun<"keys"> = async ({ values, operands: [action = "", name] }) => {
  const { days, rate: requestsPerSecond } = values;
  if (!actions.includes(action))
    throw new UsageError(`Expected list, add, rotate or revoke for ACTION but received ${action}`);
  const order = { name: expectName(action, name), days, requestsPerSecond };
  const location = await findKeyLocation(values.stage);
  const isJson = values.json ?? false;
  switch (action) {
    case "list": {
      const keys = (await readKeys(location)).filter(isNotRevoked);
      return isJson ? printJson(keys) : console.log(render(keys));
    }
    case "add":
      return printKey(await addKey(location, order), isJson);
    case "rotate":
      return printKey(await rotateKey(location, order), isJson);
    default:
      return printRevoked(order.name, await revokeKeys(location, order.name), isJson);
  }
};

function expectName(action: string, name: string | undefined): string {
  if (action === "list") {
    if (name === undefined) return "";
    throw new UsageError(`Expected no NAME for list, which shows every key, but received ${name}`);
  }
  if (name !== undefined && /^[\w.-]{1,64}$/.test(name)) return name;
  throw new UsageError(
    `Expected up to 64 letters, digits, dots, hyphens and underscores for NAME but received ${name ?? "nothing"}`,
  );
}

/** Prints the new key on standard output, and everything else on standard error. */
function printKey({ text, stored: { name, id, expires_at } }: AddedKey, isJson: boolean): void {
  console.error(
    `The key of ${name}, valid until ${expires_at}. It is shown only now, because only its hash is kept. It is accepted within half a minute.`,
  );
  if (isJson) printJson({ name, id, expires_at, key: text });
  else console.log(text);
}

function printRevoked(name: string, revoked: string[], isJson: boolean): void {
  if (isJson) printJson({ name, revoked });
  else console.log(`Every key of ${name} is revoked; within half a minute calls with it are refused.`);
}

function render(keys: StoredKey[]): string {
  if (keys.length === 0) return "There are no keys. npm run keys -- add NAME adds one.";
  const rows = keys.map((key) => [
    key.name,
    key.id,
    isNotOver(key) ? `until ${key.expires_at}` : `expired ${key.expires_at}`,
    key.requests_per_second === undefined ? "" : `${key.requests_per_second} requests per second`,
  ]);
  return rows.map((row) => `  ${row.join("   ")}`.trimEnd()).join("\n");
}
