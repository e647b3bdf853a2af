import { type DeliveryStream, maximumStreamRecordBytes } from "../../aws/delivery-stream.ts";
import type { LogSink } from "./log-sink.ts";

/**
 * Each write is one record of a Firehose stream, which acknowledges it and, within the stream's buffer time, delivers
 * many records as one object of the log. A write costs a thirtieth of an object in S3.
 */
export function createFirehoseSink(stream: DeliveryStream): LogSink {
  return {
    maximumBytes: maximumStreamRecordBytes,
    warm: () => stream.warm(),
    write: ({ body }, options) => stream.put(body, options),
  };
}
