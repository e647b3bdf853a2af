import { describe, expect, it } from "vitest";
import { ModelError } from "../../../../shared/errors/model-error.ts";
import { createMlflowClient } from "../../../../shared/mlflow/client.ts";
import { lookUpPreviousVersion } from "../../../../shared/registry/pointers/look-up-previous-version.ts";
import { readHistory } from "../../../../shared/registry/pointers/read-history.ts";
import { readServedVersions } from "../../../../shared/registry/pointers/read-served-versions.ts";

const at = (minute: number) =>
  new Date(Date.parse("2026-11-25T10:00:00.000Z") + minute * 60_000).toISOString();
const served = (minute: number, value: string) => ({ key: `serving_since.${at(minute)}`, value });

interface Registered {
  tags?: { key: string; value: string }[];
  versions?: string[];
  /** Tags of each run, the newest run first; undefined: there is no experiment. */
  runs?: { key: string; value: string }[][] | undefined;
}

/** An MLflow with model `m` and an experiment `sessions`; the body of each search for runs is kept. */
function createMlflow({ tags = [], versions = [], runs }: Registered = {}) {
  const searches: Record<string, unknown>[] = [];
  const missing = Response.json({ error_code: "RESOURCE_DOES_NOT_EXIST", message: "none" }, { status: 404 });
  const mlflow = createMlflowClient({
    trackingUri: "http://mlflow.test",
    maxAttempts: 1,
    fetch: async (request) => {
      const { pathname, searchParams } = new URL(request.url);
      const path = pathname.replace("/api/2.0/mlflow/", "");
      if (path === "registered-models/get" && searchParams.get("name") === "m")
        return Response.json({ registered_model: { name: "m", tags, creation_timestamp: 1 } });
      if (path === "model-versions/search")
        return Response.json({
          model_versions: versions.map((version) => ({ name: "m", version, creation_timestamp: 1 })),
        });
      if (path === "experiments/get-by-name" && searchParams.get("experiment_name") === "sessions" && runs)
        return Response.json({ experiment: { experiment_id: "7" } });
      if (path !== "runs/search") return missing.clone();
      const body = (await request.json()) as { page_token?: string };
      searches.push(body);
      const start = Number(body.page_token ?? 0);
      const page = (runs ?? []).slice(start, start + 200).map((tags) => ({ info: {}, data: { tags } }));
      const end = start + 200;
      return Response.json({
        runs: page,
        ...(end < (runs ?? []).length && { next_page_token: String(end) }),
      });
    },
  });
  return { mlflow, searches };
}

describe("what sessions answered with", () => {
  it("is read from the tags of their runs, for one model", async () => {
    const { mlflow, searches } = createMlflow({
      runs: [
        [served(1, "m version 2 (Production) on onnx"), { key: "api_session", value: "true" }],
        [
          served(0, "other version 9 (Production) on onnx"),
          served(0, "m version 1 (Production) on tensorflow"),
        ],
      ],
    });
    expect(await readServedVersions(mlflow, "sessions", "m")).toMatchObject([
      { version: "2", engine: "onnx", sinceMs: Date.parse(at(1)) },
      { version: "1", engine: "tensorflow", sinceMs: Date.parse(at(0)) },
    ]);
    expect(searches).toEqual([
      {
        experiment_ids: ["7"],
        filter: "tags.api_session = 'true'",
        order_by: ["attributes.start_time DESC"],
        max_results: 200,
      },
    ]);
  });

  it("is nothing where there is no experiment yet", async () => {
    expect(await readServedVersions(createMlflow().mlflow, "sessions", "m")).toEqual([]);
  });

  it("is read from the thousand newest runs, no more", async () => {
    const runs = Array.from({ length: 1_500 }, (_, minute) => [
      served(minute, "m version 2 (Production) on onnx"),
    ]);
    const { mlflow, searches } = createMlflow({ runs });
    expect(await readServedVersions(mlflow, "sessions", "m")).toHaveLength(1_000);
    expect(searches).toHaveLength(5);
  });
});

const promoted = (minute: number, to: string, from: string, pointer = "Production") => ({
  key: `audit.${at(minute)}`,
  value: `${pointer}: version ${to} (before: ${from}), promoted by ana`,
});
const service = { experimentName: "sessions" };

describe("the history of a pointer", () => {
  it("joins the registry's entries and what sessions answered with", async () => {
    const { mlflow } = createMlflow({
      tags: [promoted(0, "1", "none"), promoted(0, "5", "none", "@champion")],
      runs: [[served(60, "m version 2 (Production) on onnx")]],
    });
    const history = await readHistory({ mlflow, service }, "m", { stage: "Production" });
    expect(history.map(({ version, by }) => [version, by])).toEqual([
      ["1", "ana"],
      ["2", "seen in service"],
    ]);
    expect(await readHistory({ mlflow, service }, "m", { alias: "champion" })).toMatchObject([
      { version: "5" },
    ]);
  });

  it("needs a model", async () => {
    await expect(
      readHistory({ mlflow: createMlflow().mlflow, service }, "other", { stage: "Production" }),
    ).rejects.toThrow(/^The registry has no model other: register one/);
  });
});

describe("the version before", () => {
  const query = { name: "m", pointer: "Production", current: "3", experimentName: "sessions" };

  it("is looked up among entries, versions and what sessions answered with", async () => {
    const tags = [promoted(0, "3", "1")];
    const versions = ["1", "2", "3"];
    expect(await lookUpPreviousVersion(createMlflow({ tags, versions }).mlflow, query)).toBe("1");
    const runs = [[served(60, "m version 2 (Production) on onnx")]];
    expect(await lookUpPreviousVersion(createMlflow({ tags, runs, versions }).mlflow, query)).toBe("2");
    expect(await lookUpPreviousVersion(createMlflow({ versions }).mlflow, query)).toBeUndefined();
  });

  it("needs a model", async () => {
    await expect(lookUpPreviousVersion(createMlflow().mlflow, { ...query, name: "other" })).rejects.toThrow(
      new ModelError(
        "The registry has no model other: register one with npm run register, or name another with --name",
      ),
    );
  });
});
