import type { ComparisonReport, ServedPeriod } from "../contracts/comparison-report.ts";
import { compareVersions, type LoggedAnswers } from "./compare-versions.ts";

/** Two outcomes are tested, unsure and wrong answers: each at half of 5 % (Bonferroni). */
export const testLevel = 0.025;
/** Below it the arms did not get the share that was asked for. */
const sampleRatioLevel = 0.001;

type Facts = Omit<ComparisonReport, "verdict">;

/** A report on two versions by what the inference log has of them. */
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
  return { ...facts, verdict: judge(facts, versions) };
}

function judge(facts: Facts, [first, second]: readonly [string, string]): string {
  const { ab_test: test, versions, paired } = facts;
  const subject = `Version ${second}`;
  const broken = test?.guardrails.filter(({ isBroken }) => isBroken) ?? [];
  if (test?.ended) return `The test of version ${second} was ended: ${test.ended}`;
  if (broken.length > 0) return `A guardrail is broken: ${broken.map(({ text }) => text).join("; ")}.`;
  if (test !== null && test.sample_ratio.pValue < sampleRatioLevel)
    return "The arms did not get the intended shares of the traffic: do not rely on the figures of the A/B test.";
  if (versions?.some(({ answers, shadow_answers }) => answers + shadow_answers === 0))
    return `${subject} and version ${first} cannot be compared yet: one of them has not answered in this time.`;
  return (
    judgeWrong(facts, subject, first) ??
    judgePaired(paired, subject, first) ??
    judgeUnsure(facts, subject, first) ??
    judgeAgreement(facts, subject, first) ??
    `No difference between version ${second} and version ${first} was found yet. That does not prove that there is none.`
  );
}

function judgeWrong({ ab_test: test, versions }: Facts, subject: string, first: string): string | undefined {
  if (test === null || test.wrong.pValue > testLevel || versions === null) return undefined;
  const [usual, tried] = versions.map(({ realised }) => realised.accuracy.value ?? 0);
  return `${subject} is ${(tried ?? 0) > (usual ?? 0) ? "better" : "worse"} than version ${first} by clinicians' labels.`;
}

function judgePaired(paired: Facts["paired"], subject: string, first: string): string | undefined {
  if (paired === null || paired.sequential.pValue > testLevel) return undefined;
  return `${subject} is ${paired.secondAlone > paired.firstAlone ? "better" : "worse"} than version ${first} by clinicians' labels of the same photographs.`;
}

/** Versions that disagree differ, whoever is right. */
function judgeAgreement({ agreement }: Facts, subject: string, first: string): string | undefined {
  const share = agreement?.value ?? 1;
  if (share === 1) return undefined;
  return (
    `${subject} and version ${first} named the same class for ${(100 * share).toFixed(1)} % of the photographs that both answered. ` +
    "Which of them is better is not known yet: labels of the others can say it."
  );
}

function judgeUnsure({ ab_test: test, versions }: Facts, subject: string, first: string): string | undefined {
  if (test === null || test.unsure.pValue > testLevel || versions === null) return undefined;
  const [usual, tried] = versions.map(({ unsure }) => unsure.value ?? 0);
  return `${subject} is unsure ${(tried ?? 0) > (usual ?? 0) ? "more" : "less"} often than version ${first}; only labels can say which of them is right.`;
}
