const timeoutMs = 10_000;

/** Fetches the sample that comes with the service, a healthy left eye from the public domain; undefined when that fails. */
export async function fetchSample(): Promise<Blob | undefined> {
  try {
    const response = await fetch("/assets/sample.jpg", { signal: AbortSignal.timeout(timeoutMs) });
    return response.ok ? await response.blob() : undefined;
  } catch {
    return undefined;
  }
}
