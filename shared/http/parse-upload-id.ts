import type { APIGatewayProxyEventV2 } from "aws-lambda";
import * as z from "zod";
import { RequestError } from "../errors/request-error.ts";

const uploadIdSchema = z.uuid();

/**
 * The id of an uploaded photograph, when a request names one instead of bringing a photograph: JSON, `{"upload_id": "…"}`.
 *
 * @returns undefined when the request brings something else
 * @throws RequestError 400 for an id that `POST /uploads` never gives
 */
export function parseUploadId(event: APIGatewayProxyEventV2): string | undefined {
  if (!/^application\/json\b/i.test(event.headers["content-type"] ?? "")) return undefined;
  const text = Buffer.from(event.body ?? "", event.isBase64Encoded ? "base64" : "utf8").toString();
  const given = readField(text);
  if (given === undefined) return undefined;
  const id = uploadIdSchema.safeParse(given);
  if (id.success) return id.data.toLowerCase();
  throw new RequestError(
    "invalid_request",
    "Expected the upload_id that POST /uploads gave but received something else",
  );
}

function readField(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && "upload_id" in value ? value.upload_id : undefined;
  } catch {
    return undefined;
  }
}
