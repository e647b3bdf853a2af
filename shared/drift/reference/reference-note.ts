import type { Language } from "../../schemas/language.ts";

/** Why a report compares its window with no reference. */
export type ReferenceNote =
  | { code: "none_given" | "no_prediction" | "unread" | "registry_off" }
  /** @param version `name/version` */
  | { code: "none_of_packaged" | "none_of_version"; version: string }
  /** @param detail what is wrong with the window, in English */
  | { code: "malformed"; detail: string };

/** The reason in words, as the end of a sentence. */
export function describeReferenceNote(note: ReferenceNote, language: Language): string {
  const isEnglish = language === "en";
  switch (note.code) {
    case "none_given":
      return isEnglish ? "none was given" : "nenhuma foi dada";
    case "no_prediction":
      return isEnglish ? "there is no prediction" : "não há predições";
    case "unread":
      return isEnglish ? "it could not be read" : "não pôde ser lida";
    case "registry_off":
      return isEnglish
        ? "the model registry, which has the version's files, is switched off"
        : "o registro de modelos, que tem os arquivos da versão, está desligado";
    case "none_of_packaged":
      return isEnglish
        ? `the packaged model ${note.version} carries no reference window`
        : `o modelo incluído ${note.version} não traz janela de referência`;
    case "none_of_version":
      return isEnglish
        ? `version ${note.version} carries no reference window`
        : `a versão ${note.version} não traz janela de referência`;
    case "malformed":
      return isEnglish ? note.detail : `ela não pode ser usada (${note.detail})`;
  }
}
