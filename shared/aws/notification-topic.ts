import { ServiceError } from "../errors/service-error.ts";
import { awsDomain } from "./locate-object.ts";
import { createCredentialsProvider, createS3Connection } from "./s3-connection.ts";
import { sendSigned } from "./send-signed.ts";

/** Longest subject of an e-mail that SNS accepts, in characters. */
const longestSubject = 100;

/** SNS could not be reached or refused a message. */
export class NotificationError extends ServiceError {
  constructor(topic: string, cause: unknown) {
    const reason = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
    super("notification_error", `SNS Publish to ${topic} failed (${reason})`, { cause });
  }
}

export interface NotificationTopicOptions {
  /** ARN; requests go to its region. */
  arn: string;
  /** Address of a server that is not AWS's own. */
  endpoint?: string | undefined;
}

/**
 * A topic of Amazon SNS that messages are published to.
 *
 * @example await createNotificationTopic({ arn }).publish("Drift", "What happened", { timeoutMs: 10_000 });
 */
export function createNotificationTopic({ arn, endpoint }: NotificationTopicOptions) {
  const region = arn.split(":")[3] ?? "";
  const resolveCredentials = createCredentialsProvider(createS3Connection({ region }));
  const server = new URL(endpoint ?? `https://sns.${region}.${awsDomain(region)}`);

  return {
    /** @throws NotificationError when SNS cannot be reached or refuses the message */
    async publish(subject: string, message: string, { timeoutMs }: { timeoutMs: number }): Promise<void> {
      const body = new URLSearchParams({
        Action: "Publish",
        Version: "2010-03-31",
        TopicArn: arn,
        Subject: toAscii(subject).slice(0, longestSubject),
        Message: message,
      }).toString();
      try {
        await sendSigned(
          {
            method: "POST",
            service: "sns",
            region,
            server,
            path: "/",
            headers: { "content-type": "application/x-www-form-urlencoded" },
            body,
          },
          resolveCredentials,
          timeoutMs,
        );
      } catch (error) {
        throw new NotificationError(arn, error);
      }
    },
  };
}

/** SNS accepts only printable ASCII in a subject. */
const toAscii = (text: string): string =>
  text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[^\x20-\x7e]/g, "?")
    .trim();
