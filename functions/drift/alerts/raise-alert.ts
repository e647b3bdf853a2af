import { parseJson } from "../../../shared/aws/parse-json.ts";
import type { StoreLocation } from "../../../shared/aws/store-location.ts";
import { ServiceError } from "../../../shared/errors/service-error.ts";
import type { DriftReport } from "../../../shared/schemas/drift-report.ts";
import { alertStateKey } from "../../../shared/schemas/kept-by-drift.ts";
import type { Log } from "../../../shared/schemas/log.ts";
import {
  type Alert,
  type AlertState,
  advance,
  alertStateSchema,
  findTransition,
  noAlerts,
} from "./alert-episode.ts";
import { describeAlert } from "./describe-alert.ts";

/** A way to tell somebody. */
export interface AlertChannel {
  name: string;
  send(alert: Alert): Promise<void>;
}

export interface RaiseAlertOptions {
  location: StoreLocation;
  channels: readonly AlertChannel[];
  log: Log;
  now?: () => number;
}

const maximumAttempts = 3;
/** How many messages may wait for channels that are down; older ones are dropped. */
const maximumUnsent = 20;
/** Longer than sending to every channel takes. */
const sendingMs = 60_000;

/**
 * Tells every channel once when drift begins and once when it ends. What the report changes is written to S3, under a condition,
 * before anything is sent, so that only one of two simultaneous jobs sends. The next job tries a channel that failed again.
 *
 * @throws StorageError when the state cannot be read or written
 * @throws ServiceError when a channel did not take a message
 */
export async function raiseAlert(
  report: DriftReport,
  links: readonly string[],
  options: RaiseAlertOptions,
): Promise<Alert | undefined> {
  const { log } = options;
  const entered = await enterReport(report, links, options);
  if (entered === undefined) return undefined;
  if (entered.alert !== undefined) {
    const { subject, text } = entered.alert;
    // Whoever reads the log sees it even where no channel is set.
    if (entered.alert.kind === "drift_began") log.warn(subject, { alert: text });
    else log.info(subject, { alert: text });
  }
  await sendAll(entered.messages, options);
  return entered.alert;
}

interface Entered {
  /** What this job has to send. */
  messages: AlertState["unsent"];
  alert: Alert | undefined;
}

/** Writes down what the report changes. Undefined when there is nothing to send, or other jobs keep changing the state. */
async function enterReport(
  report: DriftReport,
  links: readonly string[],
  { channels, location, now = Date.now }: RaiseAlertOptions,
): Promise<Entered | undefined> {
  for (let attempt = 1; attempt <= maximumAttempts; attempt += 1) {
    const { state, condition } = await readState(location);
    const transition = findTransition(state, report);
    const alert = transition && describeAlert(transition, report, links);
    const left = state.sending_until_ms > now() ? [] : state.unsent;
    const messages = [...left, ...channels.flatMap(({ name }) => (alert ? { channel: name, alert } : []))];
    const advanced = advance(state, report, transition);
    if (advanced === state && messages.length === 0) return undefined;
    const next = {
      ...advanced,
      ...(messages.length > 0 && { sending_until_ms: now() + sendingMs }),
      unsent: [...new Set([...state.unsent, ...messages])].slice(-maximumUnsent),
    };
    if ((await writeState(location, next, condition)) !== undefined) return { messages, alert };
  }
  return undefined;
}

async function sendAll(
  messages: AlertState["unsent"],
  { channels, location }: RaiseAlertOptions,
): Promise<void> {
  if (messages.length === 0) return;
  const failures: string[] = [];
  const settled = new Set<string>();
  for (const message of messages) {
    try {
      // A channel that is no longer set gets nothing; its message is dropped.
      await channels.find(({ name }) => name === message.channel)?.send(message.alert);
      settled.add(nameOf(message));
    } catch (error) {
      failures.push(`${message.channel}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  await forget(settled, location);
  if (failures.length > 0)
    throw new ServiceError(
      "alert_not_sent",
      `The drift could not be told to everybody; the next run tries again: ${failures.join("; ")}`,
    );
}

const nameOf = ({ channel, alert }: AlertState["unsent"][number]) =>
  `${channel} ${alert.kind} ${alert.episode_id}`;

/** Removes what was sent from the state, which other jobs may have changed meanwhile. */
async function forget(settled: ReadonlySet<string>, location: StoreLocation): Promise<void> {
  for (let attempt = 1; attempt <= maximumAttempts; attempt += 1) {
    const { state, condition } = await readState(location);
    const unsent = state.unsent.filter((message) => !settled.has(nameOf(message)));
    if ((await writeState(location, { ...state, sending_until_ms: 0, unsent }, condition)) !== undefined)
      return;
  }
}

async function readState(location: StoreLocation) {
  const object = await location.store.getObject(location.bucket, alertStateKey(location.prefix));
  if (object === undefined) return { state: noAlerts, condition: { ifAbsent: true } };
  return { state: parseState(object.bytes), condition: { ifMatch: object.etag } };
}

async function writeState(
  location: StoreLocation,
  state: AlertState,
  condition: { ifAbsent?: boolean; ifMatch?: string },
): Promise<string | undefined> {
  const options = { contentType: "application/json", ...condition };
  return location.store.putObject(
    location.bucket,
    alertStateKey(location.prefix),
    JSON.stringify(state),
    options,
  );
}

/** An unreadable state counts as empty: an alert sent twice is better than one never sent. */
function parseState(bytes: Uint8Array): AlertState {
  try {
    return alertStateSchema.safeParse(parseJson(bytes)).data ?? noAlerts;
  } catch {
    return noAlerts;
  }
}
