import type { APIGatewayRequestAuthorizerEventV2 } from "aws-lambda";
import { findKey, type StoredKey } from "../../shared/access/api-key.ts";
import type { Throttle } from "../../shared/access/throttle.ts";
import type { KeyCaller } from "../../shared/http/caller.ts";
import type { Log } from "../../shared/schemas/log.ts";

export interface AuthorizeDependencies {
  readKeys(): Promise<StoredKey[]>;
  throttle: Throttle;
  /** The limit of keys that have none of their own. */
  requestsPerSecond: number;
  log: Log;
  /** Milliseconds since 1970. */
  now: () => number;
}

export interface Authorization {
  isAuthorized: boolean;
  context?: KeyCaller;
}

/**
 * Says whether the key of a request is known and valid, and whose it is. A caller that asks too often passes with a note: an
 * authorizer can only allow or refuse, so the function behind it responds with 429.
 */
export function createAuthorize(dependencies: AuthorizeDependencies) {
  const { readKeys, throttle, requestsPerSecond, log, now } = dependencies;

  return async ({ headers }: APIGatewayRequestAuthorizerEventV2): Promise<Authorization> => {
    const key = findKey(await readKeys(), headers?.["x-api-key"] ?? "", now());
    if (key === undefined) {
      log.info("Key refused");
      return { isAuthorized: false };
    }
    // By name, so that a second key of the same caller brings no second allowance.
    const isTooOften = !throttle.take(key.name, key.requests_per_second ?? requestsPerSecond);
    return {
      isAuthorized: true,
      context: { principal: key.name, key_id: key.id, too_often: String(isTooOften) },
    };
  };
}
