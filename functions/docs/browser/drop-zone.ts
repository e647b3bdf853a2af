import { find } from "./element.ts";

/** Calls `onPhotograph` with each photograph that is chosen or dropped anywhere on the page. */
export function watchDropZone(onPhotograph: (photograph: File) => void): void {
  const input = find<HTMLInputElement>("#file");
  const zone = find("#drop");
  const take = (files: FileList | null | undefined) => {
    const photograph = files?.[0];
    if (photograph !== undefined) onPhotograph(photograph);
  };

  input.addEventListener("change", () => {
    take(input.files);
    // So that choosing the same file again is a change too.
    input.value = "";
  });
  document.addEventListener("dragover", (event) => {
    event.preventDefault();
    zone.classList.add("over");
  });
  document.addEventListener("dragleave", (event) => {
    if (event.relatedTarget === null) zone.classList.remove("over");
  });
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    zone.classList.remove("over");
    take(event.dataTransfer?.files);
  });
}
