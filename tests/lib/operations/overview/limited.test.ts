import { afterAll, beforeAll, expect, test } from "vitest";
import { keepPeople } from "#lib/db/search/keep-people.ts";
import { askerFor, type Asker } from "#lib/operations/caller.ts";
import { getActivity } from "#lib/operations/overview/activity.ts";
import { getOverview } from "#lib/operations/overview/overview.ts";
import { search } from "#lib/operations/search/search.ts";
import { GONE, openCourseStage, type CourseStage } from "#tests/support/course-stage.ts";
import { startInstallation, type Installation } from "#tests/support/installation.ts";
import { callerOf } from "#tests/support/launching.ts";

let installation: Installation;
let own: CourseStage;
let limited: Asker;

beforeAll(async () => {
  installation = await startInstallation({ isWorker: false });
  own = await openCourseStage(installation.db);
  await fill(own, "Own");
  const access = {
    rights: ["read", "read:names", "runs:write"] as const,
    registrationIds: [own.registrationId],
  };
  const actor = { kind: "operator", id: "op-1", name: "Kim", email: "kim@example.edu" } as const;
  limited = askerFor({ ...callerOf(installation), actor: { ...actor, access } });
});
afterAll(() => installation.stop());

const DAYS_AGO = (days: number) => new Date(Date.now() - days * 86_400_000);

/** Something of every kind that the overview and the finder know, all of it named by the mark. */
async function fill(stage: CourseStage, mark: string): Promise<string[]> {
  const { prisma } = installation.db;
  const { registrationId, courseIds } = stage;
  const [first, second, third] = courseIds as [string, string, string];
  const url = `https://${mark.toLowerCase()}.example.edu`;
  await prisma.registration.update({
    where: { id: registrationId },
    data: { name: `${mark} University`, issuer: url },
  });
  for (const id of courseIds)
    await prisma.course.update({ where: { id }, data: { title: `Biology of ${mark}` } });
  const hold = await stage.heldIn(first);
  const failed = await stage.ended({ courseId: second }, { ...GONE, errorMessage: mark });
  await prisma.course.update({
    where: { id: third },
    data: { rosterSyncedAt: DAYS_AGO(9), rosterState: null, provedAt: new Date() },
  });
  const lineItem = await prisma.lineItem.create({
    data: { courseId: third, url: `${url}/l/1`, label: `Quiz of ${mark}`, scoreMaximum: 10 },
  });
  await prisma.score.createMany({
    data: (["rejected", "conflict", "pending"] as const).map((state) => ({
      lineItemId: lineItem.id,
      userId: `${mark}-${state}`,
      scoreGiven: 1,
      activityProgress: "Completed",
      gradingProgress: "FullyGraded",
      timestamp: new Date(),
      state,
      errorCode: "lti.request_rejected",
      errorMessage: mark,
      runId: failed,
    })),
  });
  await prisma.proofCount.create({ data: { courseId: third, total: 9, open: 2 } });
  const verified = await stage.ended(
    { kind: "verify", courseId: second },
    { ...GONE, errorMessage: mark },
  );
  await prisma.runBatch.create({
    data: { runId: failed, position: 0, size: 7, sent: 5, rejected: 2, finishedAt: new Date() },
  });
  const deployment = await prisma.deployment.create({
    data: { registrationId, deploymentId: `${mark}-9`, label: mark, state: "pending" },
  });
  const origin = await prisma.serviceOrigin.create({
    data: { registrationId, origin: `${url}:8443`, state: "pending", source: "typed" },
  });
  const schedule = await prisma.schedule.create({
    data: {
      registrationId,
      kind: "roster_sync",
      cron: "0 2 * * *",
      timeZone: "UTC",
      createdBy: mark,
    },
  });
  await prisma.tokenRequest.create({
    data: { registrationId, reason: "first", durationMs: 5, requestedScopes: [] },
  });
  await prisma.membership.create({
    data: {
      courseId: third,
      userId: `ada-${mark}`,
      name: "Ada Lovelace",
      email: `ada@${mark}.edu`,
      roles: [],
    },
  });
  while (await keepPeople(installation.db, { waitMs: 0 }));
  const { runId: running } = await stage.begun({ courseId: third });
  return [
    registrationId,
    ...courseIds,
    hold.id,
    hold.runId,
    failed,
    verified,
    running,
    lineItem.id,
    deployment.id,
    origin.id,
    schedule.id,
  ];
}

const QUERIES = ["biology", "university", "quiz", "ada", "example", "foreign", "https://foreign"];

async function allThatIsShown(queries: string[]) {
  const { engine: _, ...overview } = await getOverview(limited);
  return {
    overview,
    activity: await Promise.all(
      (["24h", "7d", "30d"] as const).map((period) => getActivity(limited, { period })),
    ),
    found: await Promise.all(queries.map((q) => search(limited, { q }))),
  };
}

test("who is limited to a registration sees of the overview and the finder what is of it", async () => {
  const { overview, activity, found } = await allThatIsShown(QUERIES);
  expect(overview).toMatchObject({ isLimited: true, courses: 3, registrations: 1, running: 1 });
  expect(overview).toMatchObject({ scoresRejected: 1, scoresInConflict: 1, scoresPending: 1 });
  expect(new Set(overview.attention.map(({ kind }) => kind))).toEqual(
    new Set([
      "hold",
      "pending_deployment",
      "pending_origin",
      "conflict",
      "difference",
      "rejected",
      "failure",
      "unverified",
      "stale",
    ]),
  );
  expect(activity[0]).toMatchObject({
    registrations: [{ registrationId: own.registrationId }],
    upcoming: [{ registrationId: own.registrationId }],
    causes: [{ code: "lti.token_refused", runs: 2 }],
  });
  const last = activity[0]!.steps.at(-1)!;
  expect(last).toMatchObject({ scores: 5, tokenRequests: 1 });
  const kinds = found.flatMap(({ items }) => items.map(({ kind }) => kind));
  expect(new Set(kinds)).toEqual(new Set(["course", "registration", "line_item", "person"]));
});

test("nothing of another registration appears there: no name, no ID, and in no count", async () => {
  const foreign = await openCourseStage(installation.db);
  const before = await allThatIsShown(QUERIES);
  const ids = await fill(foreign, "Foreign");
  const after = await allThatIsShown(QUERIES);
  expect(after).toEqual(before);

  const byId = await allThatIsShown(ids);
  const shown = JSON.stringify([after, byId]);
  expect(shown).not.toMatch(/foreign/i);
  for (const id of ids) expect(shown).not.toContain(id);
  expect(byId.found.every(({ items }) => items.length === 0)).toBe(true);

  // It is there, for who may see it.
  const everywhere = JSON.stringify(await getOverview(callerOf(installation)));
  expect(everywhere).toMatch(/Foreign University/);
  expect((await search(callerOf(installation), { q: ids[0]! })).items).toHaveLength(1);
});

test("keys are no matter of who is limited, and operators are not found", async () => {
  const { prisma } = installation.db;
  await prisma.user.create({ data: { id: "op-2", name: "Kim Park", email: "park@example.edu" } });
  expect((await search(limited, { q: "park" })).items).toEqual([]);
  expect((await getOverview(limited)).attention.map(({ kind }) => kind)).not.toContain("key");
});
