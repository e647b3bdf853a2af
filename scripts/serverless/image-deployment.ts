interface FunctionConfiguration {
  handler?: string;
  layers?: unknown[];
  image?: { uri: string; command: string[] };
}

interface Serverless {
  service: {
    functions: Record<string, FunctionConfiguration>;
    layers: Record<string, unknown>;
  };
}

interface Options {
  param?: string[];
}

/**
 * With `--param deployment=image` the predict function is a container image instead of a ZIP archive with a layer; everything
 * else in serverless.yml stays the same. `--param imageUri=...@sha256:...` says which image.
 */
export default class ImageDeployment {
  readonly hooks: Record<string, () => void>;

  constructor(serverless: Serverless, options: Options) {
    const parameters = Object.fromEntries((options.param ?? []).map((text) => splitOnce(text, "=")));
    this.hooks =
      parameters.deployment === "image"
        ? { initialize: () => useImage(serverless, parameters.imageUri) }
        : {};
  }
}

function useImage({ service }: Serverless, uri: string | undefined): void {
  const predict = service.functions.predict;
  if (predict?.handler === undefined) throw new Error("Expected serverless.yml to have a function predict");
  if (uri === undefined) throw new Error("Expected --param imageUri=<address>@sha256:<digest>");
  predict.image = { uri, command: [predict.handler] };
  delete predict.handler;
  delete predict.layers;
  service.layers = {};
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
}
