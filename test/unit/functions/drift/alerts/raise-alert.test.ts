import { beforeEach, describe, expect, it } from "vitest";
import type { Alert } from "../../../../../functions/drift/alerts/alert-episode.ts";
import { type AlertChannel, raiseAlert } from "../../../../../functions/drift/alerts/raise-alert.ts";
import type { ObjectStore } from "../../../../../shared/aws/object-store.ts";
import { computeDriftReport } from "../../../../../shared/drift/drift-report.ts";
import { createPredictionRecords, defaultDriftSettings } from "../../../../support/prediction-records.ts";
import { createRecordedLog } from "../../../../support/recorded-log.ts";

const link = "http://mlflow/#/runs/1";

/** One object with conditional writes, as S3 has them. */
function createOneObjectStore() {
  let object: { bytes: Uint8Array; etag: string } | undefined;
  let writes = 0;
  return {
    getObject: async () => object,
    putObject: async (
      _bucket: string,
      _key: string,
      body: string,
      condition: { ifAbsent?: boolean; ifMatch?: string },
    ) => {
      if (condition.ifAbsent ? object !== undefined : condition.ifMatch !== object?.etag) return undefined;
      object = { bytes: new TextEncoder().encode(body), etag: String(++writes) };
      return object.etag;
    },
    change: (edit: (state: Record<string, unknown>) => unknown) => {
      const state = JSON.parse(new TextDecoder().decode(object?.bytes));
      object = { bytes: new TextEncoder().encode(JSON.stringify(edit(state))), etag: "changed" };
    },
    damage: () => {
      object = { bytes: new TextEncoder().encode("{"), etag: "damaged" };
    },
  };
}

let minute = 0;
/** Each is made a minute after the one before, and its predictions are a minute newer, unless somebody says how old they are. */
const reportOf = (confidence: number, count = 100, language: "en" | "pt" = "en", newestMs?: number) => {
  const madeMs = Date.parse("2026-11-28T12:00:00Z") + 60_000 * ++minute;
  return computeDriftReport(
    createPredictionRecords(count, (index) => ({
      confidence,
      timestamp_ms: (newestMs ?? madeMs) - count + 1 + index,
    })),
    { ...defaultDriftSettings, language },
    new Date(madeMs),
  );
};

let store: ReturnType<typeof createOneObjectStore>;
let sent: { channel: string; alert: Alert }[];
let down: Set<string>;
const log = createRecordedLog();

const channels: AlertChannel[] = ["webhook", "topic"].map((name) => ({
  name,
  send: async (alert) => {
    if (down.has(name)) throw new Error("is down");
    sent.push({ channel: name, alert });
  },
}));

const raise = (report: ReturnType<typeof reportOf>, to = channels) =>
  raiseAlert(report, [link], {
    location: { store: store as unknown as ObjectStore, bucket: "b", prefix: "" },
    channels: to,
    log,
  });

const kinds = () => sent.map(({ channel, alert }) => `${channel} ${alert.kind}`);

