import { describe, expect, it } from "vitest";
import { escapeHtml, html } from "../../../shared/report/html.ts";

describe("html", () => {
  it("escapes text, in content and in quoted attributes", () => {
    expect(html`<p title="${`"'<&>`}">${"<b>&amp;</b>"}</p>`.text).toBe(
      '<p title="&quot;&#39;&lt;&amp;&gt;">&lt;b&gt;&amp;amp;&lt;/b&gt;</p>',
    );
  });

  it("keeps markup and lists of markup, escapes text in lists", () => {
    const items = ["a", "<b>"].map((text) => html`<li>${text}</li>`);
    expect(html`<ul>${items}${["<"]}</ul>`.text).toBe("<ul><li>a</li><li>&lt;b&gt;</li>&lt;</ul>");
  });

  it("writes numbers, also the last and the only one", () => {
    expect(html`${0}`.text).toBe("0");
    expect(html`<i x="${1.5}"/>`.text).toBe('<i x="1.5"/>');
  });
});

describe("escapeHtml", () => {
  it("leaves other text alone", () => {
    expect(escapeHtml("retinopatia diabética 👁 100%")).toBe("retinopatia diabética 👁 100%");
  });
});
