/** What forward.ts and peer/forward.py write. */
export interface ForwardTimes {
  loadMs: number;
  firstMs: number;
  timesMs: number[];
  /** Resident memory with the engine loaded and no model. */
  engineMb: number;
  /** Resident memory after the runs. */
  rssMb: number;
  /** Highest resident memory. */
  peakMb: number;
  /** The answer, to compare. */
  output: number[];
}
