import { existsSync, globSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

interface Manifest {
  name: string;
  version: string;
  license?: string;
  homepage?: string;
  repository?: string | { url?: string };
}

/** Renders names, versions, licences and licence texts of packages, given by their folders; equal texts appear once. */
export function renderLicences(folders: string[]): string {
  const titlesByText = new Map<string, Set<string>>();
  for (const folder of folders) {
    const manifest: Manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const title = `${manifest.name} ${manifest.version} (${manifest.license ?? "see its files"})`;
    const text = licenceText(folder, manifest);
    titlesByText.set(text, (titlesByText.get(text) ?? new Set()).add(title));
  }
  return [...titlesByText]
    .map(([text, titles]) => `${[...titles].sort().join("\n")}\n${"=".repeat(72)}\n\n${text}\n`)
    .sort()
    .join("\n");
}

/** Lists the folders of the packages directly in a node_modules folder. */
export const listPackages = (modules: string): string[] =>
  globSync(["*/package.json", "@*/*/package.json"], { cwd: modules }).map((path) =>
    join(modules, path, ".."),
  );

function licenceText(folder: string, { homepage, repository }: Manifest): string {
  const files = readdirSync(folder).filter((name) => /^(licen[cs]e|copying|notice|third-party)/i.test(name));
  const text = files.map((name) => readFileSync(join(folder, name), "utf8").trim()).join("\n\n");
  const source = typeof repository === "string" ? repository : (repository?.url ?? homepage);
  return text || readmeSection(folder) || `The package contains no licence text; it comes from ${source}`;
}

/** Reads a README's section on licences, where a package made of many libraries lists theirs. */
function readmeSection(folder: string): string {
  const readme = join(folder, "README.md");
  if (!existsSync(readme)) return "";
  const [, section = ""] = readFileSync(readme, "utf8").split(/^## Licen[cs](?:e|ing)$/m);
  return section.split(/^## /m)[0]?.trim() ?? "";
}
