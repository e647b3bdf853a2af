/** What a drift report says besides the words of its rules and figures, which the report itself holds. */
export interface Words {
  title: string;
  verdict: {
    ok: string;
    drift: (causes: string) => string;
    warning: (causes: string) => string;
    none: string;
    /** @param chosen how the window was chosen, which no prediction fits */
    noneChosen: (chosen: string) => string;
    tooFew: (count: number, minimum: number) => string;
    /** Other versions answered, too, but the reference is that of this one. */
    tooFewOf: (version: string, count: number, minimum: number) => string;
    /** Of the reference window. */
    unread: string;
  };
  next: {
    ok: (count: number) => string;
    /** A value is beyond a limit, but not far from the reference's. */
    expected: (count: number) => string;
    /** The newest prediction is so many days old. */
    old: (days: number) => string;
    /** The newest prediction is old, but the service is called: so many photographs were refused as ungradable. */
    refused: (count: number) => string;
    warning: string;
    drift: string;
    /** Only the time in the model changed. */
    time: string;
    none: string;
    noneChosen: string;
    tooFew: (missing: number) => string;
    /** @param size that the window needs while the A/B test runs */
    tooFewInTest: (size: number) => string;
    /** In a window that no later prediction joins. */
    tooFewChosen: string;
    unread: string;
  };
  /** Several versions answered. */
  versions: (versions: readonly string[]) => string;
  /** Several versions answered, and an older one of them serves. */
  wentBack: (versions: readonly string[], serving: string) => string;
  /** Some of the answers are those of an A/B test's challenger. */
  challengers: (versions: readonly string[]) => string;
  made: (time: string) => string;
  headings: {
    causes: string;
    steps: string;
    indicators: string;
    comparisons: string;
    classes: string;
    latency: string;
    pictures: string;
    leastSure: string;
    accuracy: string;
    realised: string;
    window: string;
  };
  indicator: {
    columns: readonly [string, string, string, string];
    below: (limit: string) => string;
    above: (limit: string) => string;
    drifted: (limit: string) => string;
    /** The value is beyond the limit and far from the reference's, which is given. */
    driftedFrom: (limit: string, value: string) => string;
    ok: (limit: string) => string;
    /** The value is beyond the limit, but not far from the reference's, which is given. */
    expected: (value: string) => string;
    unjudged: string;
  };
  /** The photographs may always have been farther from a reference that comes from elsewhere. */
  ownReference: string;
  comparison: {
    columns: readonly [string, string, string, string, string];
    severity: Record<"ok" | "warning" | "drift", string>;
    source: (count: number, source: string) => string;
    /** The reference shows only what to expect of the limits; nothing else is compared with it. */
    limitsAlone: (count: number, source: string) => string;
    noReference: (reason: string) => string;
    /** Other versions answered, too. */
    judgedOf: (version: string, judged: number, all: number) => string;
    distribution: (title: string) => string;
    reference: string;
    current: string;
  };
  chart: {
    confidence: string;
    confidenceCaption: (limit: string, isPoints: boolean) => string;
    unsureBelow: (limit: string) => string;
    meanLimit: (limit: string) => string;
    mean: (value: string) => string;
    limit: (value: string) => string;
    classes: string;
    latencyCaption: (limit: string, isFar: boolean) => string;
    fromHere: (version: string) => string;
    course: (title: string) => string;
    referenceMean: string;
  };
  leastSure: { caption: string; columns: readonly [string, string, string, string]; none: string };
  accuracy: {
    byConfidence: string;
    byThreshold: string;
    reference: string;
    realised: (count: number) => string;
    realisedColumns: readonly [string, string, string, string];
    realisedNote: string;
    interval: (value: string, low: string, high: string) => string;
    noLabels: string;
    note: string;
    /** The estimates are for the answers of this version, the labels for those of all. */
    ofVersion: (version: string) => string;
    needsLabels: string;
    severalRight: string;
  };
  window: {
    predictions: string;
    predictionsValue: (count: number, size: string, minimum: number) => string;
    count: (count: number) => string;
    span: (from: string, to: string) => string;
    start: string;
    now: string;
    filter: Record<"model_version" | "session" | "deployment", (value: string) => string>;
    first: string;
    last: string;
    refused: string;
    sessions: string;
    versions: string;
    confidence: string;
    below: (limit: string) => string;
    time: string;
    deviation: (mean: string, deviation: string) => string;
    none: string;
    reading: string;
    exact: string;
    summarised: string;
    broken: (count: number) => string;
    incomplete: string;
  };
  footer: string;
  alert: {
    began: (causes: string) => string;
    ended: string;
    since: (time: string) => string;
    look: (advice: string) => string;
    report: (address: string) => string;
    type: (command: string) => string;
  };
}
