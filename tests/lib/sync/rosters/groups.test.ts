import { afterAll, beforeAll, expect, test } from "vitest";
import type { Course } from "#lib/db/generated/client.ts";
import { SCOPE } from "#lib/lti/index.ts";
import { listGroups } from "#lib/operations/groups/groups.ts";
import { listMembers } from "#lib/operations/rosters/members.ts";
import { listCourseRosterChanges } from "#lib/operations/rosters/changes.ts";
import {
  addCourse,
  finished,
  register,
  startInstallation,
  startRun,
  type Installation,
} from "#tests/support/installation.ts";
import { callerOf } from "#tests/support/launching.ts";
import { startPlatform, type PlatformClient } from "#tests/support/platform/index.ts";
import { ALL_SCOPES, GROUPS_SCOPE } from "#tests/support/platform/wire.ts";

let installation: Installation;
let platform: PlatformClient;
beforeAll(async () => {
  [installation, platform] = await Promise.all([startInstallation(), startPlatform()]);
});
afterAll(async () => {
  await installation.stop();
  await platform.stop();
});

const SCOPES = [...ALL_SCOPES, GROUPS_SCOPE];
const GROUPS = [
  { id: "red", name: "Red", setId: "labs" },
  { id: "blue", name: "Blue", setId: "labs", tag: "early" },
  { id: "all", name: "Everybody" },
];

async function stage(given: { allowedScopes?: string[]; pageSize?: number } = {}) {
  const { allowedScopes = SCOPES } = given;
  const registration = await register(installation, platform, { allowedScopes });
  const member = (userId: string, groups?: string[]) => ({ userId, name: userId, groups });
  const made = await addCourse(installation, platform, registration, {
    scopes: SCOPES,
    groups: GROUPS,
    groupSets: [{ id: "labs", name: "Lab groups" }],
    members: [member("u-1", ["red", "all"]), member("u-2", ["blue"]), member("u-3", [])],
  });
  return { ...made, sync: () => sync(made.course) };
}

async function sync(course: Course) {
  const { id: courseId, registrationId } = course;
  return finished(
    installation,
    (await startRun(installation, "roster_sync", { registrationId, courseId })).id,
  );
}

const caller = () => callerOf(installation);
const groupsOf = async (courseId: string) => (await listGroups(caller(), { courseId })).items;
async function membersOf(courseId: string, filter: object = {}) {
  const { items } = await listMembers(caller(), { courseId, sort: "userId", ...filter });
  return items.map(({ userId, groupIds }) => [userId, groupIds]);
}

test("groups, their sets and who is in them come with the roster", async () => {
  const { course, sync } = await stage();
  expect(await sync()).toMatchObject({ state: "succeeded" });
  expect(await groupsOf(course.id)).toEqual([
    { id: "all", name: "Everybody", tag: null, setId: null, setName: null, members: 1 },
    { id: "blue", name: "Blue", tag: "early", setId: "labs", setName: "Lab groups", members: 1 },
    { id: "red", name: "Red", tag: null, setId: "labs", setName: "Lab groups", members: 1 },
  ]);
  expect(await membersOf(course.id)).toEqual([
    ["u-1", ["all", "red"]],
    ["u-2", ["blue"]],
    ["u-3", []],
  ]);
  expect(await membersOf(course.id, { groupId: "red" })).toEqual([["u-1", ["all", "red"]]]);
});

test("who changes groups is a change of the roster, and of nothing else", async () => {
  const { course, contextId, sync } = await stage();
  await sync();
  await platform.changeRoster({ contextId, update: [{ userId: "u-2", groups: ["red", "blue"] }] });
  expect(await sync()).toMatchObject({ membersChanged: 1, membersAdded: 0 });
  const { items } = await listCourseRosterChanges(caller(), { courseId: course.id });
  expect(items.filter(({ kind }) => kind === "changed")).toMatchObject([
    { userId: "u-2", fields: [{ field: "groupIds", from: "blue", to: "blue, red" }] },
  ]);
  expect(await sync()).toMatchObject({ membersChanged: 0 });
});

test("a platform that refuses the groups gives its roster all the same, and the run says so", async () => {
  const { course, sync } = await stage();
  const address = `${course.groupsUrl}/nothing`;
  await installation.db.prisma.course.update({
    where: { id: course.id },
    data: { groupsUrl: address },
  });
  const run = await sync();
  expect(run.state).toBe("succeeded");
  const events = await installation.db.prisma.runEvent.findMany({ where: { runId: run.id } });
  expect(events.map(({ kind }) => kind)).toContain("groups.unread");
  expect(await groupsOf(course.id)).toEqual([]);
  expect(await membersOf(course.id)).toHaveLength(3);
});

test("a token that does not cover groups reads the roster all the same, and the run says so", async () => {
  const { course, sync } = await stage({ allowedScopes: [...ALL_SCOPES] });
  const run = await sync();
  expect(run.state).toBe("succeeded");
  const where = { runId: run.id, kind: "groups.unread" };
  expect(await installation.db.prisma.runEvent.count({ where })).toBe(1);
  expect(await membersOf(course.id)).toHaveLength(3);
});

test("a course whose platform announced no groups is not asked for any", async () => {
  const { course, contextId, sync } = await stage();
  const scopes = course.scopes.filter((scope) => scope !== SCOPE.groups);
  await installation.db.prisma.course.update({ where: { id: course.id }, data: { scopes } });
  expect(await sync()).toMatchObject({ state: "succeeded" });
  const asked = await platform.requests({ contextId });
  expect(asked.filter(({ path }) => path.includes("/groups"))).toEqual([]);
});
