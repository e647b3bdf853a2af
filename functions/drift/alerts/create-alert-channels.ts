import type { AlertSettings } from "../../../shared/settings/alerts.ts";
import type { AlertChannel } from "./raise-alert.ts";
import { createTopicChannel } from "./topic-channel.ts";
import { createWebhookChannel } from "./webhook-channel.ts";

/** The channels that the settings name. An alert is logged even where there are none. */
export function createAlertChannels({ webhook, topic, snsEndpoint }: AlertSettings): AlertChannel[] {
  return [
    ...(webhook === undefined ? [] : [createWebhookChannel(webhook)]),
    ...(topic === undefined ? [] : [createTopicChannel(topic, snsEndpoint)]),
  ];
}
