/**
 * Headers that say whether a photograph may be kept (docs/privacy.md). Without a box the service keeps none, and nothing is
 * said.
 */
export function consentHeaders(): Record<string, string> {
  const box = document.querySelector<HTMLInputElement>("#consent");
  return box === null ? {} : { "x-keep-photograph": box.checked ? "yes" : "no" };
}
