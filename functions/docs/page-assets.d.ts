/** A file as text; see scripts/serverless/page-assets.ts. */
declare module "*?raw" {
  const text: string;
  export default text;
}

/** A module bundled into one script for a browser, as text. */
declare module "*?browser" {
  const script: string;
  export default script;
}
