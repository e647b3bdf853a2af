import type { ComparedVersion, ComparisonReport, ServedPeriod } from "../schemas/comparison-report.ts";
import { compareVersions, type LoggedAnswers } from "./compare-versions.ts";
import { sampleRatioLevel } from "./judge-ab-test.ts";

/** Two outcomes are tested, unsure and wrong answers, each at half of 5 % (Bonferroni). */
export const testLevel = 0.025;
/**
 * Wrong answers are tested in two ways, between the arms and on photographs that both answered, each at half of that.
 */
export const labelTestLevel = testLevel / 2;
/**
 * With a p-value below this one arm was labelled more often than the other, and labels do not say which version is better:
 * clinicians label doubtful answers sooner, of which each version has its own. High, since it costs verdicts only.
 */
const labelRatioLevel = 0.05;

type Judgement = Pick<ComparisonReport, "finding" | "verdict">;
type Facts = Omit<ComparisonReport, keyof Judgement>;
type AbTest = NonNullable<ComparisonReport["ab_test"]>;

/** Compares two versions by their answers in the inference log. */
export function computeLogComparison(
  log: LoggedAnswers,
  versions: readonly [string, string],
  about: Pick<ComparisonReport, "model" | "compared_at" | "period"> & {
    history: ServedPeriod[];
    /** Why the test of the second version was ended, as its tag says. */
    ended: string | undefined;
  },
): ComparisonReport {
  const { ended = null, ...rest } = about;
  const compared = compareVersions(log, versions);
  const facts: Facts = {
    ...rest,
    compared: [...versions],
    ...compared,
    ab_test: compared.ab_test && { ...compared.ab_test, ended },
    photographs: null,
  };
  return { ...facts, ...judge(facts) };
}

function judge(facts: Facts): Judgement {
  const { ab_test: test, paired, compared, versions } = facts;
  return (
    (test && judgeTest(test, compared)) ??
    judgeMissing(versions) ??
    (test === null ? judgeApart(facts, compared) : undefined) ??
    judgeOtherClasses(versions, compared) ??
    (test && judgeWrong(test.wrong, compared)) ??
    (paired && judgePaired(paired, compared)) ??
    (test && judgeUnequalLabels(test, compared)) ??
    (test && judgeUnsure(test.unsure, compared)) ??
    judgeAgreement(facts, compared) ??
    unknown(
      `No difference between version ${compared[1]} and version ${compared[0]} was found yet. That does not prove that there is none.`,
    )
  );
}

type Versions = ComparisonReport["compared"];

const unknown = (verdict: string): Judgement => ({ finding: "unknown", verdict });

/** Undefined when the test goes on and its figures are reliable. */
function judgeTest(test: AbTest, [, second]: Versions): Judgement | undefined {
  if (test.ended !== null)
    return { finding: "test_ended", verdict: `The test of version ${second} was ended: ${test.ended}` };
  if (test.sample_ratio.pValue < sampleRatioLevel) {
    return {
      finding: "unreliable",
      verdict:
        "The arms did not get the intended shares of the traffic: do not rely on the figures of the A/B test.",
    };
  }
  const broken = test.guardrails.filter(({ isBroken }) => isBroken).map(({ text }) => text);
  if (broken.length === 0) return undefined;
  return { finding: "test_ended", verdict: `A guardrail is broken: ${broken.join("; ")}.` };
}

function judgeMissing(versions: Facts["versions"]): Judgement | undefined {
  const silent = versions?.filter(({ answers, shadow_answers }) => answers + shadow_answers === 0) ?? [];
  if (silent.length === 0) return undefined;
  const names = silent.map(({ version }) => `version ${version}`).join(" and ");
  return unknown(
    `There is nothing to compare yet: ${names} answered no photograph in this time, neither a caller's nor in the shadow. ` +
      "A challenger answers from about a minute after it got its alias; GET /health shows whether it is ready.",
  );
}

