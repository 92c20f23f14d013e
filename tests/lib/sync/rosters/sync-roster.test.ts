import { afterEach, describe, expect, test } from "vitest";
import { expectOutcomesKept } from "#tests/support/course-outcomes.ts";
import { SCOPE } from "#tests/support/platform/index.ts";
import { addCourse, finished, register, startRun } from "#tests/support/installation.ts";
import { useInstallation } from "#tests/support/use-installation.ts";

const { installation, platform } = useInstallation();
afterEach(() => expectOutcomesKept(installation.db));

describe("a roster sync of all courses of a registration", () => {
  test("takes one token and swaps the endpoints for each of 40 courses", async () => {
    const registration = await register(installation, platform);
    const courses = [];
    for (let index = 0; index < 40; index++)
      courses.push(await addCourse(installation, platform, registration, { members: 5 + index }));
    await platform.resetCounts();

    const { id } = await startRun(installation, "roster_sync", { registrationId: registration.id });
    const run = await finished(installation, id);

    expect(run).toMatchObject({ state: "succeeded", total: 40, done: 40, failed: 0 });
    expect(run).toMatchObject({
      tokenCase: "many_courses",
      tokensRequested: 1,
      tokensReused: 0,
      endpointSwaps: 40,
    });
    const requests = await platform.requests({ clientId: registration.clientId, route: "token" });
    expect(requests).toHaveLength(1);
    const members = await installation.db.prisma.membership.count({
      where: { courseId: { in: courses.map(({ course }) => course.id) }, removedAt: null },
    });
    expect(members).toBe(courses.reduce((sum, _course, index) => sum + 5 + index, 0));
    expect(installation.errors).toEqual([]);
  });

  test("records a scope mismatch at the swap, asks nothing of that course, and goes on", async () => {
    const registration = await register(installation, platform, {
      allowedScopes: [SCOPE.memberships],
    });
    const odd = "https://purl.imsglobal.org/spec/lti-nrps/scope/contextgroup.readonly";
    const courses = [];
    for (let index = 0; index < 6; index++)
      courses.push(
        await addCourse(installation, platform, registration, {
          title: `Course ${index}`,
          members: 3,
          announced: index === 2 ? [SCOPE.memberships, odd] : [SCOPE.memberships],
        }),
      );
    const { id } = await startRun(installation, "roster_sync", { registrationId: registration.id });
    const run = await finished(installation, id);

    expect(run).toMatchObject({ state: "partly_succeeded", done: 5, failed: 1, endpointSwaps: 5 });
    const failed = await installation.db.prisma.runCourse.findFirstOrThrow({
      where: { runId: id, state: "failed" },
    });
    expect(failed).toMatchObject({
      courseId: courses[2]!.course.id,
      errorCode: "lti.scope_mismatch",
      errorDetail: { missing: [odd] },
    });
    expect(await platform.requests({ contextId: courses[2]!.contextId })).toEqual([]);
  });
});
