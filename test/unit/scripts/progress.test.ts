import { PassThrough } from "node:stream";
import { expect, it } from "vitest";
import { showStep } from "../../../scripts/progress.mjs";

function createOutput(properties: { isTTY: boolean; columns?: number }) {
  const stream = Object.assign(new PassThrough(), properties) as unknown as NodeJS.WriteStream;
  return { stream, read: () => String((stream as unknown as PassThrough).read() ?? "") };
}

it("tells what is done, line by line, where there is no terminal", async () => {
  const output = createOutput({ isTTY: false });
  const result = await showStep(
    "Installing",
    (say) => {
      say("half of it");
      return 42;
    },
    { out: output.stream, summarize: (value) => `got ${value}` },
  );
  expect(result).toBe(42);
  expect(output.read()).toMatch(/^… Installing\n {2}half of it\n✓ Installing \(\d+\.\d s\): got 42\n$/);
});

it("marks a step that failed and passes its error on", async () => {
  const output = createOutput({ isTTY: false });
  const failing = showStep("Installing", () => Promise.reject(new Error("no connection")), {
    out: output.stream,
  });
  await expect(failing).rejects.toThrow("no connection");
  expect(output.read()).toMatch(/✗ Installing \(\d+\.\d s\)\n$/);
});

it("rewrites one line in a terminal, never longer than it", async () => {
  const output = createOutput({ isTTY: true, columns: 40 });
  await showStep("Installing", (say) => say("x".repeat(200)), { out: output.stream });
  const lines = output.read().split("\r\x1b[2K").slice(1);
  expect(lines).toHaveLength(3);
  expect(lines.slice(0, 2).every((line) => line.length < 40 && !line.includes("\n"))).toBe(true);
  expect(lines[2]).toMatch(/^✓ Installing \(\d+\.\d s\)\n$/);
});

it("writes whole lines in a terminal that does not know its width", async () => {
  const output = createOutput({ isTTY: true, columns: 0 });
  await showStep("Installing", () => {}, { out: output.stream });
  expect(output.read()).toContain("… Installing (0.0 s)\r");
});
