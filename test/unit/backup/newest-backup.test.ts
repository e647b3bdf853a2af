import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, it } from "vitest";
import { backupPrograms } from "../../../scripts/backup/programs.ts";
import { createBackup, findNewestBackupMs } from "../../../shared/backup/create-backup.ts";

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

it("keeps a new backup where the clock was set back and every other has a later name", async () => {
  const directory = path.join(folder, "future");
  mkdirSync(directory);
  const later = ["fundus-29991128T124500000Z.tar", "fundus-29991129T124500000Z.tar"];
  for (const name of later) writeFileSync(path.join(directory, name), "");
  const server = { host: "", port: "", user: "", password: undefined, programs: undefined };
  const source = { server, databases: [], places: [] };
  const { file } = await createBackup({ source, programs: backupPrograms, directory, keep: 2 });
  expect(readdirSync(directory).sort()).toEqual([path.basename(file), later[1]]);
  const next = await createBackup({ source, programs: backupPrograms, directory, keep: 1 });
  expect(readdirSync(directory)).toEqual([path.basename(next.file)]);
});
