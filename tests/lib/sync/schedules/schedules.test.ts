import { z } from "zod";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { transaction } from "#lib/db/client.ts";
import type { Caller } from "#lib/operations/caller.ts";
import * as pauses from "#lib/operations/system/pauses.ts";
import * as schedules from "#lib/operations/schedules/schedules.ts";
import { startRun } from "#lib/operations/runs/runs.ts";
import { pushScores } from "#lib/operations/scores/push/push-scores.ts";
import type { ScheduleInput, ScheduleView } from "#lib/operations/schedules/schema.ts";
import { readBlackout } from "#lib/operations/schedules/blackout-text.ts";
import { fireSchedule } from "#lib/sync/schedules/fire.ts";
import { querySql } from "#tests/support/database.ts";
import { gradedCourse, until } from "#tests/support/grading.ts";
import {
  addCourse,
  finished,
  register,
  startInstallation,
  type Installation,
} from "#tests/support/installation.ts";
import { startPlatform, type PlatformClient } from "#tests/support/platform/index.ts";
import { operatorOf } from "#tests/support/rosters.ts";

const OFFICE = { days: [1, 2, 3, 4, 5], from: "08:00", to: "18:00" };

describe("schedules", () => {
  let installation: Installation;
  let platform: PlatformClient;
  let operator: Caller;

  beforeAll(async () => {
    platform = await startPlatform();
    installation = await startInstallation();
    operator = operatorOf(installation);
  });
  afterAll(async () => {
    await installation.stop();
    await platform.stop();
  });

  const create = (target: { courseId: string } | { registrationId: string }, given = {}) => {
    const nightly: Omit<ScheduleInput, "courseId" | "registrationId"> = {
      kind: "roster_sync",
      cron: "0 4 * * *",
      timeZone: "Europe/Berlin",
      jitterSeconds: 0,
      blackouts: [],
      isEnabled: true,
    };
    return schedules.createSchedule(operator, { ...nightly, ...given, ...target });
  };
  /** Its time has come, as far as it knows. */
  const fire = async ({ id: scheduleId }: ScheduleView, at = new Date()) => {
    const sent: (Date | undefined)[] = [];
    const queue = {
      send: (_tx: unknown, _run: unknown, startAfter?: Date) => {
        sent.push(startAfter);
        return Promise.resolve();
      },
      bringForward: () => Promise.resolve(),
    };
    const deps = { db: installation.db, queue, now: () => at, random: () => 0.5 };
    await fireSchedule(deps, scheduleId);
    return { sent, schedule: await schedules.getSchedule(operator, { scheduleId }) };
  };
  const runsOf = (scheduleId: string) =>
    installation.db.prisma.run.findMany({ where: { scheduleId }, orderBy: { id: "asc" } });
  const timed = async () => {
    const rows = await querySql<{ key: string; cron: string; timezone: string }>(
      installation.database.url,
      "SELECT key, cron, timezone FROM pgboss.schedule",
    );
    return new Map(rows.map(({ key, cron, timezone }) => [key, `${cron} ${timezone}`]));
  };

  test("tell their next times in their own zone, over a change of the clocks too", async () => {
    const from = new Date("2026-03-28T00:00:00Z");
    const times = installation.engine.nextTimes("0 4 * * *", {
      timeZone: "Europe/Berlin",
      from,
      count: 3,
    });
    expect(times.map((at) => at.toISOString())).toEqual([
      "2026-03-28T03:00:00.000Z",
      "2026-03-29T02:00:00.000Z",
      "2026-03-30T02:00:00.000Z",
    ]);
    const { id } = await register(installation, platform);
    const { nextTimes } = await create(
      { registrationId: id },
      { blackouts: [{ days: [1, 2, 3, 4, 5, 6], from: "03:00", to: "05:00" }] },
    );
    expect(nextTimes).toHaveLength(10);
    const isOpen = ({ local }: { local: string }) => local.startsWith("Sun");
    for (const time of nextTimes)
      expect(time).toMatchObject({
        local: expect.stringMatching(/, 04:00 (CET|CEST|GMT\+[12])$/),
        isBlackedOut: !isOpen(time),
      });
  });

  test.each([
    ["nightly, inside a nightly blackout", "0 2 * * *", "every day 00:00-06:00"],
    [
      "of every minute, in two halves of every day",
      "* * * * *",
      "daily 00:00-12:00; daily 12:00-00:00",
    ],
    ["of Mondays", "0 9 * * 1", "Mon 00:00-23:59; Sat 08:00-09:00"],
    ["for more years than are looked at", "0 4 * * *", "2020-01-01 to 2099-12-31"],
  ])("that would never start anything are refused: %s", async (_, cron, text) => {
    const { id } = await register(installation, platform);
    const preview = { cron, timeZone: "Europe/Berlin", blackouts: text };
    const refused = {
      code: "operation.invalid_input",
      fields: { blackouts: [expect.stringMatching(/^it would never start anything: each of its/)] },
    };
    await expect(schedules.previewSchedule(operator, preview)).rejects.toMatchObject(refused);
    const written = z.array(z.string().transform(readBlackout)).parse(text.split(";"));
    await expect(
      create({ registrationId: id }, { cron, blackouts: written }),
    ).rejects.toMatchObject(refused);
    const made = await create({ registrationId: id }, { cron });
    await expect(
      schedules.updateSchedule(operator, { scheduleId: made.id, blackouts: written }),
    ).rejects.toMatchObject(refused);
  });

  test("are shown ahead of time with their blackouts, as people write them", async () => {
    const { nextTimes } = await schedules.previewSchedule(operator, {
      cron: "0 4 * * *",
      timeZone: "Europe/Berlin",
      blackouts: "Mon-Fri 03:00-05:00; 2020-01-01",
    });
    expect(nextTimes).toHaveLength(10);
    for (const { local, isBlackedOut } of nextTimes)
      expect(isBlackedOut).toBe(!/^S(at|un)/.test(local));
    await expect(
      schedules.previewSchedule(operator, {
        cron: "0 4 * * *",
        timeZone: "UTC",
        blackouts: "nights",
      }),
    ).rejects.toMatchObject({ fields: { "blackouts.0": [expect.stringMatching(/^write days/)] } });
  });

  test.each([
    [{ cron: "0 25 * * *" }, "cron", /^the hour “25” cannot be used: /],
    [{ cron: "0 2 * *" }, "cron", /^has 4 of the five fields/],
    [{ cron: "0 2 * * funday" }, "cron", /^the day of week “funday” cannot be used/],
    [{ timeZone: "Europe/Atlantis" }, "timeZone", /^there is no time zone “Europe\/Atlantis”/],
    [{ timeZone: "+02:00" }, "timeZone", /^there is no time zone/],
  ])("say what is wrong with %j", async (given, field, words) => {
    const { id } = await register(installation, platform);
    await expect(create({ registrationId: id }, given)).rejects.toMatchObject({
      code: "operation.invalid_input",
      fields: { [field]: [expect.stringMatching(words)] },
    });
  });

  test("are what the scheduler keeps time for, whatever happened in between", async () => {
    const { id: registrationId } = await register(installation, platform);
    const made = await create({ registrationId });
    const scheduleId = made.id;
    expect((await timed()).get(made.id)).toBe("0 4 * * * Europe/Berlin");
    const { kind, jitterSeconds, blackouts, isEnabled } = made;
    const change = {
      kind,
      jitterSeconds,
      blackouts,
      isEnabled,
      cron: "5 4 * * *",
      timeZone: "UTC",
    };
    await schedules.updateSchedule(operator, { scheduleId, ...change });
    expect((await timed()).get(made.id)).toBe("5 4 * * * UTC");
    await schedules.disableSchedule(operator, { scheduleId });
    expect(await timed()).not.toHaveProperty(made.id);
    expect((await timed()).has(made.id)).toBe(false);
    await schedules.enableSchedule(operator, { scheduleId });
    // As a process leaves it that died between the two.
    await querySql(installation.database.url, "DELETE FROM pgboss.schedule");
    await installation.engine.alignSchedules();
    expect((await timed()).get(made.id)).toBe("5 4 * * * UTC");
    await schedules.deleteSchedule(operator, { scheduleId });
    expect((await timed()).has(made.id)).toBe(false);
  });

  test("start one run at a time, somewhere in their spread", async () => {
    const registration = await register(installation, platform);
    const { course } = await addCourse(installation, platform, registration, { members: 2 });
    const made = await create({ courseId: course.id }, { jitterSeconds: 600 });
    const at = new Date();
    const first = await fire(made, at);
    const [run] = await runsOf(made.id);
    expect(run).toMatchObject({
      trigger: "schedule",
      startedBy: "Ada Operator",
      state: "queued",
      notBefore: new Date(at.getTime() + 300_000),
      waitReason: "its schedule spreads the starts over 10 min",
    });
    expect(first.sent).toEqual([run!.notBefore]);
    expect(first.schedule).toMatchObject({ lastRunId: run!.id, lastSkipReason: null });
    const again = await fire(made);
    expect(again.sent).toEqual([]);
    expect(again.schedule.lastRunId).toBe(run!.id);
    expect(await runsOf(made.id)).toHaveLength(1);
    await installation.engine.cancelRun(installation.db, run!.id, "Ada Operator");
  });

  test("spread no sync that somebody asks for meanwhile", async () => {
    const { db, engine } = installation;
    const made = await gradedCourse(installation, platform, { scores: 1 });
    const { id: courseId, registrationId } = made.course;
    const spread = (kind: "roster_sync" | "grade_sync") =>
      transaction(db, async (tx) => {
        const { run } = await engine.enqueueRun(tx, {
          ...{ kind, registrationId, courseId, trigger: "schedule", startedBy: "Ada Operator" },
          notBefore: new Date(Date.now() + 600_000),
          waitReason: "its schedule spreads the starts over 10 min",
        });
        return run.id;
      });
    const rosterRunId = await spread("roster_sync");
    const gradeRunId = await spread("grade_sync");
    const asked = await startRun(operator, { kind: "roster_sync", courseId });
    expect(asked).toMatchObject({
      alreadyActive: true,
      run: { id: rosterRunId, state: "queued", waitReason: null },
    });
    const score = {
      userId: "ada",
      scoreGiven: 7,
      activityProgress: "Completed" as const,
      gradingProgress: "FullyGraded" as const,
    };
    const scores = { lineItemId: made.lineItem.id, scores: [score], send: true };
    expect(await pushScores(operator, scores)).toMatchObject({ runId: gradeRunId });
    expect(await finished(installation, rosterRunId)).toMatchObject({ state: "succeeded" });
    expect((await finished(installation, gradeRunId)).state).toMatch(/succeeded/);
  });

  test("start nothing in a blackout or a pause, and say so", async () => {
    const registration = await register(installation, platform);
    const { course } = await addCourse(installation, platform, registration, { members: 2 });
    const made = await create({ courseId: course.id }, { blackouts: [OFFICE] });
    const dark = await fire(made, new Date("2026-11-25T10:00:00Z"));
    expect(dark.schedule.lastSkipReason).toBe(
      "inside the blackout Mon–Fri 08:00–18:00 (Europe/Berlin)",
    );
    await pauses.pauseCourse(operator, { courseId: course.id });
    const held = await fire(made, new Date("2026-11-25T20:00:00Z"));
    expect(held.schedule.lastSkipReason).toBe("its course is paused, by Ada Operator");
    expect(await runsOf(made.id)).toEqual([]);
  });

  test("start nothing in a blackout of dates", async () => {
    const { id } = await register(installation, platform);
    const holidays = { firstDay: "2026-12-19", lastDay: "2027-01-06" };
    const made = await create({ registrationId: id }, { blackouts: [holidays] });
    const dark = await fire(made, new Date("2026-12-24T03:00:00Z"));
    expect(dark.schedule.lastSkipReason).toBe(
      "inside the blackout 2026-12-19 to 2027-01-06 (Europe/Berlin)",
    );
    expect(await runsOf(made.id)).toEqual([]);
  });

  test("of grades start one run for each course whose scores wait", async () => {
    const registration = await register(installation, platform);
    const given = { scores: 2, registration };
    const waiting = await gradedCourse(installation, platform, { ...given, title: "A" });
    const paused = await gradedCourse(installation, platform, { ...given, title: "B" });
    const empty = await gradedCourse(installation, platform, { ...given, unwanted: true });
    const also = await gradedCourse(installation, platform, { ...given, title: "C" });
    await pauses.pauseCourse(operator, { courseId: paused.course.id });
    const made = await create({ registrationId: registration.id }, { kind: "grade_sync" });
    await fire(made);
    const courses = (await runsOf(made.id)).map(({ courseId }) => courseId);
    expect(courses.sort()).toEqual([waiting.course.id, also.course.id].sort());
    const none = await create({ courseId: empty.course.id }, { kind: "grade_sync" });
    expect((await fire(none)).schedule.lastSkipReason).toBe("no scores wait to be sent");
  });

  test("are fired by the queue's own scheduler", { timeout: 120_000 }, async () => {
    const registration = await register(installation, platform);
    const { course } = await addCourse(installation, platform, registration, { members: 3 });
    const made = await create({ courseId: course.id }, { cron: "* * * * *", timeZone: "UTC" });
    await until(async () => {
      const runs = await runsOf(made.id);
      return runs.some(({ state }) => state === "succeeded");
    });
    const [entry] = await installation.db.prisma.auditEntry.findMany({
      where: { source: "schedule", action: "run.start" },
      orderBy: { id: "desc" },
      take: 1,
    });
    expect(entry).toMatchObject({ actor: "Ada Operator" });
    await schedules.deleteSchedule(operator, { scheduleId: made.id });
  });
});
