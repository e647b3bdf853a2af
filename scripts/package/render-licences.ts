import { existsSync, globSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** One text with name, version, licence and licence text of every package under a node_modules folder. */
export function renderLicences(modules: string): string {
  const manifests = globSync(["*/package.json", "@*/*/package.json"], { cwd: modules }).sort();
  return manifests
    .map((path) => {
      const folder = join(modules, path, "..");
      const manifest = JSON.parse(readFileSync(join(modules, path), "utf8")) as {
        name: string;
        version: string;
        license?: string;
      };
      const title = `${manifest.name} ${manifest.version} (${manifest.license ?? "see its files"})`;
      return `${title}\n${"=".repeat(title.length)}\n\n${licenceText(folder)}\n`;
    })
    .join("\n");
}

function licenceText(folder: string): string {
  if (!existsSync(folder)) return "";
  const files = readdirSync(folder).filter((name) => /^(licen[cs]e|notice|third-party)/i.test(name));
  if (files.length === 0) return "(no licence file in the package; the licence is named above)";
  return files.map((name) => readFileSync(join(folder, name), "utf8").trim()).join("\n\n");
}
