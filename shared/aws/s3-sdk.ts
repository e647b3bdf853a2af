/**
 * The parts of the AWS SDK that are used, by name. A bundle loads this module on demand; if it loaded the CommonJS
 * package itself on demand, it would see only the default export.
 */
export { DeleteObjectsCommand, GetObjectCommand, ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
