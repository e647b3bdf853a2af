import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { parseUpload } from "../../shared/http/parse-upload.ts";
import { type Outcome, tryReading } from "./fuzz-pictures.ts";

const boundary = "----fuzz";

/** A form with a text field before the photograph and one after it. */
export const formSeed = (photograph: Uint8Array): Buffer => {
  const part = (head: string) => `--${boundary}\r\nContent-Disposition: form-data; ${head}\r\n\r\n`;
  return Buffer.concat([
    Buffer.from(`${part('name="note"')}left eye\r\n`),
    Buffer.from(part('name="file"; filename="photograph.jpg"\r\nContent-Type: image/jpeg')),
    photograph,
    Buffer.from(`\r\n${part('name="last"')}1\r\n--${boundary}--\r\n`),
  ]);
};

/** Reads one form's body as `POST /predict` does. */
export const tryForm = (body: Uint8Array): Promise<Outcome> => {
  const event = {
    headers: { "content-type": `multipart/form-data; boundary=${boundary}` },
    body: Buffer.from(body).toString("base64"),
    isBase64Encoded: true,
  };
  return tryReading(() =>
    parseUpload(event as unknown as APIGatewayProxyEventV2, { maxUploadBytes: 1024 * 1024 }),
  );
};
