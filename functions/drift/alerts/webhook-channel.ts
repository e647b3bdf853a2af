import { ServiceError } from "../../../shared/errors/service-error.ts";
import type { AlertChannel } from "./raise-alert.ts";

const timeoutMs = 10_000;

/**
 * Posts an alert as JSON. Slack, Mattermost and Teams show `text`; programs read the other fields.
 *
 * @param address may hold a secret, so messages name only its host
 */
export function createWebhookChannel(address: string): AlertChannel {
  const { host } = new URL(address);
  return {
    name: "webhook",
    async send(alert) {
      const response = await fetch(address, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(alert),
        redirect: "error",
        signal: AbortSignal.timeout(timeoutMs),
      }).catch((error: Error) => {
        const reason = error.cause instanceof Error ? error.cause.message : error.name;
        throw new ServiceError("webhook_failed", `${host} cannot be reached (${reason})`);
      });
      await response.body?.cancel();
      if (!response.ok) throw new ServiceError("webhook_failed", `${host} answered ${response.status}`);
    },
  };
}
