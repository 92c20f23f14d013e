import { beforeAll, expect, test } from "vitest";
import { insertSchedule } from "#lib/db/schedules/schedules.ts";
import type { Caller } from "#lib/operations/caller.ts";
import type { ScheduleChange } from "#lib/operations/schedules/schema.ts";
import { createSchedule } from "#lib/operations/schedules/schedules.ts";
import { getScheduleWeek } from "#lib/operations/schedules/week/week.ts";
import { addCourse, register } from "#tests/support/installation.ts";
import { useInstallation } from "#tests/support/use-installation.ts";

const { installation, platform, operator } = useInstallation();

const MONDAY = "2026-11-30";
const NOW = new Date("2026-12-02T12:00:00.000Z");
const BERLIN = "Europe/Berlin";

let registrationId: string;
let courseId: string;
let reader: Caller;

beforeAll(async () => {
  const registration = await register(installation, platform);
  const { course } = await addCourse(installation, platform, registration, { members: 2 });
  registrationId = registration.id;
  courseId = course.id;
  reader = { ...operator, now: () => NOW };
});

const NIGHTLY: ScheduleChange = {
  kind: "roster_sync",
  cron: "0 2 * * *",
  timeZone: BERLIN,
  jitterSeconds: 0,
  blackouts: [],
  isEnabled: true,
};

const plainly = (week: Awaited<ReturnType<typeof getScheduleWeek>>, scheduleId: string) =>
  week.entries
    .filter((entry) => entry.scheduleId === scheduleId)
    .map(({ date, hour, count, state }) => [date, hour, count, state]);

const weekOf = (day: string, timeZone = BERLIN) => getScheduleWeek(reader, { day, timeZone });

test("has the runs that started with their state, and the times to come, by the reader's clock", async () => {
  const { id } = await createSchedule(reader, { ...NIGHTLY, registrationId });
  const { prisma } = installation.db;
  const run = await prisma.run.create({
    data: {
      ...{ kind: "roster_sync", state: "partly_succeeded", registrationId, scheduleId: id },
      ...{ trigger: "schedule", startedBy: "Ada", createdAt: new Date("2026-12-01T01:00:00Z") },
    },
  });
  const week = await weekOf(MONDAY);
  expect(week).toMatchObject({ today: "2026-12-02", left: 0 });
  expect(week.days.map(({ date }) => date)).toEqual([
    ...["2026-11-30", "2026-12-01", "2026-12-02", "2026-12-03"],
    ...["2026-12-04", "2026-12-05", "2026-12-06"],
  ]);
  expect(plainly(week, id)).toEqual([
    ["2026-12-01", 2, 1, "partly_succeeded"],
    ["2026-12-03", 2, 1, "planned"],
    ["2026-12-04", 2, 1, "planned"],
    ["2026-12-05", 2, 1, "planned"],
    ["2026-12-06", 2, 1, "planned"],
  ]);
  expect(week.entries.find(({ state }) => state === "partly_succeeded")!.runId).toBe(run.id);
  // In New York it is the evening before.
  const there = await weekOf("2026-12-05", "America/New_York");
  expect(plainly(there, id)[0]).toEqual(["2026-11-30", 20, 1, "partly_succeeded"]);
  expect(plainly(await weekOf("2026-12-08"), id)).toHaveLength(7);
  expect(plainly(await weekOf("2026-11-23"), id)).toEqual([]);
  await prisma.schedule.delete({ where: { id } });
});

test("says which times fall into a blackout, and why the last turn was skipped", async () => {
  const friday = { firstDay: "2026-12-04", lastDay: "2026-12-04" };
  const given = { ...NIGHTLY, blackouts: [friday], courseId };
  const { id } = await createSchedule(reader, given);
  await installation.db.prisma.schedule.update({
    where: { id },
    data: { lastFiredAt: new Date("2026-12-02T01:00:00Z"), lastSkipReason: "everything is paused" },
  });
  const week = await weekOf(MONDAY);
  expect(plainly(week, id)).toEqual([
    ["2026-12-02", 2, 1, "skipped"],
    ["2026-12-03", 2, 1, "planned"],
    ["2026-12-04", 2, 1, "blacked_out"],
    ["2026-12-05", 2, 1, "planned"],
    ["2026-12-06", 2, 1, "planned"],
  ]);
  expect(week.entries.find(({ state }) => state === "skipped")!.reason).toBe(
    "everything is paused",
  );
  expect(week.blackouts).toMatchObject([
    { from: "2026-12-03T23:00:00.000Z", until: "2026-12-04T23:00:00.000Z", schedules: 1 },
  ]);
  await installation.db.prisma.schedule.delete({ where: { id } });
});

test("joins what one schedule does within an hour, and leaves a disabled one out", async () => {
  const often = { ...NIGHTLY, cron: "*/15 * * * *", courseId };
  const { id } = await createSchedule(reader, often);
  const off = await createSchedule(reader, { ...NIGHTLY, isEnabled: false, courseId });
  const week = await weekOf("2026-12-09");
  expect(plainly(week, id)).toHaveLength(7 * 24);
  expect(new Set(week.entries.map(({ count }) => count))).toEqual(new Set([4]));
  expect(plainly(week, off.id)).toEqual([]);
  await installation.db.prisma.schedule.deleteMany({ where: { id: { in: [id, off.id] } } });
});

test("does not reckon without end, and says how many schedules are left out", async () => {
  const schedule = { ...NIGHTLY, cron: "* * * * *", registrationId, courseId: null };
  for (let made = 0; made < 9; made++)
    await insertSchedule(installation.db, { ...schedule, createdBy: "Ada" });
  const { left, entries } = await weekOf("2026-12-09");
  expect(left).toBe(9);
  expect(entries.reduce((sum, { count }) => sum + count, 0)).toBe(5_000);
});

test("is of the reader's own registrations alone, and refuses what is no day or no zone", async () => {
  const access = { rights: ["read" as const], registrationIds: [] };
  const actor = { ...reader.actor, kind: "operator" as const, access } as Caller["actor"];
  const { permit: _, ...bare } = { ...reader, permit: null };
  const week = await getScheduleWeek({ ...bare, actor }, { day: MONDAY, timeZone: BERLIN });
  expect(week.entries).toEqual([]);
  await expect(weekOf("tomorrow")).rejects.toMatchObject({ fields: { day: expect.anything() } });
  await expect(weekOf(MONDAY, "Mars/Olympus")).rejects.toMatchObject({
    fields: { timeZone: [expect.stringContaining("Europe/Berlin")] },
  });
});
