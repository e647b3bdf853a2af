import * as z from "zod";
import { demoKeyName, replaceKey } from "../../shared/access/own-keys.ts";
import type { StoreLocation } from "../../shared/aws/store-location.ts";
import { dayLengthMs } from "../../shared/time/durations.ts";
import { StackError } from "../stack/stack-error.ts";

/** More requests per second than two at a time can be. */
const ownKey = { name: demoKeyName, validMs: dayLengthMs, requestsPerSecond: 1_000 };
const timeoutMs = 10_000;

const documentSchema = z.object({
  components: z.object({
    securitySchemes: z.object({ caller: z.object({ name: z.string().optional() }) }).optional(),
  }),
});

/**
 * Returns the headers with which the demo identifies itself to a service: none or a new key, as the service's own document asks for.
 *
 * @param location where the service keeps its keys
 * @throws StackError when the service does not answer, or wants tokens or signatures, which others give
 */
export async function findCredentials(
  address: string,
  location: StoreLocation,
): Promise<Record<string, string>> {
  const response = await fetch(`${address}/openapi.json`, { signal: AbortSignal.timeout(timeoutMs) }).catch(
    (error: Error) => {
      throw new StackError(`${address} does not answer (${error.message}). Start it first: npm start`);
    },
  );
  const document = documentSchema.safeParse(await response.json().catch(() => undefined)).data;
  const securitySchemes = document?.components.securitySchemes;
  if (securitySchemes === undefined) return {};
  if (securitySchemes.caller.name === "X-Api-Key") return { "x-api-key": await replaceKey(location, ownKey) };
  throw new StackError(
    "Expected a service whose AUTH is none or key but received one that takes tokens or AWS signatures, which the demo cannot make",
  );
}
