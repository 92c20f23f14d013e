import { expect, test } from "vitest";
import { endLaunch } from "#lib/operations/launches/session/launch-session.ts";
import { getLaunchedCourse } from "#lib/operations/launches/record/launched-course.ts";
import {
  archiveRegistration,
  restoreRegistration,
} from "#lib/operations/registrations/registrations.ts";
import { claim, INSTRUCTOR, startLaunchStage } from "#tests/support/launching.ts";
import { useInstallation } from "#tests/support/use-installation.ts";

const { installation, platform } = useInstallation();

async function launched() {
  const stage = await startLaunchStage(installation, platform);
  const login = await stage.login();
  const claims = { [claim("roles")]: [INSTRUCTOR] };
  const outcome = await stage.launch(login, await stage.token(login, { claims }));
  if (outcome.kind !== "course") throw new Error(outcome.kind);
  const { sessionToken } = outcome;
  const look = () =>
    getLaunchedCourse(stage.caller, { sessionToken }).then(
      () => "open",
      (error: { code: string }) => error.code,
    );
  return { ...stage, sessionToken, look };
}

test("who signs out of a launched page has closed it, and nobody else's", async () => {
  const [mine, theirs] = [await launched(), await launched()];
  expect(await mine.look()).toBe("open");
  await endLaunch(mine.caller, mine);
  expect(await mine.look()).toBe("operation.not_signed_in");
  expect(await theirs.look()).toBe("open");
  // Twice is no error.
  await endLaunch(mine.caller, mine);
});

test("a launched page ends with its registration, and does not come back with it", async () => {
  const { caller, registration, look } = await launched();
  const { id: registrationId } = registration;
  await archiveRegistration(caller, { registrationId });
  expect(await look()).toBe("operation.not_signed_in");
  await restoreRegistration(caller, { registrationId });
  expect(await look()).toBe("operation.not_signed_in");
});

test("one that was opened while its registration was archived is not open either", async () => {
  const { look, registration } = await launched();
  await installation.db.prisma.registration.update({
    where: { id: registration.id },
    data: { archivedAt: new Date() },
  });
  expect(await look()).toBe("operation.not_signed_in");
});

test("a launched page is open for a working day at most", async () => {
  const { look, now } = await launched();
  now.at = new Date(now.at.getTime() + 7.9 * 3_600_000);
  expect(await look()).toBe("open");
  now.at = new Date(now.at.getTime() + 0.2 * 3_600_000);
  expect(await look()).toBe("operation.not_signed_in");
});
