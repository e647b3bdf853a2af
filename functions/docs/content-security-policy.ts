import { createHash } from "node:crypto";

/**
 * Renders the policy of a page that contains its one style sheet and its one script: only these apply, nothing is loaded
 * from elsewhere, and the page connects only to this service and, where one is named, to the bucket of uploads.
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
