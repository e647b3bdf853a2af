const timeoutMs = 2_000;

/** Fetches the HTTP status of a local server; undefined when it does not answer in time. */
export async function fetchStatus(address: string): Promise<number | undefined> {
  try {
    const response = await fetch(address, { signal: AbortSignal.timeout(timeoutMs) });
    await response.body?.cancel();
    return response.status;
  } catch {
    return undefined;
  }
}
