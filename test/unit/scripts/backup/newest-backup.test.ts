import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, it } from "vitest";
import { findNewestBackupMs } from "../../../../scripts/backup/create-backup.ts";

const folder = mkdtempSync(path.join(tmpdir(), "backups-"));
afterAll(() => rmSync(folder, { recursive: true }));

it("tells by the names when the newest backup was made, whatever else lies beside it", async () => {
  expect(await findNewestBackupMs(path.join(folder, "none"))).toBeUndefined();
  for (const name of ["unfinished-fundus-20261201T000000000Z.tar", "notes.tar", "lock"])
    writeFileSync(path.join(folder, name), "");
  expect(await findNewestBackupMs(folder)).toBeUndefined();
  for (const name of ["fundus-20261128T124500123Z.tar", "fundus-20261127T124500000Z.tar"])
    writeFileSync(path.join(folder, name), "");
  expect(await findNewestBackupMs(folder)).toBe(Date.parse("2026-11-28T12:45:00.123Z"));
});
