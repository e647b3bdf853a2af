import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

const root = path.resolve(import.meta.dirname, "../../..");
const documents = execFileSync("git", ["ls-files", "*.md"], { cwd: root, encoding: "utf8" })
  .trim()
  .split("\n");

test.each(documents)("every file and heading that %s links to is there", (document) => {
  const missing = listLinks(readFileSync(path.join(root, document), "utf8")).filter((link) => {
    const [file = "", anchor] = link.split("#");
    const target = file === "" ? path.join(root, document) : path.join(root, path.dirname(document), file);
    if (!existsSync(target)) return true;
    return anchor !== undefined && target.endsWith(".md") && !listAnchors(target).includes(anchor);
  });
  expect(missing).toEqual([]);
});

/** Relative addresses in Markdown links, outside of code. */
function listLinks(text: string): string[] {
  const prose = text.replaceAll(/```[\s\S]*?```|^ {4}.*$|`[^`\n]*`/gm, "");
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)]
    .map((match) => match[1] as string)
    .filter((link) => !/^[a-z]+:/.test(link));
}

/** As GitHub makes them of headings: https://docs.github.com/en/get-started/writing-on-github */
function listAnchors(file: string): string[] {
  return [...readFileSync(file, "utf8").matchAll(/^#+ (.*)$/gm)].map((match) =>
    (match[1] as string)
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );
}
