import type { DriftComparison } from "../../schemas/drift-report.ts";

/** A comparison as it is reported, and where it stands among causes: the higher, the earlier. */
export type Comparison = DriftComparison & { rank: number };

/** A comparison before the correction for how many there are. */
export type Uncorrected = Omit<Comparison, "adjusted_p_value" | "severity"> & { isLarge: boolean };
