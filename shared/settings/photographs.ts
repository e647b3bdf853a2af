import * as z from "zod";
import { oneOf } from "./types.ts";

export const keepPolicies = ["none", "labelled", "unsure", "all"] as const;
export type KeepPolicy = (typeof keepPolicies)[number];

/** Which photographs are kept after the answer. None by default: keeping them needs the consent of those shown. */
export const photographSettings = z
  .object({
    KEEP_PHOTOGRAPHS: oneOf(keepPolicies, "none"),
    PHOTOGRAPH_BUCKET: z.string().optional(),
  })
  .refine((v) => v.KEEP_PHOTOGRAPHS === "none" || v.PHOTOGRAPH_BUCKET !== undefined, {
    path: ["PHOTOGRAPH_BUCKET"],
    message: "Expected the name of a bucket for the photographs that KEEP_PHOTOGRAPHS keeps",
  })
  .transform((v) => ({ policy: v.KEEP_PHOTOGRAPHS, bucket: v.PHOTOGRAPH_BUCKET }));