/** Undefined when there are photographs that both versions answered. */
function judgeApart({ agreement }: Facts, [first, second]: Versions): Judgement | undefined {
  if (agreement !== null) return undefined;
  return unknown(
    `There is nothing to compare: no photograph was answered by both version ${first} and version ${second}, and there was no A/B test ` +
      `of version ${second} against version ${first}. Let both answer a folder: npm run compare -- ${first} ${second} --photographs FOLDER`,
  );
}

/** A version that answered callers has named all its classes; one that answered in the shadow alone, those that it saw. */
function judgeOtherClasses(versions: Facts["versions"], [first, second]: Versions): Judgement | undefined {
  const [one, other] = versions ?? [];
  if (one === undefined || other === undefined) return undefined;
  const listMissing = (known: ComparedVersion, { class_ratio }: ComparedVersion) =>
    known.answers === 0 ? [] : Object.keys(class_ratio).filter((name) => !(name in known.class_ratio));
  const missing = [...listMissing(one, other), ...listMissing(other, one)];
  if (missing.length === 0) return undefined;
  return unknown(
    `Version ${second} and version ${first} do not have the same classes: only one of them has ${missing.join(", ")}. ` +
      "Neither their agreement nor labels can say which of them is better.",
  );
}

/** Whether a test found a difference that is still there: its p-value is of the look with the strongest evidence, maybe an old one. */
const isFound = (
  { pValue, direction }: { pValue: number; direction: number },
  level: number,
  difference: number,
) => pValue <= level && Math.sign(difference) === direction;

/** How much more often the challenger has the outcome. */
const differenceOf = ({ champion, challenger }: AbTest["unsure"]) =>
  (challenger.value ?? 0) - (champion.value ?? 0);

function judgeWrong(wrong: AbTest["wrong"], versions: Versions) {
  if (wrong.sample_ratio.pValue < labelRatioLevel || !isFound(wrong, labelTestLevel, differenceOf(wrong)))
    return undefined;
  return judgeRight(wrong.direction < 0, versions, "clinicians' labels");
}

/** Undefined where both arms were labelled equally often, as far as chance goes. */
function judgeUnequalLabels({ wrong }: AbTest, [first, second]: Versions): Judgement | undefined {
  if (wrong.sample_ratio.pValue >= labelRatioLevel) return undefined;
  return unknown(
    `Answers of version ${second} and of version ${first} were not labelled equally often in the A/B test, so its labels do not say which of them ` +
      "is better: label a random sample of all answers.",
  );
}

function judgePaired(
  { sequential, firstAlone, secondAlone }: NonNullable<Facts["paired"]>,
  versions: Versions,
) {
  if (!isFound(sequential, labelTestLevel, secondAlone - firstAlone)) return undefined;
  return judgeRight(sequential.direction > 0, versions, "clinicians' labels of the same photographs");
}

function judgeRight(isBetter: boolean, [first, second]: Versions, evidence: string): Judgement {
  const finding = isBetter ? "better" : "worse";
  return { finding, verdict: `Version ${second} is ${finding} than version ${first} by ${evidence}.` };
}

function judgeUnsure(unsure: AbTest["unsure"], [first, second]: Versions) {
  if (!isFound(unsure, testLevel, differenceOf(unsure))) return undefined;
  const word = unsure.direction > 0 ? "more" : "less";
  return unknown(
    `Version ${second} is unsure, or calls photographs ungradable, ${word} often than version ${first}; only labels can say which of them is right.`,
  );
}

/** What disagreement alone shows; undefined when the versions never disagree. */
function judgeAgreement({ agreement, differing }: Facts, [first, second]: Versions): Judgement | undefined {
  const share = agreement?.value ?? 1;
  if (share === 1) return undefined;
  const unlabelled = differing.filter(({ label }) => label === null).length;
  return unknown(
    `Version ${second} and version ${first} named the same class for ${(100 * share).toFixed(1)} % of the photographs that both answered. ` +
      (unlabelled > 0
        ? `Which of them is right more often is not known yet: label the others (${unlabelled} listed below have no label).`
        : "Which of them is right more often cannot be told from so few photographs about which they differ."),
  );
}
