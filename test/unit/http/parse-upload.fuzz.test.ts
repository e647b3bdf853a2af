import { expect, it } from "vitest";
import { RequestError } from "../../../shared/errors/request-error.ts";
import { parseUpload } from "../../../shared/http/parse-upload.ts";
import { createHttpEvent } from "../../support/http-events.ts";
import { createForm } from "../../support/multipart.ts";

const { contentType, body } = createForm([
  { name: "eye", content: "left" },
  { name: "file", fileName: "eye.jpg", contentType: "image/jpeg", content: "\r\n--test-\0".repeat(20) },
]);

/** The same whole numbers in every run: a linear congruential generator (Numerical Recipes, section 7.1). */
function createRandom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** A form with a byte changed, a piece lost, cut off or repeated. */
function breakForm(form: Buffer, random: (below: number) => number): Buffer {
  const at = random(form.length);
  switch (random(4)) {
    case 0:
      return Buffer.concat([form.subarray(0, at), Buffer.of(random(256)), form.subarray(at + 1)]);
    case 1:
      return Buffer.concat([form.subarray(0, at), form.subarray(at + random(20))]);
    case 2:
      return form.subarray(0, at + 1);
    default:
      return Buffer.concat([form.subarray(0, at), form.subarray(random(form.length))]);
  }
}

it("A broken form is parsed or refused, never left hanging", async () => {
  const random = createRandom(1);
  const outcomes = { parsed: 0, refused: 0 };
  for (let i = 0; i < 2_000; i++) {
    let broken: Buffer = body;
    for (let damages = 1 + random(4); damages > 0; damages--) broken = breakForm(broken, random);
    try {
      await parseUpload(createHttpEvent({ contentType, body: broken }), { maxUploadBytes: 10_000 });
      outcomes.parsed += 1;
    } catch (error) {
      expect(error).toBeInstanceOf(RequestError);
      outcomes.refused += 1;
    }
  }
  expect(outcomes.parsed).toBeGreaterThan(100);
  expect(outcomes.refused).toBeGreaterThan(100);
});
