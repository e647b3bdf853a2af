import { expect, it } from "vitest";
import { readNpmAudit } from "../../../../scripts/audit/read-npm-audit.ts";

it("lists what a registry knows, and by which way it reaches the project", () => {
  const title = "Prototype Pollution in minimist";
  const url = "https://example.org/GHSA-vh95-rmgr-6w4m";
  const report = {
    auditReportVersion: 2,
    vulnerabilities: {
      minimist: {
        ...{ name: "minimist", severity: "moderate", isDirect: false, range: "<0.2.1" },
        ...{ via: [{ source: 1, title, url, severity: "moderate" }], fixAvailable: true },
      },
      mkdirp: {
        ...{ name: "mkdirp", severity: "moderate", isDirect: true, range: "0.4.1 - 0.5.1" },
        ...{ via: ["minimist"], fixAvailable: { name: "mkdirp", version: "1.0.4", isSemVerMajor: true } },
      },
      left: { name: "left", severity: "high", range: "*", via: [], fixAvailable: false },
    },
  };
  expect(readNpmAudit(JSON.stringify(report))).toEqual({
    isChecked: true,
    advisories: [
      {
        package: "minimist",
        range: "<0.2.1",
        severity: "moderate",
        titles: [`${title} ${url}`],
        isFixed: true,
      },
      {
        ...{ package: "mkdirp", range: "0.4.1 - 0.5.1", severity: "moderate" },
        ...{ titles: ["through minimist"], isFixed: true },
      },
      { package: "left", range: "*", severity: "high", titles: [], isFixed: false },
    ],
  });
  expect(readNpmAudit('{"auditReportVersion":2,"vulnerabilities":{}}')).toEqual({
    isChecked: true,
    advisories: [],
  });
});

it.each([
  [
    '{"message":"405 Method Not Allowed - POST","statusCode":405,"error":{}}',
    "405 Method Not Allowed - POST",
  ],
  ["connect ECONNREFUSED", "connect ECONNREFUSED"],
  ["", "npm wrote nothing"],
  ["[]", "npm wrote []"],
])("never takes an answer that is not a report for one without advisories: %s", (output, reason) => {
  expect(readNpmAudit(output)).toEqual({ isChecked: false, reason });
});
