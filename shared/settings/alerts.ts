import * as z from "zod";
import { httpAddress } from "./types.ts";

/** Who is notified when drift begins and when it ends. */
export const alertSettings = z
  .object({
    /** Address that gets a POST; it may hold a secret. */
    DRIFT_ALERT_WEBHOOK: httpAddress.optional(),
    /** SNS topic that gets a message. */
    DRIFT_ALERT_TOPIC: z
      .string()
      .regex(/^arn:aws[\w-]*:sns:[\w-]+:\d{12}:[\w-]+$/, "Expected the ARN of an SNS topic")
      .optional(),
    AWS_ENDPOINT_URL_SNS: httpAddress.optional(),
  })
  .transform((v) => ({
    webhook: v.DRIFT_ALERT_WEBHOOK,
    topic: v.DRIFT_ALERT_TOPIC,
    snsEndpoint: v.AWS_ENDPOINT_URL_SNS,
  }));
export type AlertSettings = z.output<typeof alertSettings>;
