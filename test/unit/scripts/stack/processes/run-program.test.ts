import { expect, it } from "vitest";
import { showProgram } from "../../../../../scripts/stack/processes/run-program.ts";
import { StackError } from "../../../../../scripts/stack/stack-error.ts";

it("gives the exit code of a program whose output is shown", async () => {
  expect(await showProgram("sh", ["-c", "exit 3"], {})).toBe(3);
});

it("ends a program that takes too long", async () => {
  expect(await showProgram("sleep", ["60"], { timeoutMs: 50 })).toBe(1);
});

it("says which program cannot be started", async () => {
  const shown = showProgram("/nowhere/program", [], { timeoutMs: 60_000 });
  await expect(shown).rejects.toThrow(StackError);
  await expect(shown).rejects.toThrow("/nowhere/program cannot be started");
});
