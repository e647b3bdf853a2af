import { fetchStatus } from "../../scripts/stack/servers/fetch-status.ts";
import { sendSigned } from "../../shared/aws/send-signed.ts";
import { startMinistack } from "./ministack.ts";

const region = "us-east-1";

export type FirehoseEmulator = Awaited<ReturnType<typeof startFirehoseEmulator>>;

/** ministack: it delivers what is put to Firehose, and its Athena answers from the files in its S3. */
export async function startFirehoseEmulator() {
  const addressOf = (port: number) => `http://127.0.0.1:${port}`;
  const { port, stop } = await startMinistack({
    region,
    isReady: async ({ port }) => (await fetchStatus(`${addressOf(port)}/_ministack/health`)) === 200,
  });
  const url = addressOf(port);

  return {
    url,
    region,
    stop,
    /** One call of a service whose protocol is JSON, as `Firehose_20150804.CreateDeliveryStream`. */
    async call(service: string, target: string, parameters: object): Promise<Record<string, unknown>> {
      const credentials = async () => ({ accessKeyId: "test", secretAccessKey: "test" });
      const headers = { "content-type": "application/x-amz-json-1.1", "x-amz-target": target };
      const body = JSON.stringify(parameters);
      const request = {
        method: "POST",
        service,
        region,
        server: new URL(url),
        path: "/",
        headers,
        body,
      } as const;
      return JSON.parse((await sendSigned(request, credentials, 30_000)).body.toString());
    },
    async createBucket(name: string): Promise<void> {
      const credentials = async () => ({ accessKeyId: "test", secretAccessKey: "test" });
      const request = {
        method: "PUT",
        service: "s3",
        region,
        server: new URL(url),
        path: `/${name}`,
      } as const;
      await sendSigned(request, credentials, 30_000);
    },
  };
}
