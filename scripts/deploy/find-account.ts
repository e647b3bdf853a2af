import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";

/**
 * Asks AWS whose credentials the environment holds.
 *
 * @returns the account's number
 * @throws Error that says what to do when there are no credentials, AWS refuses them, or the region cannot be reached
 */
export async function findAccount(region: string): Promise<string> {
  const sts = new STSClient({
    region,
    maxAttempts: 2,
    requestHandler: { connectionTimeout: 5_000, requestTimeout: 10_000 },
  });
  try {
    const { Account } = await sts.send(new GetCallerIdentityCommand({}));
    if (Account === undefined) throw new Error("AWS named no account");
    return Account;
  } catch (error) {
    throw new Error(explain(error as Error, region), { cause: error });
  } finally {
    sts.destroy();
  }
}

function explain({ name, message }: Error, region: string): string {
  switch (name) {
    case "CredentialsProviderError":
      return `Expected credentials of an AWS account but found none (${message}). Set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.`;
    case "ExpiredToken":
    case "ExpiredTokenException":
      return `AWS says that the credentials have expired. Log in again.`;
    case "InvalidClientTokenId":
    case "SignatureDoesNotMatch":
    case "AccessDenied":
      return `AWS refuses the credentials: ${message}`;
    default:
      return `AWS cannot be reached in the region ${region}: ${message}. Is AWS_REGION a region that the account uses?`;
  }
}
