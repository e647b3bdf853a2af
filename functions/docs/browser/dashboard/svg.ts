const namespace = "http://www.w3.org/2000/svg";

/** Makes an element of a drawing; colours come from classes, since the page's policy allows no style of its own. */
export function draw(name: string, attributes: Record<string, string | number>, ...children: Node[]) {
  const made = document.createElementNS(namespace, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  made.append(...children);
  return made;
}

/** What a pointer that rests on a shape is told. */
export function tip(text: string) {
  const title = draw("title", {});
  title.textContent = text;
  return title;
}

/** A drawing that a reader of the screen hears as one sentence. */
export const picture = (label: string, width: number, height: number, ...children: Node[]) =>
  draw(
    "svg",
    {
      viewBox: `0 0 ${width} ${height}`,
      role: "img",
      "aria-label": label,
      preserveAspectRatio: "none",
      class: "chart",
    },
    ...children,
  );
