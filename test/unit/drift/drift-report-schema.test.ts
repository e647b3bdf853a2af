import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, it } from "vitest";
import * as z from "zod";
import { computeDriftReport } from "../../../shared/drift/drift-report.ts";
import { driftReportSchema } from "../../../shared/schemas/drift-report.ts";
import { simulateRecords } from "../../bench/drift/simulated-clinic.ts";
import { defaultDriftSettings } from "../../support/prediction-records.ts";

const schema = z.toJSONSchema(driftReportSchema);

it("is published as it is: docs/drift-report.schema.json is the JSON Schema of driftReportSchema", () => {
  expect(JSON.parse(readFileSync("docs/drift-report.schema.json", "utf8"))).toEqual(
    JSON.parse(JSON.stringify(schema)),
  );
});

it("describes a report with a reference", () => {
  const clinic = { photographsPerPatient: 2, sharedPart: 0.5 };
  const report = computeDriftReport(simulateRecords(100, clinic, 1), defaultDriftSettings, new Date(), {
    source: "simulated",
    rows: simulateRecords(200, clinic, 2),
  });
  const validate = new Ajv2020({ strict: false }).compile(schema);
  expect(validate(JSON.parse(JSON.stringify(report))), JSON.stringify(validate.errors)).toBe(true);
  expect(validate({ ...report, verdict: "perhaps" })).toBe(false);
});
