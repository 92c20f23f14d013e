import { expect, test } from "vitest";
import { getLaunchedCourse } from "#lib/operations/launches/record/launched-course.ts";
import { gradedCourse, startGradeSync } from "#tests/support/grading.ts";
import { finished, register, startRun } from "#tests/support/installation.ts";
import { callerOf, PUBLIC_URL } from "#tests/support/launching.ts";
import { launchThrough } from "#tests/support/launch-through.ts";
import { useInstallation } from "#tests/support/use-installation.ts";

const { installation, platform } = useInstallation();

test("an instructor's page shows proof and differences, by name only where the launch told one", async () => {
  const registration = await launchable();
  const made = await gradedCourse(installation, platform, { scores: 3, registration });
  const { course, contextId, lineItem, userIds } = made;
  await finished(installation, (await startGradeSync(installation, made)).id);
  const userId = userIds[1]!;
  await platform.overrideResult({ lineItem: lineItem.url, userId, resultScore: 61.5 });
  const target = { registrationId: course.registrationId, courseId: course.id };
  await finished(installation, (await startRun(installation, "verify", target)).id);
  const person = { courseId: course.id, userId, name: "Cleo Learner", roles: [] };
  await installation.db.prisma.membership.create({ data: person });

  const opened = () => launched(registration, contextId);
  expect(await opened()).toMatchObject({
    proof: { total: 3, proven: 2, open: 1, unproven: 0, provedAt: expect.any(String) },
    differences: [
      {
        person: "Cleo Learner",
        column: lineItem.label,
        ours: "1 of 100",
        platforms: "61.5 of 100",
        title: "Changed on the platform",
      },
    ],
    differencesTotal: 1,
    consoleUrl: `${PUBLIC_URL}/courses/${course.id}/proof`,
  });
  await platform.misbehave({ kind: "launch_claims", contextId, remove: ["name"] });
  expect((await opened()).differences).toMatchObject([{ person: userId }]);
});

test("a sync of all courses is told by what it came to in the one that was opened", async () => {
  const registration = await launchable();
  const [read, broken] = [
    await gradedCourse(installation, platform, { scores: 1, registration }),
    await gradedCourse(installation, platform, { scores: 1, registration }),
  ];
  const { contextId } = broken;
  await platform.misbehave({ kind: "wrong_context", route: "memberships", contextId });
  const target = { registrationId: registration.id };
  const run = await finished(
    installation,
    (await startRun(installation, "roster_sync", target)).id,
  );
  expect(run.state).toBe("partly_succeeded");
  const [own] = (await launched(registration, read.contextId)).runs;
  expect(own).toMatchObject({ id: run.id, state: "succeeded", message: null });
  const [other] = (await launched(registration, broken.contextId)).runs;
  expect(other).toMatchObject({ id: run.id, state: "failed", message: expect.any(String) });
});

async function launchable() {
  const registration = await register(installation, platform);
  const { clientId } = registration;
  const [known] = (await platform.registrations()).filter((each) => each.clientId === clientId);
  await platform.addRegistration({
    ...known!,
    loginUrl: `${PUBLIC_URL}/lti/login`,
    launchUrl: `${PUBLIC_URL}/lti/launch`,
  });
  return registration;
}

async function launched(registration: Awaited<ReturnType<typeof launchable>>, contextId: string) {
  const caller = callerOf(installation);
  const outcome = await launchThrough({ caller, platform, registration }, { contextId });
  if (outcome.kind !== "course") throw new Error(outcome.kind);
  return getLaunchedCourse(caller, { sessionToken: outcome.sessionToken });
}
