// The directions of the code. `npm run lint` applies them (scripts/lint/check-boundaries.ts).

const ground = "errors|schemas|settings|resilience|statistics|time";
const leaves = "image|input-checks|drift|evaluation|comparison|report|aws|mlflow|keras-compiler";
/** Workspaces: packages of their own, which strangers install. */
const libraries = "mlflow|keras-compiler";
const services = "registry|inference-log|inference";

/** Code of the service: what is deployed. Scripts and tests may look at anything. */
const deployed = "^(functions|shared)/";

const forbid = (name, comment, from, to) => ({ name, comment, severity: "error", from, to });

/** One part of the code owns a package: everything else goes through that part. */
const owned = (name, packages, owner) =>
  forbid(
    name,
    `only ${owner} may know ${packages}: replacing it must touch one place`,
    { path: deployed, pathNot: `^${owner}/` },
    { path: `node_modules/(${packages})/` },
  );

export default {
  forbidden: [
    forbid(
      "shared-is-used-never-uses",
      "shared/ must be usable without a handler, a script or a test",
      { path: "^shared/" },
      { path: "^(functions|layers|models|scripts|test)/" },
    ),
    forbid(
      "functions-are-siblings",
      "each function is deployed alone: what two of them need belongs into shared/",
      { path: "^functions/([^/]+)/" },
      { path: "^functions/", pathNot: "^functions/$1/" },
    ),
    forbid(
      "functions-use-shared-alone",
      "layers and models are deployed beside a function, never imported; the page shows the model's sample and card",
      { path: "^functions/" },
      { path: "^(layers|models|scripts|test)/", pathNot: "^models/eye-disease/(sample/|MODEL_CARD)" },
    ),
    forbid(
      "scripts-use-no-tests",
      "tests may be absent where scripts run",
      { path: "^scripts/" },
      { path: "^test/" },
    ),
    forbid(
      "ground-stands-on-nothing",
      "errors, schemas, settings, resilience, statistics and lengths of time are known to all, so they know nobody",
      { path: `^shared/(${ground})/` },
      { path: "^shared/", pathNot: `^shared/(${ground})/` },
    ),
    forbid(
      "leaves-are-apart",
      "image, drift, evaluation, comparison, report, aws and the libraries each do one thing and do not know each other",
      { path: `^shared/(${leaves})/` },
      { path: "^shared/", pathNot: `^shared/($1|${ground})/` },
    ),
    forbid(
      "libraries-know-no-service",
      "what strangers install depends on nothing of the service",
      { path: `^shared/(${libraries})/` },
      { path: "^(functions|shared|scripts|test)/", pathNot: "^shared/$1/" },
    ),
    forbid(
      "services-are-apart",
      "registry, inference and the inference log use leaves; what joins them stands above",
      { path: `^shared/(${services})/` },
      { path: "^shared/", pathNot: `^shared/($1|${ground}|${leaves})/` },
    ),
    forbid(
      "inference-log-knows-no-mlflow",
      "the inference log is the truth and MLflow a view of it",
      { path: "^shared/inference-log/" },
      { path: "^shared/mlflow/" },
    ),
    forbid(
      "labels-stand-on-schemas",
      "labels lie beside the inference log and know of records nothing but their contract",
      { path: "^shared/labels/" },
      { path: "^shared/", pathNot: `^shared/(labels|${ground}|${leaves})/` },
    ),
    forbid(
      "labelled-photographs-know-no-model",
      "which photographs are asked about, and by which answers, is the same for every model and every purpose",
      { path: "^shared/labelled-photographs/" },
      { path: "^shared/", pathNot: `^shared/(labelled-photographs|${ground})/` },
    ),
    forbid(
      "access-stands-on-aws",
      "who may call is decided by the keys in S3 alone",
      { path: "^shared/access/" },
      { path: "^shared/", pathNot: `^shared/(access|aws|${ground})/` },
    ),
    forbid(
      "backup-knows-what-is-kept",
      "what a backup contains are keys, objects of the log and files of MLflow; the databases are left to programs that it is handed",
      { path: "^shared/backup/" },
      { path: "^shared/", pathNot: `^shared/(backup|access|inference-log|tracking|${ground}|aws)/` },
    ),
    forbid(
      "drift-reference-joins-registry-and-drift",
      "a reference is a file beside a version or in S3: what is compared with it does not matter here",
      { path: "^shared/drift-reference/" },
      { path: "^shared/", pathNot: `^shared/(drift-reference|registry|${ground}|${leaves})/` },
    ),
    forbid(
      "learning-decides-by-what-is-kept",
      "whether a training is due follows from labels and states in S3 alone",
      { path: "^shared/learning/" },
      { path: "^shared/", pathNot: `^shared/(learning|labels|${ground}|${leaves})/` },
    ),
    forbid(
      "tracking-stands-on-the-inference-log",
      "tracking sends what the inference log keeps to MLflow, and knows nothing else of the service",
      { path: "^shared/tracking/" },
      { path: "^shared/", pathNot: `^shared/(tracking|inference-log|${ground}|${leaves})/` },
    ),
    forbid(
      "report-runs-stand-on-tracking",
      "a report in MLflow is a run as tracking writes it, whoever made the report",
      { path: "^shared/report-runs/" },
      { path: "^shared/", pathNot: `^shared/(report-runs|tracking|${ground}|${leaves})/` },
    ),
    forbid(
      "runtime-knows-no-domain",
      "what every function does first must not know what a function does",
      { path: "^shared/runtime/" },
      { path: "^shared/", pathNot: `^shared/(runtime|aws|mlflow|${ground})/` },
    ),
    forbid(
      "http-knows-no-domain",
      "the stack that every HTTP handler wears must not know what a handler does",
      { path: "^shared/http/" },
      { path: "^shared/", pathNot: `^shared/(http|runtime|${ground})/` },
    ),
    forbid(
      "serving-joins-registry-and-inference",
      "what serves a model knows nothing of requests, tracking or images, nor of how its version was chosen",
      { path: "^shared/serving/" },
      {
        path: "^shared/(http|runtime|tracking|inference-log|image|drift|report|model-versions|promotion|retraining)/",
      },
    ),
    forbid(
      "model-versions-are-tried-as-served",
      "what registers, tries, lists and moves versions loads them as the service does, and knows nothing of requests, tracking or images",
      { path: "^shared/model-versions/" },
      {
        path: "^shared/(http|runtime|access|tracking|inference-log|image|drift|report|promotion|retraining)/",
      },
    ),
    forbid(
      "promotion-asks-versions-alone",
      "what decides whether a version may serve loads versions as the service does, and is handed the code that answers requests",
      { path: "^shared/promotion/" },
      { path: "^shared/(http|runtime|access|drift|drift-reference|learning|retraining)/" },
    ),
    forbid(
      "retraining-is-handed-the-training",
      "what a retraining does stands on the decision to train and on the gate, and is handed the training and the code that answers requests",
      { path: "^shared/retraining/" },
      { path: "^shared/(http|runtime|access|tracking|inference-log|inference|image|drift|drift-reference)/" },
    ),
    forbid(
      "pure-stays-pure",
      "drift, evaluation, comparison, report, schemas and errors do no I/O: no package and no part of Node but zod",
      { path: "^shared/(drift|evaluation|comparison|report|schemas|errors)/" },
      { dependencyTypes: ["core", "npm", "npm-dev"], pathNot: "node_modules/zod/" },
    ),
    owned("aws-sdk-behind-aws", "@aws-sdk/[^/]+|@smithy/[^/]+", "shared/aws"),
    owned("decoders-behind-image", "sharp|dicom-parser|@cornerstonejs/[^/]+", "shared/image"),
    owned("engines-behind-inference", "@tensorflow/[^/]+|onnxruntime-[^/]+", "shared/inference"),
    owned("h5wasm-behind-keras-compiler", "h5wasm", "shared/keras-compiler"),
    owned("openapi-fetch-behind-mlflow", "openapi-fetch", "shared/mlflow"),
    owned("http-packages-behind-http", "@middy/[^/]+", "shared/http"),
    owned("logger-behind-runtime", "@aws-lambda-powertools/logger", "shared/runtime"),
    forbid(
      "events-end-at-the-edge",
      "only functions, shared/http and shared/runtime know Lambda's events",
      { path: "^shared/", pathNot: "^shared/(http|runtime)/" },
      { path: "(^|/)aws-lambda(/|$)" },
    ),
    forbid(
      "production-needs-no-dev-package",
      "what is deployed may only use dependencies; types are not code",
      { path: deployed, pathNot: `^shared/(${libraries})/test/` },
      { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["type-only"] },
    ),
    forbid("no-circle", "one direction, for types too", {}, { circular: true }),
    forbid(
      "everything-resolves",
      "a typing error or a package that is not declared; aws-lambda is types alone",
      {},
      { couldNotResolve: true, pathNot: "^aws-lambda$" },
    ),
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    // Also `import type`: a direction is broken by a type as much as by code.
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
      extensions: [".ts", ".mjs", ".cjs", ".js", ".d.ts"],
    },
  },
};
