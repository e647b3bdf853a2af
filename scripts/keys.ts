// npm run keys -- ACTION [NAME]: manages the keys with which callers identify themselves where AUTH is key.
import { createKey, revokedAt, type StoredKey } from "../shared/access/api-key.ts";
import { changeKeys, readKeys } from "../shared/access/key-store.ts";
import type { StoreLocation } from "../shared/aws/store-location.ts";
import { dayLengthMs } from "../shared/time/durations.ts";
import { UsageError } from "./cli/parse-command-line.mjs";
import { type CommandRun, printJson } from "./cli/run-command.ts";
import { findKeyLocation } from "./keys/find-key-location.ts";

const actions = ["list", "add", "rotate", "revoke"];
/** How long a replaced key is still accepted. */
const overlapDays = 7;
const defaultDays = 90;

export const run: CommandRun<"keys"> = async ({ values, operands: [action = "", name] }) => {
  const { days, rate: requestsPerSecond } = values;
  if (!actions.includes(action))
    throw new UsageError(`Expected list, add, rotate or revoke for ACTION but received ${action}`);
  const order = { name: expectName(action, name), days, requestsPerSecond, json: values.json ?? false };
  const location = await findKeyLocation(values.stage);
  switch (action) {
    case "list": {
      const keys = (await readKeys(location)).filter(isNotRevoked);
      return values.json ? printJson(keys) : console.log(render(keys));
    }
    case "add":
      return add(location, order, (keys) => keys);
    case "rotate":
      return rotate(location, order);
    default:
      return revoke(location, order);
  }
};

interface Order {
  name: string;
  days: number | undefined;
  requestsPerSecond: number | undefined;
  json: boolean;
}

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
async function add(
  location: StoreLocation,
  { name, days = defaultDays, requestsPerSecond, json }: Order,
  before: (keys: StoredKey[]) => StoredKey[],
): Promise<void> {
  const nowMs = Date.now();
  const key = createKey({ name, nowMs, expiresAtMs: nowMs + days * dayLengthMs, requestsPerSecond });
  await changeKeys(location, (keys) => [...before(keys).filter(isNotOver), key.stored]);
  console.error(
    `The key of ${name}, valid until ${key.stored.expires_at}. It is shown only now, because only its hash is kept. It is accepted within half a minute.`,
  );
  const { id, expires_at } = key.stored;
  if (json) printJson({ name, id, expires_at, key: key.text });
  else console.log(key.text);
}

/** The new key lasts as long as the newest that it replaces and has its rate, unless the order says otherwise. */
async function rotate(location: StoreLocation, order: Order): Promise<void> {
  const { name } = order;
  const keys = await readKeys(location);
  const newest = keys.findLast((key) => key.name === name && isNotOver(key));
  if (newest === undefined) throw unknownName(name);
  const lifetimeMs = Date.parse(newest.expires_at) - Date.parse(newest.created_at);
  const { days = lifetimeMs / dayLengthMs, requestsPerSecond = newest.requests_per_second } = order;
  return add(location, { ...order, days, requestsPerSecond }, (current) => endSoon(current, name));
}

/** Limits every key of the name to one more week. */
function endSoon(keys: StoredKey[], name: string): StoredKey[] {
  const end = new Date(Date.now() + overlapDays * dayLengthMs).toISOString();
  return keys.map((key) =>
    key.name === name && Date.parse(key.expires_at) > Date.parse(end) ? { ...key, expires_at: end } : key,
  );
}

async function revoke(location: StoreLocation, { name, json }: Order): Promise<void> {
  let revoked: string[] = [];
  await changeKeys(location, (keys) => {
    revoked = keys.filter((key) => key.name === name && isNotRevoked(key)).map(({ id }) => id);
    if (revoked.length === 0) throw unknownName(name);
    return keys.map((key) => (key.name === name ? { ...key, expires_at: revokedAt } : key));
  });
  if (json) return printJson({ name, revoked });
  console.log(`Every key of ${name} is revoked; within half a minute calls with it are refused.`);
}

const unknownName = (name: string) =>
  new Error(`Expected a name that has a key but received ${name}: npm run keys -- list shows the names.`);

const isNotRevoked = ({ expires_at: end }: StoredKey): boolean => end !== revokedAt;
const isNotOver = ({ expires_at: end }: StoredKey): boolean => Date.parse(end) > Date.now();

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
