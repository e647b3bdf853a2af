import { expect, it } from "vitest";
import { getMetricHistory, listArtifacts, ofModel, searchModelVersions, searchRuns } from "../../index.ts";
import { createFakeServer, json } from "../fake-server.ts";

async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const collected: Item[] = [];
  for await (const item of items) collected.push(item);
  return collected;
}

it("gives the items of all pages, asking for each with the token of the one before", async () => {
  const pages = [
    { runs: [{ info: { run_id: "a" } }], next_page_token: "t1" },
    { runs: [{ info: { run_id: "b" } }] },
  ];
  const { client, requests } = createFakeServer(pages.map((page) => () => json(page)));
  const runs = await collect(searchRuns(client, { experiment_ids: ["1"], max_results: 1 }));
  expect(runs.map((run) => run.info.run_id)).toEqual(["a", "b"]);
  expect(await Promise.all(requests.map((request) => request.json()))).toEqual([
    { experiment_ids: ["1"], max_results: 1 },
    { experiment_ids: ["1"], max_results: 1, page_token: "t1" },
  ]);
});

it("asks for no page that nobody wants", async () => {
  const page = { model_versions: [{ version: "2" }, { version: "1" }], next_page_token: "more" };
  const { client, requests } = createFakeServer([() => json(page)]);
  for await (const version of searchModelVersions(client, ofModel("eye"))) {
    expect(version.version).toBe("2");
    break;
  }
  expect(requests).toHaveLength(1);
});

it.each([
  ["eye", "name = 'eye'"],
  ["l'œil", `name = "l'œil"`],
])("asks for the versions of the model %s", async (name, filter) => {
  const { client, requests } = createFakeServer([() => json({ model_versions: [] })]);
  await collect(searchModelVersions(client, ofModel(name)));
  expect(new URL(requests[0]?.url ?? "").searchParams.get("filter")).toBe(filter);
});

it("ends on an empty token and knows that MLflow leaves out empty lists", async () => {
  const { client } = createFakeServer([() => json({ next_page_token: "" })]);
  expect(await collect(getMetricHistory(client, "r1", "loss"))).toEqual([]);
  expect(await collect(listArtifacts(client, "r1"))).toEqual([]);
});
