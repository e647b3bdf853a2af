import { type HttpResponse, textResponse } from "../../../shared/http/http-message.ts";
import { renderContentSecurityPolicy } from "../content-security-policy.ts";
import baseStyles from "./base.css?raw";

export interface PageParts {
  title: string;
  description: string;
  /** Markup inside `<body>`. */
  body: string;
  styles: string;
  script: string;
  /** Where the script sends large photographs. */
  uploadOrigin?: string | undefined;
}

/** A page that holds all it needs: one style sheet, one script, nothing from elsewhere. */
export function renderPage(parts: PageParts): HttpResponse {
  const { title, description, body, script } = parts;
  const styles = `${baseStyles}\n${parts.styles}`;
  const markup = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<meta name="description" content="${description}">
<link rel="icon" href="${icon}">
<style>${styles}</style>
</head>
<body>
${body}
<script>${script}</script>
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

const icon =
  "data:image/svg+xml," +
  encodeURIComponent(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><circle cx="16" cy="16" r="15" fill="#0d6a61"/><circle cx="22" cy="15" r="4" fill="#fff"/></svg>',
  );
