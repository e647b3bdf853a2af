/** A file as text; see scripts/serverless/bundling/page-assets.ts. */
declare module "*?raw" {
  const text: string;
  export default text;
}

/** A module bundled into one script for a browser, as text. */
declare module "*?browser" {
  const script: string;
  export default script;
}

/** A binary file, in base64. */
declare module "*?base64" {
  const base64: string;
  export default base64;
}

/** Markdown as HTML. */
declare module "*?markup" {
  const markup: string;
  export default markup;
}
