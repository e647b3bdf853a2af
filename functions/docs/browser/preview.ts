import { find } from "./element.ts";

let address: string | undefined;

/** Shows the chosen photograph where the browser can; the previous one is let go. */
export function showPreview(photograph: Blob): void {
  const image = find<HTMLImageElement>("#preview");
  const words = find("#no-preview");
  if (address !== undefined) URL.revokeObjectURL(address);
  address = URL.createObjectURL(photograph);

  image.hidden = false;
  words.hidden = true;
  image.onerror = () => {
    image.hidden = true;
    words.hidden = false;
  };
  image.src = address;
  find(".empty").hidden = true;
  find(".preview").hidden = false;
}
