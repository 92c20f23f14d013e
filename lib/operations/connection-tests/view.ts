import type { ConnectionTestRow } from "#lib/db/registrations/connection-tests.ts";
import type { ConnectionTest } from "#lib/db/generated/client.ts";
import { fromStoredParts, LONGEST_TEST_MS } from "#lib/sync/index.ts";
import type { ConnectionTestSummary, ConnectionTestView, TestStep } from "./schema.ts";

/** What a test may need after its last step to store what it found. */
const GRACE_MS = 15_000;

export function connectionTestView(row: ConnectionTest, now: Date): ConnectionTestView {
  const { steps, probe } = fromStoredParts(row.steps);
  const summary = connectionTestSummary(row, now);
  return {
    ...summary,
    steps: summary.state === "interrupted" ? steps.map(asInterrupted) : [...steps],
    audienceProbe: probe && { offered: probe.offered, tried: probe.tried, worked: probe.worked },
  };
}

export function connectionTestSummary(row: ConnectionTestRow, now: Date): ConnectionTestSummary {
  return {
    id: row.id,
    registrationId: row.registrationId,
    startedBy: row.startedBy,
    startedAt: row.startedAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
    state: stateOf(row, now),
    verdict: row.verdict as ConnectionTestView["verdict"],
  };
}

/** A test without a verdict ended with its process. */
function stateOf(row: ConnectionTestRow, now: Date): ConnectionTestView["state"] {
  if (row.verdict !== null) return "finished";
  return row.finishedAt || row.startedAt <= abandonedBefore(now) ? "interrupted" : "running";
}

/** A test that began earlier and has not ended never will. */
function abandonedBefore(now: Date): Date {
  return new Date(now.getTime() - LONGEST_TEST_MS - GRACE_MS);
}

function asInterrupted(step: TestStep): TestStep {
  return step.state === "waiting" || step.state === "running"
    ? { ...step, state: "not_reached", summary: "The test was interrupted before this step ended." }
    : step;
}
