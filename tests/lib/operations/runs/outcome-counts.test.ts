import { expect, test } from "vitest";
import { listOutcomes } from "#lib/operations/runs/runs.ts";
import { gradedCourse, startGradeSync } from "#tests/support/grading.ts";
import { settled } from "#tests/support/rosters.ts";
import { useInstallation } from "#tests/support/use-installation.ts";

const { installation, platform, operator: caller } = useInstallation();

test("outcomes are counted by kind, whichever kind is listed", async () => {
  const made = await gradedCourse(installation, platform, { scores: 5 });
  const userId = made.userIds[0]!;
  await platform.misbehave({ kind: "ungradable_user", userId });
  const { id: runId } = await startGradeSync(installation, made);
  await settled(installation, runId);

  const counts = { sent: 4, rejected: 1, unknown: 0, confirmed: 0, skipped: 0 };
  const all = await listOutcomes(caller, { runId });
  expect(all).toMatchObject({ total: 5, counts, cappedCounts: [] });
  const rejected = await listOutcomes(caller, { runId, kind: "rejected" });
  expect(rejected).toMatchObject({ total: 1, counts });
  const oneOfThem = await listOutcomes(caller, { runId, kind: "sent", q: userId });
  expect(oneOfThem).toMatchObject({ total: 0, counts: { sent: 0, rejected: 1 } });
});
