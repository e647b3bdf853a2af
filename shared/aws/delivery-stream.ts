import { ServiceError } from "../errors/service-error.ts";
import { awsDomain } from "./locate-object.ts";
import { createCredentialsProvider, createS3Connection } from "./s3-connection.ts";
import { sendSigned } from "./send-signed.ts";

/** Largest record in bytes that Firehose accepts. */
export const maximumStreamRecordBytes = 1_000 * 1_024;

/** Firehose could not be reached or refused a record; the message names the stream and the reason. */
export class DeliveryStreamError extends ServiceError {
  constructor(stream: string, cause: unknown) {
    const reason = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
    super("delivery_stream_error", `Firehose PutRecord to ${stream} failed (${reason})`, { cause });
  }
}

export interface DeliveryStreamOptions {
  name: string;
  region: string;
  /** Address of a server that is not AWS's own. */
  endpoint?: string | undefined;
}

export type DeliveryStream = ReturnType<typeof createDeliveryStream>;

/** A stream of Amazon Data Firehose. */
export function createDeliveryStream({ name, region, endpoint }: DeliveryStreamOptions) {
  const resolveCredentials = createCredentialsProvider(createS3Connection({ region }));
  const server = new URL(endpoint ?? `https://firehose.${region}.${awsDomain(region)}`);

  return {
    /** Prepares for the first `put`: looks up the credentials, which may take a request of its own. */
    async warm(): Promise<void> {
      await resolveCredentials({ mustRenew: false });
    },

    /**
     * Resolves once Firehose has the record, which it keeps until it is delivered.
     *
     * @param data at most 1,000 KiB; one record may hold several lines
     * @throws DeliveryStreamError when Firehose cannot be reached or refuses the record
     */
    async put(data: string, { timeoutMs }: { timeoutMs: number }): Promise<void> {
      const request = {
        method: "POST",
        service: "firehose",
        region,
        server,
        path: "/",
        headers: {
          "content-type": "application/x-amz-json-1.1",
          "x-amz-target": "Firehose_20150804.PutRecord",
        },
        body: JSON.stringify({
          DeliveryStreamName: name,
          Record: { Data: Buffer.from(data).toString("base64") },
        }),
      } as const;
      try {
        const { body } = await sendSigned(request, resolveCredentials, timeoutMs);
        if (!/"RecordId"/.test(body.toString()))
          throw new Error("expected a RecordId but received another response with status 200");
      } catch (error) {
        throw new DeliveryStreamError(name, error);
      }
    },
  };
}
