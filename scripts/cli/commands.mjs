// Every command: its module, what may be typed after its name, and the words of its help. Plain JavaScript, because any
// Node reads it before packages are installed.

/**
 * @typedef {object} Command
 * @property {string} module exports `run`, relative to this folder
 * @property {string} summary one sentence
 * @property {string} [details] further sentences of its help
 * @property {readonly Operand[]} [operands] only the last may be `many`
 * @property {Readonly<Record<string, Option>>} [options]
 *
 * @typedef {{ name: string, text: string, optional?: boolean, many?: boolean, path?: PathKind }} Operand
 * @typedef {{ type: "string" | "boolean", value?: string, default?: string, text: string, path?: PathKind, notPath?: string } | NumberOption} Option
 *   `notPath` is a word that may stand instead of the path
 *
 * @typedef {{ type: "number", value: string, default?: number, range: NumberRange, text: string, path?: undefined }} NumberOption
 *
 * @typedef {{ from?: number, to?: number, above?: number, isWhole?: true, advice?: string }} NumberRange `advice` says what to do
 *   for a number above `to`
 *
 * @typedef {"file" | "program"} PathKind a path is relative to the folder where the command was typed, a default to the project's.
 *   `file` may be a folder, too; a `program` without a slash is found through PATH
 */

const json = /** @type {const} */ ({
  type: "boolean",
  text: "answer in JSON on standard output (with npm run --silent)",
});
const name = /** @type {const} */ ({
  type: "string",
  value: "NAME",
  text: "registered model (default: MLFLOW_MODEL_NAME)",
});
const stage = /** @type {const} */ ({
  type: "string",
  value: "STAGE",
  text: "the stage to move (default: MODEL_STAGE, Production); what was in it is archived",
});
const alias = /** @type {const} */ ({ type: "string", value: "ALIAS", text: "move this alias instead" });
const packaging = /** @type {const} */ ({
  deployment: { type: "string", value: "KIND", default: "zip", text: "zip (default) or image" },
  architecture: {
    type: "string",
    value: "NAME",
    text: "x86_64 or arm64 (default: LAMBDA_ARCHITECTURE, else x86_64)",
  },
  stage: { type: "string", value: "NAME", default: "dev", text: "the deployment stage (default: dev)" },
});
const agreed = /** @type {const} */ ({
  type: "boolean",
  text: "do not ask for confirmation; needed where nobody can answer",
});
const pointed = /** @type {const} */ ({
  stage: { type: "string", value: "STAGE", text: "the stage (default: MODEL_STAGE, Production)" },
  alias: { type: "string", value: "ALIAS", text: "the alias, instead of a stage" },
});
const period = /** @type {const} */ ({
  from: { type: "string", value: "TIME", text: "start of the period: 2026-11-28 or 2026-11-28T08:00, UTC" },
  to: { type: "string", value: "TIME", text: "end of the period (default: now)" },
  last: { type: "string", value: "SPAN", text: "length of the period before --to: 90m, 24h, 30d" },
  "model-version": { type: "string", value: "VERSION", text: "only this model version: 3, or NAME/3" },
  session: { type: "string", value: "SESSION", text: "only this session: its id or the name of its run" },
  deployment: { type: "string", value: "NAME", text: "only this deployment: its ENVIRONMENT" },
});
const testing = /** @type {const} */ ({
  module: "../test-step.ts",
  operands: [{ name: "FILE", optional: true, many: true, text: "only test files whose path contains this" }],
  options: {
    watch: { type: "boolean", text: "run again whenever a file is saved, until Ctrl-C" },
    update: {
      type: "boolean",
      text: "renew files that the tests compare with, such as docs/mlflow-operations.md",
    },
  },
});

