import { expect, test } from "vitest";
import { EnvironmentGroup } from "../../../../../../scripts/serverless/lambda-rules/environments/environment-group.ts";

/** An environment whose events end when the test says so. */
class HeldEnvironment {
  isUsable = true;
  isEnded = false;
  readonly events: unknown[] = [];
  readonly #ends: (() => void)[] = [];

  get load(): number {
    return this.#ends.length;
  }

  invoke(event: unknown): Promise<unknown> {
    this.events.push(event);
    return new Promise((resolve) => this.#ends.push(() => resolve(event)));
  }

  endAll(): void {
    for (const end of this.#ends.splice(0)) end();
  }

  async shutdown(): Promise<void> {
    this.isEnded = true;
  }
}

function createGroup(most: number, { startEvent }: { startEvent?: string } = { startEvent: "start" }) {
  const created: HeldEnvironment[] = [];
  const create = () => {
    const environment = new HeldEnvironment();
    created.push(environment);
    return environment;
  };
  return { created, group: new EnvironmentGroup({ create, startEvent, most }) };
}

const settle = () => new Promise(setImmediate);
const eventsOf = (environments: HeldEnvironment[]) => environments.map(({ events }) => events);

test("one environment answers event after event", async () => {
  const { created, group } = createGroup(3);
  for (const event of ["a", "b"]) {
    const answer = group.invoke(event);
    created[0]?.endAll();
    expect(await answer).toBe(event);
  }
  expect(eventsOf(created)).toEqual([["a", "b"]]);
});

test("events at once get more environments, once those are ready, and no more than there may be", async () => {
  const { created, group } = createGroup(2);
  for (const event of ["a", "b", "c"]) void group.invoke(event);
  expect(eventsOf(created)).toEqual([["a", "b", "c"], ["start"]]);

  created[1]?.endAll();
  await settle();
  for (const event of ["d", "e", "f", "g"]) void group.invoke(event);
  expect(eventsOf(created)).toEqual([
    ["a", "b", "c", "g"],
    ["start", "d", "e", "f"],
  ]);
});

test("a function that nothing makes ready keeps one environment", () => {
  const { created, group } = createGroup(3, {});
  for (const event of ["a", "b"]) void group.invoke(event);
  expect(eventsOf(created)).toEqual([["a", "b"]]);
});

test("one that has ended is replaced, and all end together", async () => {
  const { created, group } = createGroup(2);
  void group.invoke("a");
  Object.assign(created[0] as HeldEnvironment, { isUsable: false });
  void group.invoke("b");
  void group.invoke("c");
  await group.shutdown();
  expect(eventsOf(created)).toEqual([["a"], ["b", "c"], ["start"]]);
  expect(created.map(({ isEnded }) => isEnded)).toEqual([false, true, true]);
});
