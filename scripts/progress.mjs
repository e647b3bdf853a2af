// Plain JavaScript, because scripts/install.mjs uses it before Node 22 is installed.

/** Without a terminal a running step reports this often; with one its line is rewritten every second. */
const reportEveryMs = 20_000;
const rewriteEveryMs = 1_000;

/**
 * Does one step of a command and shows its title, what it is doing, how long it takes, and how it ended.
 *
 * @template T
 * @param {string} title
 * @param {(say: (detail: string) => void) => T | Promise<T>} work `say` shows what the step is doing
 * @param {{ out?: NodeJS.WriteStream, summarize?: (result: T) => string }} [options] `summarize` adds to the last line
 * @returns {Promise<T>}
 */
export async function showStep(title, work, { out = process.stderr, summarize } = {}) {
  const started = performance.now();
  const elapsed = () => `${((performance.now() - started) / 1000).toFixed(1)} s`;
  let detail = "";
  const isTerminal = out.isTTY === true;
  const show = () =>
    out.write(`\r\x1b[2K… ${title} (${elapsed()})${detail}`.slice(0, (out.columns || 80) + 4));
  const timer = isTerminal
    ? setInterval(show, rewriteEveryMs)
    : setInterval(() => out.write(`  still at it: ${title} (${elapsed()})${detail}\n`), reportEveryMs);

  const finish = (mark, summary) => {
    clearInterval(timer);
    out.write(`${isTerminal ? "\r\x1b[2K" : ""}${mark} ${title} (${elapsed()})${summary}\n`);
  };
  if (isTerminal) show();
  else out.write(`… ${title}\n`);
  try {
    const result = await work((text) => {
      detail = `: ${text}`;
      if (isTerminal) show();
      else out.write(`  ${text}\n`);
    });
    const summary = summarize?.(result);
    finish("✓", summary === undefined ? "" : `: ${summary}`);
    return result;
  } catch (error) {
    finish("✗", "");
    throw error;
  }
}
