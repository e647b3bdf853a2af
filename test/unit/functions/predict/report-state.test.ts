import { describe, expect, it } from "vitest";
import { createStateReport } from "../../../../functions/predict/report-state.ts";
import type { ChallengerState } from "../../../../shared/schemas/challenger-state.ts";
import type { ModelState } from "../../../../shared/serving/model-service/model-service-types.ts";
import { type ServiceState, serviceStateSchema } from "../../../../shared/serving/service-state.ts";
import { createRecordedLog } from "../../../support/recorded-log.ts";

const version = (number: string): ModelState => ({
  loaded: true,
  identity: { name: "eyes", version: number, source: "mlflow_registry" },
  engine: "onnx",
  stage: "Production",
  loadedAtMs: Date.UTC(2026, 10, 24, 23),
  classNames: ["ill", "well"],
  contractBy: { labels: "model-contract.json" },
  wanted: "stage Production",
});

function createReport(first: ModelState) {
  const written: ServiceState[] = [];
  const log = createRecordedLog();
  const world: { state: ModelState; challenger: ChallengerState; isDown: boolean; nowMs: number } = {
    state: first,
    challenger: { status: "absent" },
    isDown: false,
    nowMs: Date.UTC(2026, 10, 25),
  };
  const report = createStateReport({
    models: { state: () => world.state },
    challenger: { state: () => world.challenger },
    session: { id: "session-1", name: "api_session_1" },
    write: async (state) => {
      if (world.isDown) throw new Error("S3 is down");
      written.push(serviceStateSchema.parse(state));
    },
    log,
    now: () => world.nowMs,
  });
  return { report, written, log, world };
}

describe("the state of an environment", () => {
  it("is written once, and again when another version serves", async () => {
    const { report, written, world } = createReport(version("1"));
    await report();
    await report();
    world.state = version("2");
    await report();
    expect(written.map(({ model }) => model?.version)).toEqual(["1", "2"]);
    expect(written[0]).toEqual({
      model: {
        name: "eyes",
        version: "1",
        source: "mlflow_registry",
        engine: "onnx",
        stage: "Production",
        loaded_at: "2026-11-24T23:00:00.000Z",
      },
      contract_by: { labels: "model-contract.json" },
      reported_at: "2026-11-25T00:00:00.000Z",
      session_id: "session-1",
      session_name: "api_session_1",
    });
  });

  it("is written again at the next turn of the schedule, since an environment that has ended may have written last", async () => {
    const { report, written, world } = createReport(version("1"));
    await report();
    world.nowMs += 3 * 60_000;
    await report();
    expect(written).toHaveLength(1);
    world.nowMs += 2 * 60_000;
    await report();
    await report();
    expect(written.map(({ reported_at: at }) => at)).toEqual([
      "2026-11-25T00:00:00.000Z",
      "2026-11-25T00:05:00.000Z",
    ]);
  });

  it("says why the wanted version does not serve, or that none does", async () => {
    const { report, written, world } = createReport({
      ...version("1"),
      failure: { reason: "version 2 is broken", kind: "ModelError", version: "2", atMs: 0 },
    });
    await report();
    world.state = {
      loaded: false,
      classNames: [],
      contractBy: {},
      wanted: "x",
      failure: { reason: "none", kind: "ModelError", atMs: 0 },
    };
    await report();
    expect(written).toMatchObject([
      { failure_reason: "version 2 is broken", failure_kind: "ModelError", failure_version: "2" },
      { failure_reason: "none", failure_kind: "ModelError" },
    ]);
    expect(written[1]).not.toHaveProperty("model");
  });

  it("tells a registry that did not answer from files that did not come", async () => {
    const failure = { reason: "HTTP 500", kind: "MlflowError", atMs: 0, isOfServer: true };
    const { report, written, world } = createReport({ ...version("1"), failure, registryReachable: false });
    await report();
    world.state = { ...version("1"), failure, registryReachable: true };
    await report();
    expect(written).toMatchObject([{ registry_unreachable: true }, { not_fetched: true }]);
    expect(written[0]).not.toHaveProperty("not_fetched");
  });

  it("says what became of a challenger", async () => {
    const { report, written, world } = createReport(version("1"));
    world.challenger = { status: "failed", version: "2", problem: "too large" };
    await report();
    expect(written).toMatchObject([{ model: { version: "1" }, challenger: { problem: "too large" } }]);
  });

  it("is tried again when S3 did not take it", async () => {
    const { report, written, log, world } = createReport(version("1"));
    world.isDown = true;
    await report();
    expect(log.lines).toMatchObject([{ level: "warn" }]);
    world.isDown = false;
    await report();
    expect(written).toHaveLength(1);
  });
});
