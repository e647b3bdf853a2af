import { Marked, type Tokens } from "marked";

/**
 * Renders a document of this project as HTML. Headings have the same anchors as on GitHub; links to files, which are not served,
 * become text.
 */
export function renderMarkdown(markdown: string): string {
  const marked = new Marked({
    renderer: {
      heading({ tokens, depth, text }: Tokens.Heading) {
        return `<h${depth} id="${anchorOf(text)}">${this.parser.parseInline(tokens)}</h${depth}>\n`;
      },
      link({ href, tokens }: Tokens.Link) {
        const text = this.parser.parseInline(tokens);
        return /^(?:#|https:)/.test(href) ? `<a href="${href}">${text}</a>` : text;
      },
      table({ header, rows }: Tokens.Table) {
        const text = ({ tokens }: Tokens.TableCell) => this.parser.parseInline(tokens);
        // A first column without a heading contains the headings of the rows.
        const hasRowHeadings = header[0]?.text === "";
        const heading = (cell: Tokens.TableCell) =>
          cell.text === "" ? "<td></td>" : `<th scope="col">${text(cell)}</th>`;
        const inRow = (cell: Tokens.TableCell, column: number) =>
          hasRowHeadings && column === 0 ? `<th scope="row">${text(cell)}</th>` : `<td>${text(cell)}</td>`;
        const head = header.every((cell) => cell.text === "")
          ? ""
          : `<thead><tr>${header.map(heading).join("")}</tr></thead>`;
        const body = rows.map((row) => `<tr>${row.map(inRow).join("")}</tr>`).join("\n");
        return `<div class="scroll" tabindex="0"><table>${head}<tbody>${body}</tbody></table></div>\n`;
      },
    },
  });
  return marked.parse(markdown, { async: false });
}

const anchorOf = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{Letter}\p{Number}\s-]/gu, "")
    .trim()
    .replace(/\s+/g, "-");
