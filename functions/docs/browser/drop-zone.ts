import { find } from "./element.ts";

/** Calls `onPhotographs` with photographs that are chosen, or dropped anywhere on the page. */
export function watchDropZone(onPhotographs: (photographs: File[]) => void): void {
  const input = find<HTMLInputElement>("#file");
  const zone = find("#drop");
  const take = (files: FileList | null | undefined) => {
    if (files != null && files.length > 0) onPhotographs([...files]);
  };

  input.addEventListener("change", () => {
    take(input.files);
    // So that choosing the same file again counts as a change.
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
