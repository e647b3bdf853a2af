import { describe, expect, it } from "vitest";
import { UsageError } from "../../../../scripts/cli/parse-command-line.mjs";
import { moveChangelog, nextVersion } from "../../../../scripts/release/move-changelog.ts";

const head = "# Changelog\n\n";

describe("moveChangelog", () => {
  it("gives the unreleased changes their version and day", () => {
    expect(moveChangelog(`${head}## [Unreleased]\n\n### Added\n- A\n`, "0.2.0", "2026-12-01")).toBe(
      `${head}## [Unreleased]\n\n## [0.2.0] - 2026-12-01\n\n### Added\n- A\n`,
    );
  });

  it("leaves earlier releases as they are, below it", () => {
    const older = "## [0.1.0] - 2026-11-01\n\n- Old\n";
    expect(moveChangelog(`${head}## [Unreleased]\n\n- New\n\n${older}`, "0.2.0", "2026-12-01")).toBe(
      `${head}## [Unreleased]\n\n## [0.2.0] - 2026-12-01\n\n- New\n\n${older}`,
    );
  });

  it.each([`${head}## [Unreleased]\n`, `${head}## [Unreleased]\n\n## [0.1.0] - 2026-11-01\n\n- Old\n`, head])(
    "refuses a changelog without unreleased changes",
    (changelog) => {
      expect(() => moveChangelog(changelog, "0.2.0", "2026-12-01")).toThrow(/Expected/);
    },
  );
});

describe("nextVersion", () => {
  it.each([
    ["patch", "1.2.4"],
    ["minor", "1.3.0"],
    ["major", "2.0.0"],
    ["1.10.0", "1.10.0"],
  ])("%s", (step, expected) => expect(nextVersion("1.2.3", step)).toBe(expected));

  it.each(["1.2.3", "1.2.2", "0.9.9", "1.2", "next", "1.2.4-rc.1"])("refuses %s as mistyped", (step) => {
    const next = () => nextVersion("1.2.3", step);
    expect(next).toThrow(UsageError);
    expect(next).toThrow(`received ${step}`);
  });
});
