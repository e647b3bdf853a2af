/** One odd picture may break a sound model; more failures in a row than this mean that the version cannot answer. */
const toleratedFailures = 2;

/** Counts how often in a row a version has failed. */
export interface AnswerWatch {
  /** Another version serves from now on. */
  restart(): void;
  answered(): void;
  /** The model failed at a picture. Returns whether it has failed too often in a row. */
  failed(): boolean;
}

export function createAnswerWatch(): AnswerWatch {
  let failures = 0;
  const restart = () => {
    failures = 0;
  };
  return {
    restart,
    answered: restart,
    failed() {
      failures += 1;
      return failures > toleratedFailures;
    },
  };
}