export const commands = /** @type {const} */ ({
  start: {
    module: "../start.ts",
    summary: "Runs everything on this machine: PostgreSQL, S3, MLflow and the API, until Ctrl-C or npm stop.",
    details:
      "Set ports with PORT, MLFLOW_PORT, S3_PORT and POSTGRES_PORT. Every setting of the service (serverless.yml, provider.environment) may be set in the same way.",
  },
  stop: {
    module: "../stop.ts",
    summary: "Stops what npm start or npm run stack runs; the data is kept in .local.",
  },
  stack: {
    module: "../stack.ts",
    summary: "Runs PostgreSQL, S3 and MLflow, without the API, until Ctrl-C or npm stop.",
  },
  doctor: {
    module: "../doctor.ts",
    summary: "Checks everything that the service needs, and says how to fix what is wrong.",
    details:
      "Without ADDRESS it checks this machine (Node, disk, ports, clock) and the servers of the local stack, or those that MLFLOW_TRACKING_URI and INFERENCE_LOG_BUCKET name: MLflow, S3 and the rights on it, the wanted version, the last drift report, the local service. With ADDRESS it checks what that service reports about itself. Ends with 1 when something is wrong.",
    operands: [{ name: "ADDRESS", optional: true, text: "a deployed service: https://..." }],
    options: { json },
  },
  backup: {
    module: "../backup.ts",
    summary: "Writes MLflow's databases and artifacts and the inference log to one file.",
    details:
      "It backs up the local stack, whether it runs or not, unless BACKUP_DATABASE_URL names another database. BACKUP_DIRECTORY says where backups are kept (default: .local/backups), BACKUP_KEEP how many (7), and BACKUP_EVERY_HOURS how often npm start makes one by itself (0: never). The file contains everything that passwords protect except photographs, which are in no backup; keep it safe: docs/backup.md.",
    options: {
      scheduled: {
        type: "boolean",
        text: "make one every BACKUP_EVERY_HOURS, the first when the newest is that old, until stopped",
      },
      json,
    },
  },
  restore: {
    module: "../restore.ts",
    summary: "Restores what npm run backup wrote, after checking that every file of it is intact.",
    details:
      "First stop the local stack (npm stop), or the MLflow server whose database BACKUP_DATABASE_URL names. Records that are newer than the backup stay. Kept photographs are in no backup.",
    operands: [{ name: "FILE", path: "file", text: "the backup, a .tar file" }],
    options: { json },
  },
  models: {
    module: "../models.ts",
    summary: "Lists the versions of the registered model, which one serves, and whether each can be served.",
    details: "Ends with 3 when the wanted version does not exist or cannot be served.",
    options: {
      limit: {
        type: "number",
        value: "COUNT",
        default: 10,
        range: { from: 1, isWhole: true },
        text: "how many versions to list, newest first (default: 10); each is tried",
      },
      name,
      json,
    },
  },
  register: {
    module: "../register.ts",
    summary: "Registers a model file as the next version, after trying it.",
    details:
      "Labels that the contract lacks are read from a label file beside FILE (class_indices.json, labels.txt: docs/models.md). Ends with 3 when the model cannot be served.",
    operands: [
      {
        name: "FILE",
        path: "file",
        text: "a .keras, .h5 or .onnx file, or the folder of a TensorFlow SavedModel",
      },
    ],
    options: {
      contract: {
        type: "string",
        value: "FILE",
        path: "file",
        text: "the model's model-contract.json (default: the one beside FILE, if there is one)",
      },
      "reference-window": {
        type: "string",
        value: "FILE",
        path: "file",
        text: "the reference window for drift analysis (docs/drift.md)",
      },
      name,
      stage: {
        type: "string",
        value: "STAGE",
        text: "move this stage to the new version: Production, Staging",
      },
      alias: { type: "string", value: "ALIAS", text: "move this alias to the new version" },
      json,
    },
  },
  promote: {
    module: "../promote.ts",
    summary: "Moves a stage or an alias to a version that passes the gate.",
    details:
      "The gate asks whether the version can be served, fits into memory and time, and is not worse on the photographs of EVALUATION_SET; it names what it could not check. Ends with 3 when the gate refuses the version, or the version does not exist. Settings: docs/learning-loop.md.",
    operands: [{ name: "VERSION", text: "the version's number; npm run models lists them" }],
    options: {
      stage,
      alias,
      force: {
        type: "string",
        value: "REASON",
        text: "move it even if the gate refuses it; who did so and why is recorded",
      },
      name,
      json,
    },
  },
  rollback: {
    module: "../rollback.ts",
    summary: "Moves a stage or an alias back to the version that had it before.",
    details: "Ends with 3 when no such version is known or it cannot be served.",
    options: { stage, alias, name, json },
  },
  history: {
    module: "../history.ts",
    summary: "Lists which versions had a stage or an alias, from when to when, and who moved it.",
    details:
      "Moves by npm run promote and rollback are in the registry. Those from Python or MLflow's UI are listed once the service has answered with the version; if the registry shows another version now, a line below the list says so.",
    options: { ...pointed, name, json },
  },
  compare: {
    module: "../compare.ts",
    summary:
      "Compares two versions: what they answered in service, or what they say of a folder of photographs.",
    details:
      "Without --photographs it reads the inference log: agreement in the shadow, the A/B test, labels, latency. The report is written to MLflow and to a page. How to read it: docs/learning-loop.md.",
    operands: [
      { name: "VERSION", many: true, text: "two version numbers, such as 6 7: first the one that serves" },
    ],
    options: {
      photographs: {
        type: "string",
        value: "FOLDER",
        path: "file",
        text: "labelled photographs, as for npm run evaluate, that both versions classify now",
      },
      labels: {
        type: "string",
        value: "FILE",
        path: "file",
        text: "their table of labels, as for npm run evaluate",
      },
      days: {
        type: "number",
        value: "COUNT",
        default: 30,
        range: { above: 0 },
        text: "how many days of the log are read (default: 30)",
      },
      output: {
        type: "string",
        value: "FOLDER",
        path: "file",
        default: ".local/comparison",
        text: "where comparison.html and comparison.json are written (default: .local/comparison)",
      },
      name,
      json,
    },
  },
  labels: {
    module: "../labels.ts",
    summary: "Adds clinicians' labels of past predictions from a file.",
    details:
      "FILE is a table (separated by commas, semicolons or tabs, with a header line) or JSON lines, with prediction_id, label and, if known, labelled_by. Rows that cannot be added are listed with their numbers; the rest are added; adding a file again changes nothing. Photographs that wait for their label are kept where PHOTOGRAPH_BUCKET names their bucket, which a running npm start does. Ends with 1 when a line was refused.",
    operands: [{ name: "FILE", path: "file", text: "a file, or an address s3://bucket/key" }],
    options: { json },
  },
  replay: {
    module: "../replay.ts",
    summary:
      "Classifies a kept photograph again with the version that answered it, and compares every bit with its record.",
    details:
      "Ends with 1 when the answer differs. Photographs are kept only where KEEP_PHOTOGRAPHS asks for it. For a deployment set MLFLOW_TRACKING_URI, INFERENCE_LOG_BUCKET and PHOTOGRAPH_BUCKET.",
    operands: [{ name: "ID", text: "the prediction_id of the answer" }],
    options: {
      version: {
        type: "string",
        value: "NUMBER",
        text: "answer with this version instead, and show both answers",
      },
      json,
    },
  },
  forget: {
    module: "../forget.ts",
    summary: "Deletes the photograph that was kept with a prediction. The prediction's record stays.",
    details:
      "It looks in the bucket that PHOTOGRAPH_BUCKET names (of a deployment the output PhotographBucketName), else in that of a running npm start. For an answer less than a minute old it also waits for a photograph that is still to be written.",
    operands: [{ name: "ID", many: true, text: "the prediction_id of the answer" }],
    options: { json },
  },
  train: {
    module: "../train.ts",
    summary:
      "Trains the eye disease model on labelled photographs, measures it on sources left out, and calibrates it.",
    details:
      "It can be interrupted at any time: the same command continues where it stopped; one with other photographs, --start or --seed needs --fresh or another --work. The first time it installs PyTorch, TensorFlow and MLflow (several GB). How it works: models/eye-disease/training/README.md.",
    options: {
      data: {
        type: "string",
        value: "FOLDER",
        path: "file",
        default: "../shared",
        text: "the folder that holds fundus/ and fundus-outside/ with their tables (default: ../shared)",
      },
      work: {
        type: "string",
        value: "FOLDER",
        path: "file",
        default: ".local/training-runs",
        text: "where pixels, checkpoints and output are kept (default: .local/training-runs)",
      },
      start: {
        type: "string",
        value: "FILE",
        path: "file",
        notPath: "imagenet",
        default: "imagenet",
        text: "weights to start from: a .keras file of this training, or imagenet (the default)",
      },
      minutes: {
        type: "number",
        value: "COUNT",
        default: 45,
        range: { above: 0 },
        text: "minutes for the final run (default: 45)",
      },
      "minutes-left-out": {
        type: "number",
        value: "COUNT",
        default: 8,
        range: { from: 0 },
        text: "minutes for each run with a source left out; 0: no such runs (default: 8)",
      },
      seed: {
        type: "number",
        value: "NUMBER",
        default: 0,
        range: { from: 0, to: 4_294_967_295, isWhole: true },
        text: "the seed of every random choice (default: 0)",
      },
      register: {
        type: "boolean",
        text: "register the model in MLflow (MLFLOW_TRACKING_URI, else a running npm start)",
      },
      fresh: { type: "boolean", text: "start over, without what earlier runs left in --work" },
      short: {
        type: "boolean",
        text: "only check that everything works: a run of seconds on generated pictures",
      },
    },
  },
  retrain: {
    module: "../retrain.ts",
    summary: "Trains a version if a training is due, asks the gate about it, and makes it the challenger.",
    details:
      "New labels, drift or time make a training due, as the settings RETRAINING_… say (docs/learning-loop.md). It trains with the kept and labelled photographs in addition to those of --data. For a deployment set MLFLOW_TRACKING_URI, INFERENCE_LOG_BUCKET and PHOTOGRAPH_BUCKET. An interrupted training continues the next time. The version that serves does not change unless RETRAINING_PROMOTE says so.",
    options: {
      now: { type: "boolean", text: "train even if no training is due" },
      program: {
        type: "string",
        value: "COMMAND",
        text: "train with this command instead of models/eye-disease/training: it runs in your folder, is called with --labelled FOLDER --work FOLDER and must write output/model.keras in the second folder",
      },
      data: {
        type: "string",
        value: "FOLDER",
        path: "file",
        default: "../shared",
        text: "the photographs that every training uses, as for npm run train (default: ../shared)",
      },
      work: {
        type: "string",
        value: "FOLDER",
        path: "file",
        default: ".local/retraining",
        text: "where pixels, checkpoints and output are kept until the end (default: .local/retraining)",
      },
      minutes: {
        type: "number",
        value: "COUNT",
        default: 45,
        range: { above: 0 },
        text: "minutes for the training (default: 45)",
      },
      "minutes-left-out": {
        type: "number",
        value: "COUNT",
        default: 0,
        range: { from: 0 },
        text: "minutes for each run with a source left out; 0: no such runs (default: 0)",
      },
      short: {
        type: "boolean",
        text: "only check that everything works: a run of seconds on generated pictures",
      },
      name,
      json,
    },
  },
  evaluate: {
    module: "../evaluate.ts",
    summary: "Measures how good a model is on photographs whose classes are known.",
    details:
      "FOLDER holds photographs as class/file or source/class/file. Each passes through the code of POST /predict; nothing is tracked.",
    operands: [{ name: "FOLDER", path: "file", text: "the labelled photographs" }],
    options: {
      labels: {
        type: "string",
        value: "FILE",
        path: "file",
        text: "a table (.csv or .tsv, with a header line) with the columns file (relative to FOLDER), class, source (camera or clinic) and patient; what it does not say is taken from the path",
      },
      version: {
        type: "string",
        value: "NUMBER",
        text: "a version of the registry (default: the packaged model)",
      },
      model: {
        type: "string",
        value: "FOLDER",
        path: "file",
        text: "a folder with a model and its contract",
      },
      output: {
        type: "string",
        value: "FOLDER",
        path: "file",
        default: ".local/evaluation",
        text: "where evaluation.html, evaluation.json and reference-window.jsonl are written (default: .local/evaluation)",
      },
    },
  },
  demo: {
    module: "../demo.ts",
    summary: "Sends photographs that drift to the running service, and shows the drift report.",
    details: "It needs a running npm start, and takes about a minute.",
    options: {
      drift: {
        type: "string",
        value: "KIND",
        default: "black",
        text: "how the pictures change: black, dark, blur, colour, frame, or same, one picture again and again (default: black)",
      },
      folder: {
        type: "string",
        value: "FOLDER",
        path: "file",
        default: "../shared/fundus",
        text: "photographs to send; if the folder does not exist, variants of the model's sample are sent (default: ../shared/fundus)",
      },
      address: {
        type: "string",
        value: "ADDRESS",
        text: "the service's address (default: http://localhost:PORT)",
      },
    },
  },
  "drift:reference": {
    module: "../drift-reference.ts",
    summary:
      "Makes the predictions of a past period the reference that the scheduled analysis compares with.",
    details:
      "Without one, the reference window that the serving version carries is used: npm run register -- FILE --reference-window FILE. How to choose one: docs/drift.md.",
    options: {
      ...period,
      remove: { type: "boolean", text: "remove the reference; the version's own window is used again" },
      json,
    },
  },
  drift: {
    module: "../drift.ts",
    summary: "Examines the recent predictions for drift now, as the scheduled job does.",
    details:
      "It reads the last predictions of the whole service from the inference log, judges them, writes the report to MLflow and S3, and sends to MLflow the records that only the log has. --from, --to and --last choose a period instead. With --reference and --current it compares two files, without any server. Settings: docs/drift.md.",
    options: {
      count: {
        type: "number",
        value: "NUMBER",
        // A window of more predictions must be a span of time, which is judged by summaries of full hours.
        range: {
          from: 1,
          to: 100_000,
          isWhole: true,
          advice: "for more predictions choose a span of time: --last 30d",
        },
        text: "how many of the latest predictions (default: DRIFT_WINDOW_SIZE, 100)",
      },
      ...period,
      replay: {
        type: "boolean",
        text: "judge every window of --count predictions in the period, one line each, and write nothing",
      },
      reference: {
        type: "string",
        value: "FILE",
        path: "file",
        text: "compare with this file: JSON lines of inference records or of a reference window",
      },
      current: {
        type: "string",
        value: "FILE",
        path: "file",
        text: "judge this file: JSON lines of inference records",
      },
      "fail-on-drift": { type: "boolean", text: "end with exit code 4 when there is drift" },
      json,
    },
  },
  log: {
    module: "../log.ts",
    summary: "Runs SQL over the inference log, the table inference_log; nothing leaves this machine.",
    details:
      "The table contains all records, compacted (Parquet) or not (JSON lines); Athena answers the same SQL, but only over compacted records. The command reads the log of the local stack, or of INFERENCE_LOG_BUCKET. Columns and examples: docs/inference-log.md.",
    operands: [
      {
        name: "SQL",
        text: 'one statement: "SELECT predicted_class, count(*) FROM inference_log GROUP BY predicted_class"',
      },
    ],
    options: {
      since: {
        type: "string",
        value: "WHEN",
        default: "24h",
        text: "how far back to read: 30m, 24h, 7d, or from a day such as 2026-11-25 (default: 24h)",
      },
      json,
    },
  },
  keys: {
    module: "../keys.ts",
    summary: "Lists, adds, rotates or revokes the keys with which callers identify themselves.",
    details:
      "rotate adds a key, by default with the lifetime and the rate of the one before, and lets the other keys of NAME end within a week; revoke ends every key of NAME. A new key is shown only once. Without --stage it works on the local stack, or on the bucket that INFERENCE_LOG_BUCKET names.",
    operands: [
      { name: "ACTION", text: "list, add, rotate or revoke" },
      { name: "NAME", optional: true, text: "whose key: one name per caller, such as clinic-software" },
    ],
    options: {
      days: {
        type: "number",
        value: "COUNT",
        range: { from: 1, to: 3_650 },
        text: "how many days a new key is accepted (default of add: 90)",
      },
      rate: {
        type: "number",
        value: "COUNT",
        range: { from: 0.1, to: 10_000 },
        text: "how many requests per second the new key may make (default of add: KEY_REQUESTS_PER_SECOND)",
      },
      stage: { type: "string", value: "NAME", text: "the keys of this deployment stage on AWS" },
      json,
    },
  },
  package: {
    module: "../package.ts",
    summary: "Writes the CloudFormation template and the archives to .serverless, without credentials.",
    options: packaging,
  },
  deploy: {
    module: "../deploy.ts",
    summary: "Packages the service and deploys it to the AWS account of the credentials in the environment.",
    details:
      "It takes its settings from stages/NAME.env, or from the environment if there is no such file. It shows what will change and what it costs, asks for confirmation, deploys, and asks the deployed address for a prediction; if that fails, it goes back to the earlier deployment. Settings: docs/deploy.md.",
    options: { ...packaging, yes: agreed },
  },
  remove: {
    module: "../remove.ts",
    summary: "Removes a deployment stage from AWS, but keeps its data.",
    details: "It says where the data is, and how a later deployment uses it again.",
    options: { stage: packaging.stage, yes: agreed },
  },
  test: {
    module: "../test.ts",
    summary: "Runs every check of the project.",
    operands: [
      {
        name: "STEP",
        optional: true,
        many: true,
        text: "only these: lint, unit, integration, deployment, conformance, e2e, package",
      },
    ],
  },
  "test:unit": { ...testing, summary: "Runs the unit tests." },
  "test:integration": { ...testing, summary: "Runs the tests against real PostgreSQL, S3 and MLflow." },
  "test:conformance": { ...testing, summary: "Runs the tests of the MLflow client against a real MLflow." },
  "test:e2e": { ...testing, summary: "Runs the tests of the whole service and its pages." },
  "test:deployment": { ...testing, summary: "Runs the tests of a deployment to an emulated AWS." },
  "test:package": { ...testing, summary: "Runs the tests of the packaged functions." },
  "test:mutation": {
    module: "../test-mutation.ts",
    summary: "Changes the code in many small ways, and lists the changes that no unit test notices.",
    details:
      "It takes a quarter of an hour or more. Ends with 1 when the tests notice a smaller share of the changes than the floor demands.",
    operands: [{ name: "FOLDER", optional: true, text: "only this folder of shared/, such as http" }],
  },
  lint: { module: "../test.ts", summary: "Checks format, rules, types and the directions of the code." },
  format: { module: "../format.ts", summary: "Formats the code, and fixes what the rules can fix." },
  audit: {
    module: "../audit.ts",
    summary: "Asks the npm registry whether an advisory concerns a package that is deployed.",
    details:
      "Ends with 1 when one does. When the registry offers no audit or cannot be reached, it says so: then nothing was checked.",
    options: { json },
  },
  release: {
    module: "../release.ts",
    summary: "Moves version, changelog and tag together, in one commit. Nothing is pushed.",
    operands: [{ name: "STEP", text: "major, minor, patch, or a version such as 1.4.0" }],
  },
  bench: {
    module: "../../test/bench/run.ts",
    summary:
      "Measures predictions, the packaged function, models, swaps, drift, the log's compaction and the input checks, and prints tables in Markdown.",
    operands: [
      {
        name: "PART",
        optional: true,
        text: "predict, packaged, models, swap, drift, scale, checks or ab-test (default: all)",
      },
    ],
  },
  fuzz: {
    module: "../../test/fuzz/run.ts",
    summary: "Reads damaged files of every accepted format, and damaged forms, for as long as asked.",
    operands: [{ name: "SECONDS", optional: true, text: "how long (default: 60)" }],
    options: {
      start: {
        type: "string",
        value: "NUMBER",
        text: "the first seed of the random changes (default: 1)",
      },
      judge: {
        type: "string",
        value: "PYTHON",
        path: "program",
        text: "a Python with Pillow and pydicom; it must be able to read every accepted file",
      },
    },
  },
  "generate:kernels": {
    module: "../generate-kernels/generate.ts",
    summary: "Compiles the image kernels' C sources to WebAssembly, with a compiler from PyPI.",
  },
  "generate:mlflow": {
    module: "../generate-mlflow/generate.ts",
    summary: "Generates the MLflow client's document and types from the pinned MLflow.",
    options: {
      docs: {
        type: "boolean",
        text: "also write a copy with MLflow's own comments to .local; it must not be committed",
      },
    },
  },
});
