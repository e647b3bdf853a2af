import manifest from "../../package.json" with { type: "json" };

/** Version of this service, as its answers, its document and its runs in MLflow name it. */
export const serviceVersion: string = manifest.version;
