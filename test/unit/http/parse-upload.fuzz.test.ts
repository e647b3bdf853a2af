import { expect, it } from "vitest";
import { RequestError } from "../../../shared/errors/request-error.ts";
import { parseUpload } from "../../../shared/http/parse-upload.ts";
import { createHttpEvent } from "../../support/http-events.ts";
import { createForm } from "../../support/multipart.ts";
import { createRandom } from "../../support/random.ts";

const disposition = 'Content-Disposition: form-data; name="file"; filename="eye.jpg"';
const content = "\r\n--test-\0".repeat(20);

/** A form of each kind that clients write. */
const seeds: Buffer[] = [
  createForm([
    { name: "eye", content: "left" },
    { name: "file", fileName: "eye.jpg", contentType: "image/jpeg", content },
  ]).body,
  Buffer.from(["--test-boundary", disposition, "", content, "--test-boundary--", ""].join("\n")),
  Buffer.from(
    [
      ...["Hello", "--test-boundary", disposition.replace("form-data", "attachment")],
      ...[
        "Content-Transfer-Encoding: base64",
        "",
        Buffer.from(content).toString("base64"),
        "--test-boundary",
      ],
    ].join("\r\n"),
  ),
  Buffer.from(
    [
      ...["--test-boundary", disposition.replace("filename", "filename*0*")],
      ...["Content-Transfer-Encoding: quoted-printable", "", "=FF=D8=\r\n=00", "--test-boundary--"],
    ].join("\r\n"),
  ),
];
const contentType = "multipart/form-data; boundary=test-boundary";

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

it("A broken form is parsed or refused, never left hanging", { timeout: 120_000 }, async () => {
  const draw = createRandom(1);
  const random = (below: number) => Math.floor(draw() * below);
  const outcomes = { parsed: 0, refused: 0 };
  for (let i = 0; i < 2_000; i++) {
    let broken = seeds[i % seeds.length] as Buffer;
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

it.each([
  ["boundaries", "\r\n--test-boundary"],
  ["boundaries that are none", "\r\n--test-boundaryx"],
  ["headers", "a: b\r\n"],
  ["blanks", " "],
  ["signs of quoted-printable", "="],
  ["parameters", '; name="file"'],
  ["quotes", '"'],
])("1 MB of %s are refused with little work", { timeout: 120_000 }, async (_, piece) => {
  const filler = piece.repeat(1_000_000 / piece.length);
  const head = `--test-boundary\r\n${disposition}\r\nContent-Transfer-Encoding: quoted-printable`;
  const before = process.cpuUsage();
  for (const body of [
    filler,
    `${head}${filler}`,
    `${head}\r\n\r\n${filler}`,
    `--test-boundary\r\n${filler}`,
  ]) {
    const event = createHttpEvent({ contentType, body: Buffer.from(body) });
    await expect(parseUpload(event, { maxUploadBytes: 10_000 })).rejects.toBeInstanceOf(RequestError);
  }
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1_000, "ms of processor time, for four forms").toBeLessThan(5_000);
});
