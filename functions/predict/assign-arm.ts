import { createHash } from "node:crypto";
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import type { Experiment } from "../../shared/schemas/inference-record.ts";
import type { Challenger } from "../../shared/serving/challenger.ts";
import type { ChallengerSettings } from "../../shared/settings/challenger.ts";

/** Hexadecimal digits of the hash that are kept: enough to distinguish a hundred million units. */
const unitLength = 16;

/**
 * The arm of an A/B test that a request falls to: by a hash of the key that the client gives in a header, else of the
 * photograph itself, so that whoever asks again is answered by the same version. The version is part of the hash: another
 * challenger divides the keys again.
 *
 * @returns undefined where no test runs
 */
export function assignArm(
  event: APIGatewayProxyEventV2,
  photograph: Uint8Array,
  challenger: Pick<Challenger, "version" | "isTestEnded">,
  { share, keyHeader }: ChallengerSettings,
): Experiment | undefined {
  const version = challenger.version();
  if (share === 0 || version === undefined || challenger.isTestEnded()) return undefined;
  const key = event.headers[keyHeader];
  const hash = createHash("sha256")
    .update(`${version}\n`)
    .update(key ?? photograph)
    .digest();
  // 48 bits are as fine as any share.
  const isChallenger = hash.readUIntBE(0, 6) / 2 ** 48 < share;
  return {
    challenger_version: version,
    arm: isChallenger ? "challenger" : "champion",
    share,
    unit: hash.subarray(6).toString("hex").slice(0, unitLength),
  };
}
