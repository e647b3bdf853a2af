import type { Words } from "./words.ts";

const countOf = (count: number, singular: string) => `${count} ${count === 1 ? singular : `${singular}s`}`;

export const english: Words = {
  title: "Drift report",
  verdict: {
    ok: "No drift.",
    drift: (causes) => `Drift: ${causes}.`,
    warning: (causes) => `Warning: ${causes}.`,
    none: "Nothing to judge: no prediction was recorded.",
    noneChosen: (chosen) => `Nothing to judge: no prediction fits what was chosen (${chosen}).`,
    tooFew: (count, minimum) => `Too few predictions to judge: ${count} of at least ${minimum}.`,
    tooFewOf: (version, count, minimum) =>
      `Too few predictions by ${version} to judge: ${count} of at least ${minimum}.`,
    unread:
      "Not judged: the reference window could not be read, so what is usual for this version is not known.",
  },
  next: {
    ok: (count) =>
      `Nothing to do: the ${count === 1 ? "prediction is" : `${count} predictions are`} within every limit.`,
    expected: (count) =>
      `Nothing to do: ${count === 1 ? "the prediction is" : `the ${count} predictions are`} as expected from the reference.`,
    old: (days) =>
      `The newest prediction is ${countOf(days, "day")} old: check that the service is called (GET /health).`,
    refused: (count) =>
      `${count === 1 ? "1 photograph has" : `${count} photographs have`} been refused as ungradable since the window's first prediction.`,
    warning: "The change is certain but small. Look at step 1 below before it grows.",
    drift: "Do not trust new answers without a specialist until you know why. Start with step 1 below.",
    time: "Nothing shows that the answers changed; only the time did. Start with step 1 below.",
    none: "Check that the service is called and that its inference log is written (GET /health).",
    noneChosen: "Choose otherwise, or look at what was recorded: npm run log.",
    tooFew: (missing) => `Nothing to do now: the next report judges once there are ${missing} more.`,
    tooFewInTest: (size) =>
      `While the A/B test gives its challenger so many answers no report judges: set DRIFT_WINDOW_SIZE to at least ${size} until it ends.`,
    tooFewChosen: "Nothing to do: more predictions or a longer time can be judged.",
    unread: "Check MLflow and S3 (npm run doctor). A report judges again once the reference can be read.",
  },
  versions: (versions) =>
    `${countOf(versions.length, "model version")} answered in this window (${versions.join(", ")}): see whether the ` +
    "change began with the newer one. If so, go back: npm run rollback.",
  wentBack: (versions, serving) =>
    `${countOf(versions.length, "model version")} answered in this window (${versions.join(", ")}), and ${serving} serves: ` +
    "somebody has gone back already. See whether the change ended with that.",
  challengers: (versions) =>
    `Some of these answers come from the challenger in an A/B test (${versions.join(", ")}): first see what npm run compare says about it. AB_TEST_SHARE=0 ends the test.`,
  made: (time) => `Drift report of the eye disease classifier, made ${time}`,
  headings: {
    causes: "Causes",
    steps: "What to do next",
    indicators: "Limits",
    comparisons: "Compared with the reference",
    classes: "Class mix",
    latency: "Inference time",
    pictures: "The pictures over time",
    leastSure: "The ten least sure answers",
    accuracy: "Accuracy",
    realised: "By clinicians' labels",
    window: "Window",
  },
  indicator: {
    columns: ["Indicator", "Value", "Drift when", "Verdict"],
    below: (limit) => `below ${limit}`,
    above: (limit) => `above ${limit}`,
    drifted: (limit) => `drift: ${limit}`,
    driftedFrom: (limit, value) => `drift: ${limit}, and farther than chance from the reference's ${value}`,
    ok: (limit) => `ok: not ${limit}`,
    expected: (value) => `expected: the reference has ${value}`,
    unjudged: "not judged",
  },
  ownReference:
    "If the photographs of your clinic are always like these, and somebody has looked at the answers, make some usual weeks the reference: " +
    "npm run drift:reference -- --from DATE --to DATE.",
  comparison: {
    columns: ["Figure", "Reference", "Now", "Distance in deviations", "Verdict"],
    severity: { ok: "ok", warning: "certain, no drift", drift: "drift" },
    source: (count, source) => `Compared with ${countOf(count, "prediction")}: ${source}.`,
    limitsAlone: (count, source) =>
      `${countOf(count, "prediction")} say what to expect of this version's limits and accuracy: ${source}. They are not a ` +
      "measure for the pictures and classes of one clinic. To compare those, declare a past period normal: npm run drift:reference -- --from DATE --to DATE.",
    noReference: (reason) =>
      `No reference window, so the fixed limits alone decide: ${reason}. Give one with npm run drift:reference -- --from ` +
      "DATE --to DATE, or with npm run register -- FILE --reference-window FILE.",
    judgedOf: (version, judged, all) =>
      `Only the ${judged} of ${all} predictions that ${version} made are judged beside it.`,
    distribution: (title) => `${title}: how often each value occurs, in the reference and now`,
    reference: "reference",
    current: "now",
  },
  chart: {
    confidence: "Confidence",
    confidenceCaption: (limit, isPoints) =>
      isPoints
        ? `Each point is one prediction, oldest on the left; diamonds are below ${limit}.`
        : "Each point is the mean of a part of the window, oldest on the left.",
    unsureBelow: (limit) => `unsure below ${limit}`,
    meanLimit: (limit) => `limit of mean ${limit}`,
    mean: (value) => `mean ${value}`,
    limit: (value) => `limit ${value}`,
    classes: "How often each class was predicted.",
    latencyCaption: (limit, isFar) =>
      `Time in the model alone. The mean may reach ${limit}: ${isFar ? "far above this chart" : "the dashed line"}.`,
    fromHere: (version) => `from here ${version}`,
    course: (title) => `${title} in each part of the window`,
    referenceMean: "reference",
  },
  leastSure: {
    caption: "The prediction id is in the record and in the answer that the caller got.",
    columns: ["Prediction", "Time", "Class", "Confidence"],
    none: "none",
  },
  accuracy: {
    byConfidence: "Estimated by confidence (CBPE)",
    byThreshold: "Estimated by a threshold (ATC)",
    reference: "On the reference's labels",
    realised: (count) => `By ${countOf(count, "label")} of clinicians`,
    realisedColumns: ["Class", "Labelled as it", "Sensitivity", "Specificity"],
    realisedNote:
      "With 95 % intervals (Wilson). Clinicians label doubtful answers sooner than others, so these figures hold for the labelled answers only.",
    interval: (value, low, high) => `${value} (${low} to ${high})`,
    noLabels: "no labels",
    note: "Estimates without labels, with one standard error: read them as a bracket.",
    ofVersion: (version) =>
      `The estimates are for the answers of ${version}; the labels are of all versions in this window: do not compare the two.`,
    needsLabels: "needs labels in the reference",
    severalRight: "not where several classes can be right",
  },
  window: {
    predictions: "Predictions",
    predictionsValue: (count, size, minimum) => `${count} (${size}, at least ${minimum} to judge)`,
    count: (count) => `the last ${count}`,
    span: (from, to) => `from ${from} to ${to}`,
    start: "the beginning",
    now: "now",
    filter: {
      model_version: (value) => `version ${value}`,
      session: (value) => `session ${value}`,
      deployment: (value) => `deployment ${value}`,
    },
    first: "First",
    last: "Last",
    refused: "Refused as ungradable",
    sessions: "Sessions",
    versions: "Model versions",
    confidence: "Confidence",
    below: (limit) => `Below ${limit}`,
    time: "Inference time",
    deviation: (mean, deviation) => `${mean}, standard deviation ${deviation}`,
    none: "none",
    reading: "Read from",
    exact: "the records themselves",
    summarised: "hour summaries: means are exact, distances to 0.02",
    broken: (count) => `${countOf(count, "line")} of the log could not be read`,
    incomplete:
      "records are missing: there were more than are read at once, or the summary of an hour cannot be read",
  },
  footer:
    "Times are UTC. Standard deviations are of the population (divided by n). A value equal to its limit is not drift. The " +
    "same figures as data: drift-report.json beside this page.",
  alert: {
    began: (causes) => `Drift: ${causes}`,
    ended: "Drift is over: the predictions are back to normal",
    since: (time) => `It began at ${time}.`,
    look: (advice) => `What to look at: ${advice}`,
    report: (address) => `Report: ${address}`,
    type: (command) => `Type next: ${command}`,
  },
};
