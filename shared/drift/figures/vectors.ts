import { decodeFeatureProjection } from "../../schemas/feature-projection.ts";
import type { Language } from "../../schemas/language.ts";
import { createRandom } from "../../statistics/repeatable-random.ts";
import {
  computeAutocorrelationTime,
  computeCommonAutocorrelationTime,
} from "../statistics/autocorrelation-time.ts";
import { compareByKernel } from "../statistics/maximum-mean-discrepancy.ts";
import type { ComparedWindow } from "../window/analysed-window.ts";
import type { Uncorrected } from "./comparison.ts";
import type { ComparedRecord } from "./figure.ts";

/**
 * A discrepancy this far above chance is drift, a smaller one a warning. It is about half a standard deviation in every
 * direction.
 */
const driftExcess = 0.08;

/**
 * Several numbers of a record that are compared together, because two windows can differ in them although no single
 * number does.
 */
interface Vector {
  name: string;
  rank: number;
  /** Whether the numbers mean the same in every version. */
  isOfAnyVersion: boolean;
  read: (record: ComparedRecord, labels: readonly string[]) => readonly number[] | undefined;
  texts: Record<Language, { title: string; happened: string; advice: string }>;
}

const vectors: readonly Vector[] = [
  {
    name: "feature_projection",
    rank: 4,
    isOfAnyVersion: false,
    read: (record) => decode(record.feature_projection),
    texts: {
      en: {
        title: "The model's features",
        happened: "the model sees pictures that differ from those of the reference",
        advice:
          "If a picture measure changed too, begin there. Otherwise compare some of the newest photographs with old ones: " +
          "another camera, different patients, a finding that the model was not trained on.",
      },
      pt: {
        title: "Características do modelo",
        happened: "o modelo vê imagens diferentes das da referência",
        advice:
          "Se uma medida da imagem também mudou, comece por ela. Senão, compare fotografias novas com antigas: outra câmera, " +
          "outros pacientes, um achado que não estava no treino.",
      },
    },
  },
  {
    name: "probabilities",
    rank: 1,
    isOfAnyVersion: true,
    read: ({ probabilities }, labels) => labels.map((label) => probabilities[label] ?? 0),
    texts: {
      en: {
        title: "All probabilities together",
        happened: "the answers are distributed differently than in the reference",
        advice:
          "See which class and which picture measure changed; compare the version that serves: npm run models.",
      },
      pt: {
        title: "Todas as probabilidades juntas",
        happened: "as respostas têm outra distribuição que na referência",
        advice: "Veja qual classe e qual medida da imagem mudou; compare a versão em uso: npm run models.",
      },
    },
  },
];

/**
 * Compares whole records, by their features and by all probabilities, with maximum mean discrepancy.
 *
 * @param others how many other comparisons the p-values are corrected with
 */
export function compareVectors(
  reference: ComparedWindow,
  current: ComparedWindow,
  { language, minimumRecords, others }: { language: Language; minimumRecords: number; others: number },
): Uncorrected[] {
  return vectors.flatMap(({ name, rank, isOfAnyVersion, read, texts }) => {
    const version = versionOf(current.rows.at(-1));
    const readAll = (window: ComparedWindow) =>
      window.rows
        .filter((row) => isOfAnyVersion || versionOf(row) === version)
        .map((row) => read(row, reference.labels))
        .filter((row) => row !== undefined);
    const [expected, actual] = ofOneLength(readAll(reference), readAll(current));
    if (Math.min(expected.length, actual.length) < minimumRecords) return [];
    // Twice, because a block that is cut anywhere parts neighbours at both its ends (chosen by npm run bench -- drift).
    const { discrepancy, excess, pValue } = compareByKernel(expected, actual, {
      blockLength: 2 * computeBlockLength(expected, actual, current.isBinned),
      comparisons: others + vectors.length,
      // The same seed on every run, so that repeating a report gives the same one.
      random: createRandom(expected.length * 31 + actual.length),
    });
    return {
      ...{ name, rank, unit: "none" as const, direction: "higher" as const },
      ...{ reference_mean: null, current_mean: null, histogram: null },
      scores: { maximum_mean_discrepancy: discrepancy },
      p_value: pValue,
      isLarge: excess >= driftExcess,
      ...texts[language],
    };
  });
}

const decode = (text: string | undefined): readonly number[] | undefined =>
  text === undefined ? undefined : [...decodeFeatureProjection(text)];

const versionOf = (row: ComparedRecord | undefined) =>
  row?.model_version ?? (row?.model && `${row.model.name}/${row.model.version}`);

/** Features of another version may have another length, and then they cannot be compared. */
function ofOneLength(reference: (readonly number[])[], current: (readonly number[])[]) {
  const length = current.at(-1)?.length;
  const fits = (row: readonly number[]) => row.length === length;
  return [reference.filter(fits), current.filter(fits)] as const;
}

/**
 * How many neighbours belong together: the longest autocorrelation time of any of the numbers. Rows of a random sample are
 * no neighbours, so beside one the reference alone counts.
 */
function computeBlockLength(
  reference: readonly (readonly number[])[],
  current: readonly (readonly number[])[],
  isSample: boolean,
): number {
  const width = reference[0]?.length ?? 0;
  const times = Array.from({ length: width }, (_, column) => {
    const read = (rows: readonly (readonly number[])[]) => rows.map((row) => row[column] as number);
    const time = computeAutocorrelationTime(read(reference));
    return isSample ? time : computeCommonAutocorrelationTime(time, read(current));
  });
  return Math.max(1, ...times);
}
