import { existsSync, readFileSync, rmSync } from "node:fs";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import * as z from "zod";
import { ModelError } from "../../errors/model-error.ts";
import { dayLengthMs } from "../../time/durations.ts";

/** After this time another try is worthwhile: the environment may have changed (an update, more memory). */
const validForMs = dayLengthMs;

const markerSchema = z.object({
  pid: z.int(),
  /** When the process started, in ticks since boot (proc(5), field 22 of stat): process ids are reused. */
  processStart: z.string(),
  /** `registryId` of the version then; empty where it was not known. */
  registryId: z.string(),
  atMs: z.number(),
});
type Marker = z.infer<typeof markerSchema>;

/**
 * A file beside a version's folder that exists while a process loads the version. If the process is gone and the file
 * is still there, the load ended the process: a bad graph can abort the engine, a large one can use up the memory. The
 * version is then not tried again on this machine until its registry entry changes or a day has passed.
 */
export interface LoadMarker {
  /** @throws ModelError when an earlier load of this version ended its process */
  check(): Promise<void>;
  /** Call it before the load. */
  begin(): Promise<void>;
  /** Call it after the load, whether it succeeded or failed. */
  end(): Promise<void>;
  /** Leaves a marker although this process goes on: the version ended another process that tried it. */
  condemn(): Promise<void>;
}

/**
 * @param directory folder of the version's files
 * @param registryId changes when the registry's entry changes; undefined where the registry does not answer: a marker of
 *   any entry then counts
 * @param version for messages: `eye-disease-model/3`
 */
export function createLoadMarker(
  directory: string,
  registryId: string | undefined,
  version: string,
): LoadMarker {
  const prefix = `${basename(directory)}.loading-`;
  const folder = dirname(directory);
  const own = join(folder, `${prefix}${process.pid}`);
  const removeOwn = () => rmSync(own, { force: true });

  const write = async (marker: Marker) => {
    await mkdir(folder, { recursive: true });
    await writeFile(own, JSON.stringify(marker));
  };
  const ownMarker = () => ({
    pid: process.pid,
    processStart: processStart(process.pid) ?? "",
    registryId: registryId ?? "",
    atMs: Date.now(),
  });

  return {
    async check() {
      for (const name of await readdir(folder).catch(() => [])) {
        if (!name.startsWith(prefix)) continue;
        const file = join(folder, name);
        const marker = await readMarker(file);
        if (marker !== undefined && isRunning(marker)) continue;
        if (
          marker !== undefined &&
          (registryId === undefined || marker.registryId === registryId) &&
          Date.now() - marker.atMs < validForMs
        ) {
          throw new ModelError(
            `${version} is not tried again: an earlier load of it ended its process. ` +
              `Register a repaired version; to try this one again, promote it again or delete ${file}`,
          );
        }
        await rm(file, { force: true });
      }
    },

    async begin() {
      await write(ownMarker());
      // A process that exits in the usual way during a load was not ended by it.
      process.once("exit", removeOwn);
    },

    async end() {
      process.removeListener("exit", removeOwn);
      await rm(own, { force: true });
    },

    condemn: () => write({ ...ownMarker(), pid: 0, processStart: "" }),
  };
}

async function readMarker(file: string): Promise<Marker | undefined> {
  try {
    return markerSchema.parse(JSON.parse(await readFile(file, "utf8")));
  } catch {
    return undefined;
  }
}

function isRunning({ pid, processStart: start }: Marker): boolean {
  return hasProc ? start !== "" && processStart(pid) === start : pid > 0 && takesSignals(pid);
}

/** Where there is no /proc (macOS), a reused process id counts as the same process. */
const hasProc = existsSync("/proc/self/stat");

function takesSignals(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function processStart(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The command, in parentheses, may contain spaces; field 3 follows it.
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
  } catch {
    return undefined;
  }
}
