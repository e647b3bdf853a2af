import { type DeliveryStream, maximumStreamRecordBytes } from "../../aws/delivery-stream.ts";
import type { LogSink } from "./log-sink.ts";

/**
 * Each write is a record of a Firehose stream, which acknowledges it and delivers many together as one object of the log
 * within its buffer's time. It costs a thirtieth of an object in S3.
 */
export function createFirehoseSink(stream: DeliveryStream): LogSink {
  return {
    maximumBytes: maximumStreamRecordBytes,
    warm: () => stream.warm(),
    write: ({ body }, options) => stream.put(body, options),
  };
}
