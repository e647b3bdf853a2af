import { createNotificationTopic } from "../../../shared/aws/notification-topic.ts";
import type { AlertChannel } from "./raise-alert.ts";

const timeoutMs = 10_000;

/** Publishes an alert to an SNS topic, from where it goes to whoever has subscribed: e-mail, SMS, a queue. */
export function createTopicChannel(arn: string, endpoint: string | undefined): AlertChannel {
  const topic = createNotificationTopic({ arn, endpoint });
  return {
    name: "topic",
    send: ({ subject, text }) => topic.publish(subject, text, { timeoutMs }),
  };
}
