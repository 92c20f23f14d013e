import { expect, test } from "vitest";
import { transaction } from "#lib/db/client.ts";
import { backdate } from "#lib/db/system/backdate.ts";
import { getRegistrationHistory } from "#lib/operations/history/history.ts";
import { getRun } from "#lib/operations/runs/runs.ts";
import { gradedCourse, startGradeSync } from "#tests/support/grading.ts";
import { finished, startRun } from "#tests/support/installation.ts";
import { useInstallation } from "#tests/support/use-installation.ts";

const { installation, platform, operator } = useInstallation();

const DAY_MS = 86_400_000;

test("what runs left since a moment is moved, as it was, and what was there before stays", async () => {
  const { db } = installation;
  const made = await gradedCourse(installation, platform, { scores: 4 });
  const target = { registrationId: made.registration.id, courseId: made.course.id };
  const before = await startRun(installation, "roster_sync", target);
  await finished(installation, before.id);
  const stays = await getRun(operator, { runId: before.id });
  const since = new Date();
  const { id } = await startGradeSync(installation, made);
  await finished(installation, id);
  const now = await getRun(operator, { runId: id });

  const { registrationId } = target;
  await transaction(db, (tx) => backdate(tx, { registrationId, since, ms: 3 * DAY_MS }));

  const then = await getRun(operator, { runId: id });
  const moved = (at: string | null) => new Date(Date.parse(at!) - 3 * DAY_MS).toISOString();
  expect(then.createdAt).toBe(moved(now.createdAt));
  expect(then.phases.map(({ startedAt }) => startedAt)).toEqual(
    now.phases.map(({ startedAt }) => moved(startedAt)),
  );
  expect(then.batches[0]!.finishedAt).toBe(moved(now.batches[0]!.finishedAt));
  expect(then.tokens[0]!.firstUsedAt).toBe(moved(now.tokens[0]!.firstUsedAt));
  const [outcome] = await db.prisma.scoreOutcome.findMany({ where: { runId: id } });
  expect(outcome!.at.getTime()).toBeLessThan(since.getTime() - 2 * DAY_MS);
  expect(await getRun(operator, { runId: before.id })).toEqual(stays);
  const { days } = await getRegistrationHistory(operator, { registrationId });
  const sent = days.map(({ scoresSent }) => scoresSent);
  expect([sent.at(-4), sent.at(-1)]).toEqual([now.done, 0]);
});
