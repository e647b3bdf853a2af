import { readFile, writeFile } from "node:fs/promises";
import { runProgram } from "../stack/processes/run-program.ts";

interface Sbom {
  metadata: { component: { name: string } };
  components: { "bom-ref": string; properties: { name: string; value: string }[] }[];
  dependencies: { ref: string }[];
}

const timeoutMs = 60_000;
const parameters = ["sbom", "--sbom-format=cyclonedx", "--sbom-type=application", "--package-lock-only"];
const developmentProperty = "cdx:npm:package:development";

/**
 * Writes the software bill of materials, as npm makes it: every npm package of the lock file that is deployed, for any
 * processor, with version, licence and checksum. CycloneDX 1.5, https://cyclonedx.org/docs/1.5/json/
 *
 * @param file such as `.serverless/sbom.cdx.json`
 */
export async function writeSbom(file: string): Promise<void> {
  const { name } = JSON.parse(await readFile("package.json", "utf8"));
  const sbom: Sbom = JSON.parse(await runProgram("npm", parameters, { timeoutMs }));
  // npm would use the folder's name.
  sbom.metadata.component.name = name;
  // npm's --omit=dev would also omit packages that tools and functions share (zod, with npm 11).
  const forDevelopment = new Set(
    sbom.components
      .filter(({ properties }) => properties.some((property) => property.name === developmentProperty))
      .map((component) => component["bom-ref"]),
  );
  sbom.components = sbom.components.filter((component) => !forDevelopment.has(component["bom-ref"]));
  sbom.dependencies = sbom.dependencies.filter(({ ref }) => !forDevelopment.has(ref));
  await writeFile(file, `${JSON.stringify(sbom, undefined, 2)}\n`);
}
