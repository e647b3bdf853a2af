import { describe, expect, it } from "vitest";
import { createKeepPhotograph } from "../../../../functions/predict/keep-photograph.ts";
import { decodeImage } from "../../../../shared/image/decoding/decode-image.ts";
import { identifyImage } from "../../../../shared/image/decoding/identify-image.ts";
import { encodePng } from "../../../../shared/image/encode-png.ts";
import type { KeepPolicy } from "../../../../shared/settings/photographs.ts";
import { createHttpEvent } from "../../../support/http-events.ts";
import { createRecordedLog } from "../../../support/recorded-log.ts";

const image = {
  width: 50,
  height: 40,
  data: Uint8Array.from({ length: 6_000 }, (_, i) => (i * 7_919) % 256),
};
const id = "019ac2fb-c4d8-7b51-9a55-0c3a5b0f6c11";

async function keepOne(
  policy: KeepPolicy,
  decision: "confident" | "uncertain" | "ungradable",
  header?: string,
) {
  const kept: string[] = [];
  const keep = createKeepPhotograph({
    policy,
    photographs: {
      keep: async (place, predictionId) => {
        kept.push(`${place} ${predictionId}`);
      },
    },
    log: createRecordedLog(),
  });
  const headers = header === undefined ? {} : { "x-keep-photograph": header };
  await keep(createHttpEvent({ headers }), image, { prediction_id: id, decision });
  return kept;
}

describe("a photograph", () => {
  it.each([
    ["none", "uncertain", []],
    ["labelled", "confident", [`waiting ${id}`]],
    ["unsure", "confident", []],
    ["unsure", "uncertain", [`kept ${id}`]],
    ["unsure", "ungradable", [`kept ${id}`]],
    ["all", "confident", [`kept ${id}`]],
  ] as const)("of the policy %s with a %s answer", async (policy, decision, kept) => {
    expect(await keepOne(policy, decision)).toEqual(kept);
  });

  it("is not kept where the caller refuses", async () => {
    for (const refusal of [" No", "no,no", "no, no", "false", ""])
      expect(await keepOne("all", "confident", refusal), refusal).toEqual([]);
    expect(await keepOne("all", "confident", "yes")).toHaveLength(1);
  });

  it("that S3 does not take is not a failure of the answer", async () => {
    const log = createRecordedLog();
    const keep = createKeepPhotograph({
      policy: "all",
      photographs: { keep: () => Promise.reject(new Error("S3 is down")) },
      log,
    });
    await keep(createHttpEvent(), image, { prediction_id: id, decision: "confident" });
    expect(log.lines).toMatchObject([{ level: "warn" }]);
  });

  it("is kept as its pixels and nothing else, which are decoded to the same bytes", async () => {
    const png = await encodePng(image);
    // Signature, header, pixels, end: no chunk that says anything besides.
    expect(listChunks(png)).toEqual(["IHDR", "IDAT", "IEND"]);
    const photograph = await identifyImage(png, { maxImagePixels: 10_000 });
    for (const side of [undefined, 40, 100]) {
      const decoded = await decodeImage(photograph, side);
      expect([decoded.width, decoded.height]).toEqual([50, 40]);
      expect(Buffer.compare(Buffer.from(decoded.data), Buffer.from(image.data))).toBe(0);
    }
  });
});

function listChunks(png: Buffer): string[] {
  const names: string[] = [];
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at))
    names.push(png.toString("latin1", at + 4, at + 8));
  return [...new Set(names)].filter((name) => name !== "pHYs");
}
