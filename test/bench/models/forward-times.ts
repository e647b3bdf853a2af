/** What forward.ts and peer/forward.py write. */
export interface ForwardTimes {
  loadMs: number;
  firstMs: number;
  timesMs: number[];
  /** Resident memory with the engine loaded and no model, in Node after the smallest graph has run. */
  engineMb: number;
  /** Resident memory after the runs. */
  rssMb: number;
  /** Highest resident memory. */
  peakMb: number;
  /** The answer, to compare. */
  output: number[];
}
