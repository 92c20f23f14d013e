import { describe, expect, test } from "vitest";
import { addNotesToHours, noteCalls } from "#lib/db/history/hours.ts";
import { getCourseHistory, getRegistrationHistory } from "#lib/operations/history/history.ts";
import { startRun } from "#lib/operations/runs/runs.ts";
import { gradedCourse, startGradeSync } from "#tests/support/grading.ts";
import { finished } from "#tests/support/installation.ts";
import { oneCourse, syncRosterOf } from "#tests/support/rosters.ts";
import { useInstallation } from "#tests/support/use-installation.ts";

const { installation, platform, operator } = useInstallation();

const historyOf = (registrationId: string) => getRegistrationHistory(operator, { registrationId });

describe("the history of a registration", () => {
  test("counts what its runs came to and what the platform answered, noted or added", async () => {
    const made = await gradedCourse(installation, platform, { scores: 6 });
    const { id: registrationId, clientId } = made.registration;
    await platform.misbehave({ kind: "ungradable_user", userId: made.userIds[0]!, clientId });
    expect((await historyOf(registrationId)).scoresWaiting).toBe(6);
    const roster = await syncRosterOf(installation, { registrationId, course: made.course });
    const { id } = await startGradeSync(installation, made);
    await finished(installation, id);

    const noted = await historyOf(registrationId);
    expect(noted.days).toHaveLength(30);
    expect(noted.scoresWaiting).toBe(0);
    const today = noted.days.at(-1)!;
    expect(today).toMatchObject({
      runs: 2,
      runsFailed: 0,
      membersAdded: roster.membersAdded,
      membersRemoved: 0,
      scoresSent: 5,
      scoresRejected: 1,
    });
    // One page of the roster and six scores at the least; a refused score is an answer.
    expect(today.platform.calls).toBeGreaterThanOrEqual(7);
    expect(today.platform).toMatchObject({ failed: 0, throttled: 0 });
    expect(today.platform.medianMs).toBeGreaterThan(0);
    expect(noted.days[0]).toMatchObject({ runs: 0, platform: { calls: 0, medianMs: null } });

    await addNotesToHours(installation.db);
    await addNotesToHours(installation.db);
    expect(await installation.db.prisma.registrationNote.count({ where: { registrationId } })).toBe(
      0,
    );
    expect(await historyOf(registrationId)).toEqual(noted);
  });

  test("counts what was noted while notes are added, once each", async () => {
    const { registrationId } = await oneCourse(installation, platform, { members: 2 });
    const answered = [0, 1, 0, 0, 0, 0, 0];
    const calls = { failed: 1, throttled: 2, answered };
    const note = () => noteCalls(installation.db, registrationId, calls);
    const add = () => addNotesToHours(installation.db);
    await Promise.all([note(), add(), note(), add(), note(), note(), add(), note()]);
    await add();
    const today = (await historyOf(registrationId)).days.at(-1)!;
    expect(today.platform).toMatchObject({ calls: 20, failed: 5, throttled: 10 });
    // Five answers of 100 to 250 ms, spread evenly.
    expect(today.platform.medianMs).toBe(175);
  });
});

describe("the history of a course", () => {
  test("has the size of the roster after each sync, and not previews", async () => {
    const made = await oneCourse(installation, platform, { members: 9 });
    const first = await syncRosterOf(installation, made);
    const second = await syncRosterOf(installation, made);
    const { course } = made;
    const preview = { kind: "roster_sync", courseId: made.course.id, isPreview: true } as const;
    await finished(installation, (await startRun(operator, preview)).run.id);
    const { syncs, days, hasEarlierSyncs } = await getCourseHistory(operator, {
      courseId: course.id,
    });
    const members = await installation.db.prisma.membership.count({
      where: { courseId: course.id, removedAt: null },
    });
    expect(syncs.map(({ runId, state, added, members }) => [runId, state, added, members])).toEqual(
      [
        [first.id, "succeeded", members, members],
        [second.id, "succeeded", 0, members],
      ],
    );
    expect([hasEarlierSyncs, days.length]).toEqual([false, 30]);
  });

  test("has scores by the day on which their run ended", async () => {
    const made = await gradedCourse(installation, platform, { scores: 3 });
    const { id } = await startGradeSync(installation, made);
    await finished(installation, id);
    const { days } = await getCourseHistory(operator, { courseId: made.course.id });
    expect(days.at(-1)).toMatchObject({ sent: 3, rejected: 0 });
    await installation.db.prisma.$executeRaw`
      UPDATE run SET created_at = now() - interval '3 days', finished_at = now() - interval '3 days'
       WHERE id = ${id}::uuid`;
    const later = await getCourseHistory(operator, { courseId: made.course.id });
    expect(later.days.at(-1)).toMatchObject({ sent: 0 });
    expect(later.days.at(-4)).toMatchObject({ sent: 3 });
  });
});
