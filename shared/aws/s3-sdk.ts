/**
 * Of the AWS SDK what is used, by name: a bundle loads this module on demand, and of a CommonJS package that is imported on
 * demand it would see the default export alone.
 */
export { DeleteObjectsCommand, GetObjectCommand, ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
