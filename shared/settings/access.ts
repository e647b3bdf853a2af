import * as z from "zod";
import { numberBetween, oneOf } from "./types.ts";

export const authModes = ["none", "key", "jwt", "iam"] as const;
export type AuthMode = (typeof authModes)[number];

/** Who may call the routes that `needsCaller` names. */
export const accessSettings = z
  .object({
    AUTH: oneOf(authModes, "none"),
    AUTH_JWT_ISSUER: z
      .string()
      .regex(
        /^(https:\/\/|http:\/\/(localhost|127\.0\.0\.1)[:/])\S+$/,
        "Expected the issuer's https address, exactly as in the claim iss of its tokens",
      )
      .optional(),
    AUTH_JWT_AUDIENCE: z.string().optional(),
    KEY_REQUESTS_PER_SECOND: numberBetween(0.1, 10_000, 20),
  })
  .superRefine((v, context) => {
    if (v.AUTH !== "jwt") return;
    for (const name of ["AUTH_JWT_ISSUER", "AUTH_JWT_AUDIENCE"] as const) {
      if (v[name]) continue;
      const message = "Expected a value where AUTH is jwt but received none";
      context.addIssue({ code: "custom", path: [name], message });
    }
  })
  .transform((v) => ({
    mode: v.AUTH,
    jwt: {
      issuer: v.AUTH_JWT_ISSUER ?? "",
      audiences: (v.AUTH_JWT_AUDIENCE ?? "").split(",").map((audience) => audience.trim()),
    },
    /** Limit of keys that have none of their own. */
    keyRequestsPerSecond: v.KEY_REQUESTS_PER_SECOND,
  }));
export type AccessSettings = z.output<typeof accessSettings>;
