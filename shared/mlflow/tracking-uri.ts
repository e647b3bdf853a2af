import { MlflowError } from "./error.ts";
import type { Credentials } from "./transport/authorization.ts";

export interface TrackingAddress extends Credentials {
  /** The address without credentials, query and trailing slash. */
  address: string;
}

/**
 * Reads the address of a tracking server. Credentials are taken out of it, because fetch refuses them there.
 *
 * @throws MlflowError for anything but http(s), because a REST client cannot speak to a database or a folder, and for
 * credentials that are not percent-encoded
 */
export function parseTrackingUri(trackingUri: string): TrackingAddress {
  const url = URL.canParse(trackingUri) ? new URL(trackingUri) : undefined;
  if (url?.protocol !== "http:" && url?.protocol !== "https:") {
    throw new MlflowError(describeRefusal(trackingUri, url), { errorCode: "INVALID_PARAMETER_VALUE" });
  }
  const credentials = {
    ...(url.username === "" ? {} : { username: decode(url.username) }),
    ...(url.password === "" ? {} : { password: decode(url.password) }),
  };
  return { address: `${url.origin}${url.pathname.replace(/\/+$/, "")}`, ...credentials };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (cause) {
    const message =
      "Expected a percent-encoded name and password in MLFLOW_TRACKING_URI (% is %25) but received a % alone";
    throw new MlflowError(message, { errorCode: "INVALID_PARAMETER_VALUE", cause });
  }
}

/** Names only the scheme: the rest of a database's address may contain a password. */
function describeRefusal(trackingUri: string, url: URL | undefined): string {
  const expected = "Expected the http(s) address of an MLflow server for MLFLOW_TRACKING_URI";
  if (url === undefined) return `${expected} but received ${trackingUri === "" ? "nothing" : "no URL"}`;
  // Such as mlflow.example.org:5000, which is read as an address of the scheme mlflow.example.org.
  if (url.host === "" && /^\d+(\/|$)/.test(url.pathname))
    return `${expected} but received ${trackingUri} without http:// or https:// before it`;
  return (
    `${expected} but received a ${url.protocol} address. ` +
    "Run the MLflow server on that store (mlflow server --backend-store-uri ...) and give the server's http(s) address."
  );
}
