import { createHash } from "node:crypto";

/**
 * Policy of a page that carries its one style sheet and its one script inside: exactly these run, nothing
 * comes from elsewhere, and it talks to this service alone, and to the bucket of uploads where one is named.
 */
export function renderContentSecurityPolicy(page: {
  styles: string;
  script: string | undefined;
  uploadOrigin?: string | undefined;
}): string {
  return [
    "default-src 'none'",
    `style-src ${hashOf(page.styles)}`,
    `script-src ${page.script === undefined ? "'none'" : hashOf(page.script)}`,
    "img-src 'self' blob: data:",
    "manifest-src 'self'",
    "worker-src 'self'",
    ["connect-src 'self'", ...(page.uploadOrigin === undefined ? [] : [page.uploadOrigin])].join(" "),
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}

const hashOf = (source: string): string => `'sha256-${createHash("sha256").update(source).digest("base64")}'`;
