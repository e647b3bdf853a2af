import { createHash } from "node:crypto";
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import type { AbTestAssignment } from "../../shared/schemas/inference-record.ts";
import type { Challenger } from "../../shared/serving/challenger/challenger.ts";
import type { ChallengerSettings } from "../../shared/settings/challenger.ts";

/** How many hexadecimal digits of the hash are kept, enough to distinguish a hundred million units. */
const unitLength = 16;

/**
 * Assigns a request to an arm of the A/B test by a hash of the key in the client's header, else of the photograph itself, so
 * that the same key or photograph is always answered by the same version. The challenger's version is part of the hash, so
 * that another challenger divides the keys anew.
 *
 * @returns undefined when no test is running
 */
export function assignArm(
  event: APIGatewayProxyEventV2,
  photograph: Uint8Array,
  challenger: Pick<Challenger, "version" | "mayAnswerCallers">,
  { share, keyHeader }: ChallengerSettings,
): AbTestAssignment | undefined {
  const version = challenger.version();
  if (share === 0 || version === undefined || !challenger.mayAnswerCallers()) return undefined;
  // A client sends an empty key for every patient that it does not know; they must not all be one unit.
  const key = event.headers[keyHeader]?.trim();
  const hash = createHash("sha256")
    .update(`${version}\n`)
    .update(key || photograph)
    .digest();
  // 48 bits are fine enough for any share.
  const isChallenger = hash.readUIntBE(0, 6) / 2 ** 48 < share;
  return {
    challenger_version: version,
    arm: isChallenger ? "challenger" : "champion",
    share,
    unit: hash.subarray(6).toString("hex").slice(0, unitLength),
  };
}
