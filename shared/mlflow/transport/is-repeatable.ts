/** POST and PATCH requests that only read, or only set a value: sending them twice has the same effect as once. */
const repeatablePath = new RegExp(
  "/(?:" +
    [
      "(?:runs|experiments|traces|issues|datasets|logged-models|jobs)/search",
      "registered-models/(?:get-latest-versions|alias|set-tag|update)",
      "model-versions/(?:transition-stage|set-tag|update)",
      "runs/(?:log-batch|log-metric|log-parameter|set-tag|update)",
      "experiments/(?:set-experiment-tag|update)",
      "(?:traces|logged-models|datasets)/[^/]+/tags",
      "logged-models/[^/]+",
      "traces/(?:metrics|batchGetInfos)",
    ].join("|") +
    ")$",
);

/** Whether a request may be sent again even if the first one may have arrived. */
export function isRepeatable(method: string, url: string): boolean {
  if (method !== "POST" && method !== "PATCH") return true;
  return repeatablePath.test(new URL(url).pathname);
}
