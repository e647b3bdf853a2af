import { expect, test } from "vitest";
import { deriveSigningKey, encodeSegment, signRequest } from "../../../shared/aws/sign-request.ts";

const credentials = {
  accessKeyId: "AKIAIOSFODNN7EXAMPLE",
  secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
};

test("signs AWS's own example of a PUT as AWS does", () => {
  // https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html, "PUT Object"
  const { authorization } = signRequest(
    {
      method: "PUT",
      path: `/${encodeSegment("test$file.text")}`,
      headers: {
        host: "examplebucket.s3.amazonaws.com",
        date: "Fri, 24 May 2013 00:00:00 GMT",
        "x-amz-storage-class": "REDUCED_REDUNDANCY",
      },
      body: "Welcome to Amazon S3.",
    },
    { credentials, service: "s3", region: "us-east-1", nowMs: Date.UTC(2013, 4, 24) },
  );

  expect(authorization).toBe(
    "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request," +
      "SignedHeaders=date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class," +
      "Signature=98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd",
  );
});

test("derives AWS's own example of a signing key", () => {
  // https://docs.aws.amazon.com/general/latest/gr/signature-v4-examples.html
  const key = deriveSigningKey("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "20150830", "us-east-1", "iam");
  expect(key.toString("hex")).toBe("c4afb1cc5771d871763a393e44b703571b55cc28424d1a5e86da6ed3c154a4b9");
});

test("takes a new key for another day, region or secret", () => {
  const request = { method: "PUT", path: "/key", headers: { host: "h" }, body: "" };
  const nowMs = Date.UTC(2026, 10, 28);
  const signatures = [
    { credentials, service: "s3", region: "us-east-1", nowMs },
    { credentials, service: "s3", region: "us-east-1", nowMs: nowMs + 86_400_000 },
    { credentials, service: "s3", region: "sa-east-1", nowMs },
    { credentials: { ...credentials, secretAccessKey: "other" }, service: "s3", region: "us-east-1", nowMs },
    { credentials: { ...credentials, sessionToken: "token" }, service: "s3", region: "us-east-1", nowMs },
    { credentials, service: "s3", region: "us-east-1", nowMs },
  ].map((signing) => signRequest(request, signing).authorization);

  expect(new Set(signatures).size).toBe(5);
  expect(signatures[5]).toBe(signatures[0]);
});

test("encodes what encodeURIComponent leaves as it is", () => {
  expect(encodeSegment("a b'(c)*!~-_.ç")).toBe("a%20b%27%28c%29%2A%21~-_.%C3%A7");
});
