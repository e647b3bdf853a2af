import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { writeSbom } from "../../../../scripts/package/write-sbom.ts";

interface Package {
  name: string;
  version: string;
  dev?: boolean;
  link?: boolean;
}

it("lists every package of the lock file that is deployed with version and checksum, and none of the tests", async () => {
  const folder = mkdtempSync(join(tmpdir(), "sbom-"));
  const file = join(folder, "sbom.cdx.json");
  await writeSbom(file);
  const sbom = JSON.parse(readFileSync(file, "utf8"));
  rmSync(folder, { recursive: true });
  expect(sbom).toMatchObject({
    bomFormat: "CycloneDX",
    metadata: { component: { name: "fundus-lambda", type: "application" } },
  });
  const listed = sbom.components.map(({ name, version }: Package) => `${name} ${version}`);
  const { packages } = JSON.parse(readFileSync("package-lock.json", "utf8"));
  const deployed = (Object.entries(packages) as [string, Package][])
    .filter(([path, { dev, link }]) => path.startsWith("node_modules/") && !dev && !link)
    .map(([path, { version }]) => `${path.split("node_modules/").at(-1)} ${version}`);
  expect(deployed.length).toBeGreaterThan(100);
  expect(deployed.filter((one) => !listed.includes(one))).toEqual([]);
  expect(listed.filter((one: string) => /^(vitest|typescript|axe-core) /.test(one))).toEqual([]);
  expect(sbom.components.find(({ name }: Package) => name === "zod").hashes).toMatchObject([
    { alg: "SHA-512" },
  ]);
});
