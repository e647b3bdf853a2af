import { LogFormatter, Logger, LogItem } from "@aws-lambda-powertools/logger";
import type { LogAttributes, LogLevel, UnformattedAttributes } from "@aws-lambda-powertools/logger/types";
import type { Log } from "../schemas/log.ts";
import { currentInvocation } from "./invocation.ts";

/**
 * A log that writes one JSON object per line, each with the request id and, once there is one, the prediction id.
 *
 * @example const log = createLogger({ functionName: "predict", level: "INFO" });
 */
export function createLogger(options: { functionName: string; level: LogLevel }): Log {
  const logger = new Logger({
    serviceName: options.functionName,
    logLevel: options.level,
    logFormatter: new InvocationLogFormatter(),
  });
  return {
    debug: (message, details = {}) => logger.debug(message, details),
    info: (message, details = {}) => logger.info(message, details),
    warn: (message, details = {}) => logger.warn(message, details),
    error: (message, details = {}) => logger.error(message, details),
  };
}

class InvocationLogFormatter extends LogFormatter {
  override formatAttributes(attributes: UnformattedAttributes, details: LogAttributes): LogItem {
    const invocation = currentInvocation();
    return new LogItem({
      attributes: {
        level: attributes.logLevel,
        message: attributes.message,
        timestamp: this.formatTimestamp(attributes.timestamp),
        function_name: attributes.serviceName,
        request_id: invocation?.requestId,
        prediction_id: invocation?.predictionId,
        cold_start: invocation?.coldStart,
        xray_trace_id: attributes.xRayTraceId,
      },
    }).addAttributes(details);
  }
}
