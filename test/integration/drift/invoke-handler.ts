/** Started by run-handler.ts: invokes the drift function and sends what it gives back. */
import { createLambdaContext } from "../../support/http-events.ts";

const aheadMs = Number(process.env.TEST_CLOCK_AHEAD_MS ?? 0);
const systemNow = Date.now;
Date.now = () => systemNow() + aheadMs;

const { handler } = await import("../../../functions/drift/handler.ts");
const outcome = await handler({ source: "aws.events" }, createLambdaContext());
process.send?.(outcome, () => process.disconnect());
