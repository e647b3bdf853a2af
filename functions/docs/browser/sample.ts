const timeoutMs = 10_000;

/** Fetches the sample that comes with the service, a healthy left eye from the public domain; undefined when that fails. */
export async function fetchSample(): Promise<Blob | undefined> {
  try {
    // Browsers before Safari 16 and Chrome 103 have no such signal: they wait as long as the network does.
    const signal = AbortSignal.timeout?.(timeoutMs) ?? null;
    const response = await fetch("/assets/sample.jpg", { signal });
    return response.ok ? await response.blob() : undefined;
  } catch {
    return undefined;
  }
}
