import { afterEach, describe, expect, it, vi } from "vitest";
import { notePrediction, runInvocation } from "../../../shared/runtime/invocation.ts";
import { createLogger } from "../../../shared/runtime/logger.ts";

const lines: Record<string, unknown>[] = [];
const keep = (text: unknown) => {
  lines.push(JSON.parse(String(text)));
};
vi.spyOn(process.stdout, "write").mockImplementation((text) => Boolean(keep(text)) || true);
vi.spyOn(process.stderr, "write").mockImplementation((text) => Boolean(keep(text)) || true);

const log = createLogger({ functionName: "predict", level: "INFO" });
afterEach(() => {
  lines.length = 0;
});

describe("a log line", () => {
  it("is one JSON object with the ids of its own request, also where requests overlap", async () => {
    const serve = (requestId: string, predictionId: string) =>
      runInvocation(requestId, async () => {
        await Promise.resolve();
        notePrediction(predictionId);
        await Promise.resolve();
        log.info("Predicted", { confidence: 91.2 });
      });
    await Promise.all([serve("request-1", "prediction-1"), serve("request-2", "prediction-2")]);
    expect(lines).toMatchObject([
      { function_name: "predict", request_id: "request-1", prediction_id: "prediction-1", confidence: 91.2 },
      {
        function_name: "predict",
        request_id: "request-2",
        prediction_id: "prediction-2",
        message: "Predicted",
      },
    ]);
  });

  it("has no request id where no event is answered", () => {
    log.info("Loading the model");
    expect(lines).toHaveLength(1);
    expect(lines[0]).not.toHaveProperty("request_id");
  });

  it("carries an error with its causes", () => {
    log.error("Failed", { error: new Error("outer", { cause: new Error("inner") }) });
    expect(lines[0]).toMatchObject({ error: { message: "outer", cause: { message: "inner" } } });
  });

  it("stays one line whatever a caller sent", () => {
    log.info("Refused", { detail: 'name\n{"level":"ERROR"}\r\u001b[31m' });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({ level: "INFO", detail: 'name\n{"level":"ERROR"}\r\u001b[31m' });
  });

  it("below the level is not written", () => {
    log.debug("Detail");
    expect(lines).toHaveLength(0);
  });
});
