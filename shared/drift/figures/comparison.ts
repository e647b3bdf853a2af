import type { DriftComparison } from "../../schemas/drift-report.ts";

/** A comparison as it is reported, and its rank among causes: the higher, the earlier. */
export type Comparison = DriftComparison & { rank: number };

/** A comparison before its p-value is corrected for the number of comparisons. */
export type Uncorrected = Omit<Comparison, "adjusted_p_value" | "severity"> & { isLarge: boolean };
