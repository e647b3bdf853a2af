import type { IncomingHttpHeaders } from "node:http";

/**
 * The ETag of a response about an object. S3 always sends one; a proxy that answers 200 in its place does not.
 *
 * @throws Error when there is none
 */
export function expectEtag({ etag }: IncomingHttpHeaders): string {
  if (etag === undefined)
    throw new Error("expected an ETag but received a response without one: it is not S3's");
  return etag;
}
