import { expect, test } from "vitest";
import { framersOf } from "#lib/operations/launches/session/framing.ts";
import { requireLaunchSession } from "#lib/operations/launches/session/launch-session.ts";
import { claim, INSTRUCTOR, ISSUER, startLaunchStage } from "#tests/support/launching.ts";
import { useInstallation } from "#tests/support/use-installation.ts";

const { installation, platform } = useInstallation();
const SCHOOL = "https://school.lms.example.com";

async function launched(claims: Record<string, unknown>) {
  const stage = await startLaunchStage(installation, platform);
  const login = await stage.login();
  const outcome = await stage.launch(login, await stage.token(login, { claims }));
  return { ...stage, outcome };
}

const AT_A_SCHOOL = {
  [claim("roles")]: [INSTRUCTOR],
  [claim("launch_presentation")]: { return_url: `${SCHOOL}/courses/1/return` },
};

test("a launched page may be framed by its registration's platform and by what its launch names", async () => {
  const { outcome } = await launched(AT_A_SCHOOL);
  expect(outcome.framedBy).toEqual(expect.arrayContaining([ISSUER, SCHOOL]));
  expect(new Set(outcome.framedBy).size).toBe(outcome.framedBy.length);
});

test("what a launch names of one school does not hold for the launch of another", async () => {
  await launched(AT_A_SCHOOL);
  const { outcome } = await launched({ [claim("roles")]: [INSTRUCTOR] });
  expect(outcome.framedBy).toContain(ISSUER);
  expect(outcome.framedBy).not.toContain(SCHOOL);
});

test("an address that is no web address frames nothing", async () => {
  const { outcome } = await launched({
    [claim("roles")]: [INSTRUCTOR],
    [claim("tool_platform")]: { guid: "1", url: "https://x; script-src *" },
    [claim("launch_presentation")]: { return_url: "javascript:alert(1)" },
  });
  for (const origin of outcome.framedBy) expect(origin).toBe(new URL(origin).origin);
  expect(outcome.framedBy.join()).not.toMatch(/[;\s*]|javascript/);
});

test("the web server learns who frames a session's page by a name that opens nothing", async () => {
  const { outcome, caller, now } = await launched(AT_A_SCHOOL);
  if (outcome.kind !== "course") throw new Error(outcome.kind);
  const { launch, framedBy } = outcome;
  expect(await framersOf(caller, { launch })).toEqual(framedBy);
  await expect(requireLaunchSession(caller, launch)).rejects.toThrow("expired");
  for (const other of ["", "made-up", "0".repeat(64), `${launch}0`])
    expect(await framersOf(caller, { launch: other })).toEqual([]);
  now.at = new Date(now.at.getTime() + 9 * 3_600_000);
  expect(await framersOf(caller, { launch })).toEqual([]);
});
