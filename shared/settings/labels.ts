import * as z from "zod";
import { flag } from "./types.ts";

/** Whether the API accepts clinicians' labels. */
export const labelSettings = z
  .object({ ENABLE_LABELS: flag(false) })
  .transform((v) => ({ areTaken: v.ENABLE_LABELS }));
