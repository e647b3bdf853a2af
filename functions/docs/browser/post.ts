/** Why a request has no response. */
export class PostError extends Error {
  readonly code: "unreachable" | "timeout" | "abandoned";

  constructor(code: PostError["code"]) {
    super(code);
    this.code = code;
  }
}

export interface PostResponse {
  status: number;
  text: string;
}

/** A request fails when neither a byte has left nor the response has come for this long, so that a slow uplink takes its time. */
const longestSilenceMs = 30_000;

/**
 * Sends a form. Uses XMLHttpRequest, because fetch does not report how much has been sent.
 *
 * @param onProgress told the share that has been sent, 0..1
 * @param abandoned ends the request
 * @throws PostError when there is no response
 */
export function post(
  url: string,
  {
    body = null,
    headers = {},
    onProgress = () => {},
    abandoned,
  }: {
    body?: FormData | null;
    headers?: Record<string, string>;
    onProgress?: (share: number) => void;
    abandoned: AbortSignal;
  },
): Promise<PostResponse> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    let timer: number | undefined;
    const end = (code: PostError["code"]) => {
      reject(new PostError(code));
      request.abort();
    };
    const abandon = () => end("abandoned");
    const wait = () => {
      clearTimeout(timer);
      timer = setTimeout(end, longestSilenceMs, "timeout");
    };
    request.upload.addEventListener("progress", ({ loaded, total }) => {
      wait();
      onProgress(loaded / total);
    });
    request.upload.addEventListener("load", wait);
    request.addEventListener("load", () => resolve({ status: request.status, text: request.responseText }));
    request.addEventListener("error", () => end("unreachable"));
    request.addEventListener("loadend", () => {
      clearTimeout(timer);
      abandoned.removeEventListener("abort", abandon);
    });
    if (abandoned.aborted) return abandon();
    abandoned.addEventListener("abort", abandon);
    request.open("POST", url);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    wait();
    request.send(body);
  });
}
