/** What stages.ts writes: milliseconds of each stage, one value per prediction. */
export interface StageTimes {
  /** From the start of the process: modules loaded, kept graph loaded, one photograph answered. */
  firstAnswerMs: number;
  decodeMs: number[];
  prepareMs: number[];
  forwardMs: number[];
  recordMs: number[];
  /** Resident memory at the end. */
  rssMb: number;
}
