import type { StoreLocation } from "../aws/store-location.ts";
import type { Language } from "../schemas/language.ts";
import { readNamedReference } from "./named-reference.ts";
import { readPackagedReference } from "./packaged-reference.ts";
import { type NamedVersion, readVersionReference } from "./version-reference.ts";

/** A reference window as it is stored, and where it comes from. */
export interface KeptReference {
  text: string;
  source: string;
  /** `name/version`, of a version's own window. */
  version?: string;
}

/** The drift job judges these predictions without a reference. */
export const withoutReference = "without_reference";

const packagedModel = { en: "the packaged model", pt: "o modelo incluído" };

/** Says where a version's own reference window comes from. */
export const nameVersionReference = (version: string, language: Language): string =>
  language === "en" ? `the reference window of ${version}` : `a janela de referência de ${version}`;

/** The version that `name/version` names; undefined where it is not a version of a registry. */
export function parseRegisteredVersion(nameAndVersion: string): NamedVersion | undefined {
  const [, name, version] = /^(.*)\/(\d+)$/.exec(nameAndVersion) ?? [];
  return name === undefined || version === undefined ? undefined : { name, version };
}

/**
 * What a version's predictions are compared with, as far as this is known without MLflow: the past window that `npm run
 * drift:reference` has named, else the packaged model's own window, else the version's, once it has been fetched.
 *
 * @param servingVersion `name/version` of the newest prediction that is not a challenger's
 * @param localModelDirectory folder of the packaged model
 * @param language in which a report says where the window comes from
 * @returns undefined when the drift job has not looked for the version's window yet
 * @throws StorageError when S3 cannot be read
 */
export async function findKeptReference(
  location: StoreLocation,
  servingVersion: string | undefined,
  localModelDirectory: string,
  language: Language = "en",
): Promise<KeptReference | typeof withoutReference | undefined> {
  const named = await readNamedReference(location);
  if (named !== undefined) return named;
  if (servingVersion === undefined) return withoutReference;
  const packaged = await readPackagedReference(localModelDirectory, servingVersion);
  if (packaged !== undefined)
    return {
      text: packaged,
      source: `${nameVersionReference(servingVersion, language)}, ${packagedModel[language]}`,
      version: servingVersion,
    };
  const version = parseRegisteredVersion(servingVersion);
  if (version === undefined) return withoutReference;
  const text = await readVersionReference(location, version);
  if (text === "") return withoutReference;
  return text === undefined
    ? undefined
    : { text, source: nameVersionReference(servingVersion, language), version: servingVersion };
}
