import { type HttpResponse, textResponse } from "../../../shared/http/http-message.ts";
import { renderContentSecurityPolicy } from "../content-security-policy.ts";
import baseStyles from "./base.css?raw";
import icon from "./icon.svg?raw";

export interface PageParts {
  title: string;
  description: string;
  /** Markup inside `<body>`. */
  body: string;
  styles: string;
  script?: string;
  /** Where the script sends large photographs. */
  uploadOrigin?: string | undefined;
}

/** Renders a page that holds all it needs: one style sheet, at most one script, nothing from elsewhere. */
export function renderPage(parts: PageParts): HttpResponse {
  const { title, description, body, script } = parts;
  const styles = `${baseStyles}\n${parts.styles}`;
  const markup = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="theme-color" content="#f5f6f4" media="(prefers-color-scheme: light)">
<meta name="theme-color" content="#0f1514" media="(prefers-color-scheme: dark)">
<title>${title}</title>
<meta name="description" content="${description}">
<link rel="icon" href="${iconAddress}">
<link rel="apple-touch-icon" href="/assets/icon-192.png">
<link rel="manifest" href="/assets/manifest.webmanifest">
<style>${styles}</style>
</head>
<body>
${body}
${script === undefined ? "" : `<script>${script}</script>`}
</body>
</html>
`;
  return textResponse("text/html; charset=utf-8", markup, {
    headers: {
      "content-security-policy": renderContentSecurityPolicy({
        styles,
        script,
        uploadOrigin: parts.uploadOrigin,
      }),
    },
  });
}

const iconAddress = `data:image/svg+xml,${encodeURIComponent(icon)}`;
