import * as z from "zod";
import { flag } from "./types.ts";

/** Whether clinicians' labels are taken by the API. */
export const labelSettings = z
  .object({ ENABLE_LABELS: flag(false) })
  .transform((v) => ({ areTaken: v.ENABLE_LABELS }));
