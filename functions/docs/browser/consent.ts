/**
 * Headers that say whether a photograph may be kept (docs/privacy.md). Without a box the service kept none when the page was
 * opened; it may have been deployed anew since.
 */
export function consentHeaders(): Record<string, string> {
  const box = document.querySelector<HTMLInputElement>("#consent");
  return { "x-keep-photograph": box?.checked ? "yes" : "no" };
}
