import { readFile } from "node:fs/promises";
import { runInNewContext } from "node:vm";
import type { Plugin } from "esbuild";
import { listLicences } from "./list-licences.ts";
import { inlinePageAssets } from "./page-assets.ts";

/**
 * Packages with native code or WebAssembly cannot be bundled; they come from the model layer or the container image. Of sharp that is
 * the library alone, which its own JavaScript finds by the processor's name: as separate files that JavaScript takes a twentieth of a
 * cold start.
 */
const nativePackages = [
  "onnxruntime-node",
  "@tensorflow/tfjs-node",
  "@cornerstonejs/codec-openjpeg/decodewasmjs",
];

/** An import would read every export of this module, one of which loads all of undici: a tenth of a cold start. */
const nodeHttp = "node:http";

/**
 * Leaves native packages out of the bundle and loads them with require(), which searches NODE_PATH, where a layer's packages
 * are. An import in an ES module does not.
 */
const requireSome: Plugin = {
  name: "require-some",
  setup(build) {
    const namespace = "required";
    const filter = new RegExp(`^(${[...nativePackages, nodeHttp].join("|")})$`);
    build.onResolve({ filter }, ({ path, namespace: importer }) =>
      importer === namespace ? { path, external: true } : { path, namespace },
    );
    build.onLoad({ filter: /.*/, namespace }, ({ path }) => ({
      contents: `module.exports = require(${JSON.stringify(path)})`,
      loader: "js",
    }));
  },
};

/** Packages that are imported by every cold start and called by few: they are read when they are first called. */
const calledSeldom: Record<string, { importers: RegExp; contents: string }> = {
  yaml: {
    importers: /^(?!.*[\\/]node_modules[\\/])/,
    contents: ["parse", "stringify"]
      .map((name) => `export const ${name} = (...given) => require("yaml").${name}(...given);`)
      .join("\n"),
  },
  // sharp calls both only for what does not happen here: colours that a caller names, versions when its library is missing.
  "@img/colour": {
    importers: /[\\/]node_modules[\\/]sharp[\\/]/,
    contents: 'module.exports = (...given) => require("@img/colour")(...given);',
  },
  semver: {
    importers: /[\\/]node_modules[\\/]sharp[\\/]/,
    contents: `module.exports = {
      coerce: require("semver/functions/coerce"),
      get gte() { return require("semver/functions/gte"); },
      get satisfies() { return require("semver/functions/satisfies"); },
    };`,
  },
};

const readWhenCalled: Plugin = {
  name: "read-when-called",
  setup(build) {
    const namespace = "read-when-called";
    const filter = new RegExp(`^(${Object.keys(calledSeldom).join("|")})$`);
    build.onResolve({ filter }, ({ path, resolveDir, importer, namespace: asking }) =>
      asking !== namespace && calledSeldom[path]?.importers.test(importer)
        ? { path, namespace, pluginData: resolveDir }
        : undefined,
    );
    build.onLoad({ filter: /.*/, namespace }, ({ path, pluginData: resolveDir }) => ({
      contents: calledSeldom[path]?.contents ?? "",
      loader: "js",
      resolveDir,
    }));
  },
};

/**
 * HDF5 in WebAssembly lies in its JavaScript as a text of four megabytes, which V8 would parse and keep. Here it becomes a file beside the
 * bundle: an environment that compiles a model needs 10 MB less.
 */
const hdf5AsFile: Plugin = {
  name: "hdf5-as-file",
  setup(build) {
    const wasm = "h5wasm.wasm";
    const namespace = "hdf5-as-file";
    build.onLoad({ filter: /h5wasm[\\/]dist[\\/]esm[\\/]hdf5_util\.js$/ }, async ({ path }) => {
      const { call, text } = await readHdf5(path);
      const read = `require("node:fs").readFileSync(new URL(wasmFile, import.meta.url))`;
      return {
        contents: `import wasmFile from "${wasm}";\n${text.replace(call, () => read)}`,
        loader: "js",
        pluginData: path,
      };
    });
    build.onResolve({ filter: new RegExp(`^${wasm}$`) }, ({ path, pluginData }) => ({
      path,
      namespace,
      pluginData,
    }));
    build.onLoad({ filter: /.*/, namespace }, async ({ pluginData: path }) => {
      const { literal } = await readHdf5(path);
      // Its codes are the bytes; U+0100 stands for the zero.
      return { contents: Buffer.from(runInNewContext(literal), "latin1"), loader: "file" };
    });
  },
};

async function readHdf5(path: string) {
  const text = await readFile(path, "utf8");
  const [call, literal = ""] = /binaryDecode\(('(?:[^'\\]|\\.)*')\)/s.exec(text) ?? [];
  if (call === undefined) throw new Error(`Expected binaryDecode('...') in ${path} but found none`);
  return { text, call, literal };
}

export default [requireSome, readWhenCalled, hdf5AsFile, inlinePageAssets, listLicences];
