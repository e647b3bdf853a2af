import type { Plugin } from "esbuild";
import { listLicences } from "./list-licences.ts";
import { inlinePageAssets } from "./page-assets.ts";

/** Packages with native code or WebAssembly: they cannot be bundled, and come from the model layer or from the container image. */
const nativePackages = [
  "sharp",
  "onnxruntime-node",
  "@tensorflow/tfjs-node",
  "@cornerstonejs/codec-openjpeg/decodewasmjs",
];

/**
 * Leaves native packages out of the bundle and loads them with require(), which looks into NODE_PATH, where a layer's
 * packages lie; an import of an ES module does not.
 */
const requireNativePackages: Plugin = {
  name: "require-native-packages",
  setup(build) {
    const namespace = "native-package";
    const filter = new RegExp(`^(${nativePackages.join("|")})$`);
    build.onResolve({ filter }, ({ path, namespace: importer }) =>
      importer === namespace ? { path, external: true } : { path, namespace },
    );
    build.onLoad({ filter: /.*/, namespace }, ({ path }) => ({
      contents: `module.exports = require(${JSON.stringify(path)})`,
      loader: "js",
    }));
  },
};

export default [requireNativePackages, inlinePageAssets, listLicences];
