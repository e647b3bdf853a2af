import type { APIGatewayRequestAuthorizerEventV2, Context } from "aws-lambda";
import { createKeyCache } from "../../shared/access/key-cache.ts";
import { readKeys } from "../../shared/access/key-store.ts";
import { createThrottle } from "../../shared/access/throttle.ts";
import { openStorage } from "../../shared/aws/open-storage.ts";
import { answerEvent } from "../../shared/runtime/answer-event.ts";
import { startFunction } from "../../shared/runtime/start-function.ts";
import { accessSettings } from "../../shared/settings/access.ts";
import { storageSettings } from "../../shared/settings/storage.ts";
import { createAuthorize } from "./authorize.ts";

const { settings, log, afterResponse } = await startFunction({
  access: accessSettings,
  storage: storageSettings,
});
const { requireLocation } = openStorage(settings.storage);

const authorize = createAuthorize({
  readKeys: createKeyCache({ read: () => readKeys(requireLocation()), log, now: Date.now }),
  throttle: createThrottle(Date.now),
  requestsPerSecond: settings.access.keyRequestsPerSecond,
  log,
  now: Date.now,
});

export const handler = (event: APIGatewayRequestAuthorizerEventV2, { awsRequestId }: Context) =>
  answerEvent(awsRequestId, afterResponse, () => authorize(event));
