const namespace = "http://www.w3.org/2000/svg";

/** Makes an element of a drawing. Colours come from classes, because the page's policy allows no inline styles. */
export function draw(name: string, attributes: Record<string, string | number>, ...children: Node[]) {
  const made = document.createElementNS(namespace, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  made.append(...children);
  return made;
}

/** The tooltip of a shape. */
export function tip(text: string) {
  const title = draw("title", {});
  title.textContent = text;
  return title;
}

/** Makes a drawing that a screen reader announces by its label alone. */
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
