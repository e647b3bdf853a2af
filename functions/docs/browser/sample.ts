const timeoutMs = 10_000;

/** A healthy left eye from the public domain, which comes with the service; undefined when it cannot be had. */
export async function fetchSample(): Promise<Blob | undefined> {
  try {
    const response = await fetch("/assets/sample.jpg", { signal: AbortSignal.timeout(timeoutMs) });
    return response.ok ? await response.blob() : undefined;
  } catch {
    return undefined;
  }
}
