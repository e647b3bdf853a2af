/** Text that is markup already. Anything else in an `html` template is escaped. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Content = Markup | string | number | readonly Content[];

/**
 * Template for markup: strings and numbers are escaped, markup and lists of it are put in as they are.
 *
 * @example html`<td>${indicator.name}</td>`
 */
export function html(strings: TemplateStringsArray, ...contents: Content[]): Markup {
  const text = strings.reduce((before, after, index) => before + toText(contents[index - 1] ?? "") + after);
  return new Markup(text);
}

function toText(content: Content): string {
  if (content instanceof Markup) return content.text;
  if (typeof content === "string") return escapeHtml(content);
  if (typeof content === "number") return String(content);
  return content.map(toText).join("");
}

const replacements: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Makes text safe between tags and inside quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => replacements[character] as string);
}