describe("raiseAlert", () => {
  beforeEach(() => {
    store = createOneObjectStore();
    sent = [];
    down = new Set();
    log.lines.length = 0;
  });

  it("advises a reference of one's own where the limits are those of one from elsewhere", async () => {
    const rows = createPredictionRecords(100, () => ({ confidence: 65 }));
    const records = createPredictionRecords(100, () => ({ confidence: 30 }));
    const reference = { source: "held-out patients", rows, limitsAlone: true };
    await raise(
      computeDriftReport(records, defaultDriftSettings, new Date("2026-11-28T12:00:00Z"), reference),
    );
    expect(sent[0]?.alert.text).toContain("npm run drift:reference");
  });

  it("tells every channel once when drift begins and once when it ends", async () => {
    for (const confidence of [90, 50, 50, 50, 90, 90, 90, 90]) await raise(reportOf(confidence));
    expect(kinds()).toEqual([
      "webhook drift_began",
      "topic drift_began",
      "webhook drift_ended",
      "topic drift_ended",
    ]);
    const [began, , ended] = sent.map(({ alert }) => alert);
    expect(began).toMatchObject({
      severity: "drift",
      causes: ["low_average_confidence", "high_low_confidence_ratio"],
      links: [link],
      command: "npm run drift",
    });
    expect(began?.text).toMatch(
      /^Drift: the model has become unsure[\s\S]*What to look at: [\s\S]*Type next: npm run drift$/,
    );
    expect(ended?.episode_id).toBe(began?.episode_id);
    expect(ended?.text).toMatch(/^Drift is over[\s\S]*It began at 2026-11-28 12:/);
  });

  it("begins a new episode after the end of the last one", async () => {
    for (const confidence of [50, 90, 90, 90, 50]) await raise(reportOf(confidence), channels.slice(0, 1));
    expect(kinds()).toEqual(["webhook drift_began", "webhook drift_ended", "webhook drift_began"]);
    expect(sent[2]?.alert.episode_id).not.toBe(sent[0]?.alert.episode_id);
  });

  it("tells of one episode where drift comes and goes from report to report", async () => {
    for (const confidence of [50, 90, 50, 90, 90, 50, 90, 90]) await raise(reportOf(confidence));
    expect(kinds()).toEqual(["webhook drift_began", "topic drift_began"]);
    await raise(reportOf(90));
    expect(kinds()).toContain("webhook drift_ended");
  });

  it("ends no episode for lack of predictions", async () => {
    await raise(reportOf(50));
    for (let report = 1; report <= 3; report += 1) await raise(reportOf(90, 10));
    for (let report = 1; report <= 2; report += 1) await raise(reportOf(90));
    expect(kinds()).not.toContain("webhook drift_ended");
    await raise(reportOf(90, 10));
    await raise(reportOf(90));
    expect(kinds()).toContain("webhook drift_ended");
  });

  it("ends no episode by the same predictions again and again", async () => {
    const newestMs = Date.parse("2026-11-28T11:00:00Z");
    await raise(reportOf(50, 100, "en", newestMs - 1));
    for (let report = 1; report <= 5; report += 1) await raise(reportOf(90, 100, "en", newestMs));
    expect(kinds()).not.toContain("webhook drift_ended");
    for (let report = 1; report <= 2; report += 1) await raise(reportOf(90));
    expect(kinds()).toContain("webhook drift_ended");
  });

  it("counts a report once, also when the job is run twice", async () => {
    await raise(reportOf(50));
    const calm = reportOf(90);
    for (let run = 1; run <= 3; run += 1) await raise(calm);
    expect(kinds()).not.toContain("webhook drift_ended");
  });

  it("goes on with a state from before reports were counted", async () => {
    await raise(reportOf(50));
    store.change(({ calm_reports: _, ...state }) => state);
    for (let report = 1; report <= 3; report += 1) await raise(reportOf(90));
    expect(kinds()).toContain("webhook drift_ended");
  });

  it("sends once when two jobs are at it at the same time", async () => {
    const [first, second] = [reportOf(50), reportOf(50)];
    await Promise.all([raise(first), raise(second)]);
    expect(kinds()).toEqual(["webhook drift_began", "topic drift_began"]);
  });

  it("lets a job that is late change nothing", async () => {
    const late = reportOf(50);
    await raise(reportOf(50));
    for (let report = 1; report <= 3; report += 1) await raise(reportOf(90));
    await raise(late);
    expect(kinds().filter((kind) => kind.endsWith("began"))).toHaveLength(2);
  });

  it("tries a channel again that was down, and no other", async () => {
    down.add("topic");
    await expect(raise(reportOf(50))).rejects.toThrow(
      /The drift could not be told to everybody; the next run tries again: topic: is down/,
    );
    down.clear();
    await raise(reportOf(50));
    expect(kinds()).toEqual(["webhook drift_began", "topic drift_began"]);
  });

  it("is seen in the log without any channel", async () => {
    for (const confidence of [50, 90, 90, 90]) await raise(reportOf(confidence), []);
    expect(log.lines).toMatchObject([
      { level: "warn", message: expect.stringMatching(/^Drift: the model has become unsure/) },
      { level: "info", message: expect.stringMatching(/^Drift is over/) },
    ]);
  });

  it("begins anew with a state that cannot be read", async () => {
    store.damage();
    await raise(reportOf(50), channels.slice(0, 1));
    expect(kinds()).toEqual(["webhook drift_began"]);
  });

  it("names the causes that are drift, not those of which the report only warns", async () => {
    const report = reportOf(50);
    const warning = {
      ...report.causes[0],
      name: "sharpness",
      severity: "warning",
    } as (typeof report.causes)[0];
    await raise({ ...report, causes: [warning, ...report.causes] }, channels.slice(0, 1));
    expect(sent[0]?.alert.causes).toEqual(["low_average_confidence", "high_low_confidence_ratio"]);
  });

  it("keeps the newest 20 messages for a channel that is down", async () => {
    down.add("webhook");
    const webhook = channels.slice(0, 1);
    // Eleven episodes: 22 messages.
    const reports = Array.from({ length: 11 }, () =>
      [50, 90, 90, 90].map((confidence) => reportOf(confidence)),
    );
    for (const report of reports.flat()) await raise(report, webhook).catch(() => {});
    down.clear();
    const last = reportOf(50);
    await raise(last, webhook);
    const later = reports.slice(1).flatMap(([began]) => [began, began]);
    expect(sent.map(({ alert }) => alert.episode_id)).toEqual(
      [...later, last].map((report) => report?.drift_timestamp),
    );
  });

  it("speaks the language of the report", async () => {
    await raise(reportOf(50, 100, "pt"));
    expect(sent[0]?.alert.text).toMatch(/^Drift: o modelo ficou inseguro[\s\S]*Digite agora: npm run drift$/);
  });
});
