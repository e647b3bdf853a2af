import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";

/** An S3 server for as many objects as fit on one page, of which it knows the bytes or only the size, all of 2020. */
export async function startSmallS3() {
  const objects = new Map<string, Buffer | number>();
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://s3.test");
    const path = decodeURIComponent(pathname.slice(1));
    const answer = (status: number, body: string | Buffer = "") =>
      response.writeHead(status, { "content-type": "application/xml", etag: '"1"' }).end(body);
    const body = await buffer(request);
    if (request.method === "PUT") {
      objects.set(path, body);
      return answer(200);
    }
    const bucket = `${path.split("/")[0]}/`;
    if (request.method === "POST") {
      for (const [, key] of body.toString().matchAll(/<Key>(.*?)<\/Key>/g)) objects.delete(bucket + key);
      return answer(200, "<DeleteResult/>");
    }
    if (searchParams.has("list-type")) {
      const start = bucket + (searchParams.get("prefix") ?? "");
      const listed = [...objects].filter(([name]) => name.startsWith(start));
      const contents = listed.map(describe).join("");
      return answer(200, `<ListBucketResult><IsTruncated>false</IsTruncated>${contents}</ListBucketResult>`);
    }
    const object = objects.get(path);
    if (object instanceof Buffer) return answer(200, object);
    return answer(404, "<Error><Code>NoSuchKey</Code><Message>none</Message></Error>");
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  return {
    /** By `bucket/key`. */
    objects,
    environment: {
      AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
      AWS_REGION: "us-east-1",
    },
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

function describe([name, object]: [string, Buffer | number]): string {
  const size = object instanceof Buffer ? object.length : object;
  const key = name.slice(name.indexOf("/") + 1);
  return `<Contents><Key>${key}</Key><Size>${size}</Size><LastModified>2020-01-01T00:00:00Z</LastModified></Contents>`;
}
