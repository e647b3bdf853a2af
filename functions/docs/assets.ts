import { RequestError } from "../../shared/errors/request-error.ts";
import {
  binaryResponse,
  type HttpResponse,
  type Route,
  textResponse,
} from "../../shared/http/http-message.ts";
import serviceWorker from "./browser/service-worker.ts?browser";
import icon from "./pages/icon.svg?raw";
import { serviceName, serviceSummary } from "./service-description.ts";

/** Shown behind the installed page while it starts: the colour --paper of pages/base.css. */
const paperColour = "#f5f6f4";

/** Lets a phone install the page (https://www.w3.org/TR/appmanifest/). */
const manifest = {
  name: serviceName,
  short_name: "Fundus",
  description: serviceSummary,
  id: "/",
  start_url: "/",
  scope: "/",
  display: "standalone",
  background_color: paperColour,
  theme_color: paperColour,
  icons: [
    { src: "icon.svg", type: "image/svg+xml", sizes: "any" },
    ...[192, 512].flatMap((side) =>
      ["any", "maskable"].map((purpose) => ({
        src: `icon-${side}.png`,
        type: "image/png",
        sizes: `${side}x${side}`,
        purpose,
      })),
    ),
  ],
};

/** The service worker serves the page at `/`, which is outside /assets, and fetches only from this service. */
const serviceWorkerHeaders = {
  "service-worker-allowed": "/",
  "content-security-policy": "default-src 'none'; connect-src 'self'",
};

const picture = (type: string, base64: string) => binaryResponse(type, Buffer.from(base64, "base64"));

/** Every file that the page needs beside itself. Large ones are loaded on demand. */
const assets: Record<string, () => Promise<HttpResponse> | HttpResponse> = {
  "manifest.webmanifest": () => textResponse("application/manifest+json", JSON.stringify(manifest)),
  "service-worker.js": () =>
    textResponse("text/javascript", serviceWorker, { headers: serviceWorkerHeaders }),
  "icon.svg": () => textResponse("image/svg+xml", icon),
  "icon-192.png": async () => picture("image/png", (await import("./pages/icon-192.png?base64")).default),
  "icon-512.png": async () => picture("image/png", (await import("./pages/icon-512.png?base64")).default),
  // A healthy left eye from the public domain.
  "sample.jpg": async () =>
    picture(
      "image/jpeg",
      (await import("../../models/eye-disease/sample/normal-left-eye-cc0.jpg?base64")).default,
    ),
};

export const assetNames = Object.keys(assets);

/** `GET /assets/{name}`: the icons, the manifest, the service worker and the sample of the page at `/`. */
export const answerAsset: Route = async ({ event }) => {
  const name = event.rawPath.slice(event.rawPath.lastIndexOf("/") + 1);
  const asset = Object.hasOwn(assets, name) ? assets[name] : undefined;
  if (asset === undefined) {
    throw new RequestError(
      "not_found",
      `Expected one of ${assetNames.join(", ")} but received ${name.slice(0, 80)}`,
    );
  }
  const response = await asset();
  return { ...response, headers: { ...response.headers, "cache-control": "public, max-age=86400" } };
};
