import { ROSTER_STALE_AFTER_DAYS } from "#lib/db/courses/health.ts";
import {
  lastHours,
  openCauses,
  openConflicts,
  overviewCounts,
  type Cause,
  type ConflictGroup,
} from "#lib/db/system/overview.ts";
import { latestRuns } from "#lib/db/runs/list.ts";
import { aliveWorkers } from "#lib/db/system/workers.ts";
import { plural } from "#lib/format.ts";
import type { Caller } from "../caller.ts";
import { runView } from "../runs/view.ts";
import type { Attention, Overview } from "./overview-schema.ts";

const ACTIVE_RUNS = 6;
const RECENT_RUNS = 8;

/** What an operator wants to know in the morning, in one answer. */
export async function getOverview(caller: Caller): Promise<Overview> {
  const { db } = caller;
  const [counts, causes, conflicts, active, recent, hours, workers] = await Promise.all([
    overviewCounts(db, ROSTER_STALE_AFTER_DAYS),
    openCauses(db),
    openConflicts(db),
    latestRuns(db, ["running", "queued"], ACTIVE_RUNS),
    latestRuns(db, ["succeeded", "partly_succeeded", "failed", "cancelled"], RECENT_RUNS),
    lastHours(db),
    aliveWorkers(db),
  ]);
  const now = caller.now();
  const { lastSuccessAt, hasDemo, ...numbers } = counts;
  return {
    ...numbers,
    needAttention: causes.length + conflicts.length,
    lastSuccessAt: lastSuccessAt?.toISOString() ?? null,
    attention: [...causes.map(attentionOf), ...conflicts.map(conflictsOf)],
    activeRuns: active.map((run) => runView(run, now)),
    recentRuns: recent.map((run) => runView(run, now)),
    hours: hours.map(({ hour, ...sums }) => ({ hour: hour.toISOString(), ...sums })),
    engine: {
      alive: workers.workers > 0,
      workers: workers.workers,
      lastHeartbeatAt: workers.lastHeartbeatAt?.toISOString() ?? null,
    },
    demo: hasDemo,
  };
}

const TITLES: Record<string, { title: string; owner: string }> = {
  "lti.token_refused": { title: "Token refused", owner: "LMS administrator" },
  "lti.scope_mismatch": { title: "Scope not granted", owner: "LMS administrator" },
  "lti.insufficient_scope": { title: "Scope not granted", owner: "LMS administrator" },
  "lti.access_denied": { title: "Access denied", owner: "LMS administrator" },
  "lti.wrong_context": { title: "Tool not in this course", owner: "LMS administrator" },
  "lti.resource_gone": { title: "Course or column gone", owner: "Instructor" },
  "lti.rate_limited": { title: "Rate limit", owner: "Nobody: it passes" },
  "lti.platform_unavailable": { title: "Platform unavailable", owner: "Platform" },
  "lti.response_malformed": { title: "Unreadable answer", owner: "Platform vendor" },
  "lti.service_not_offered": { title: "Service not offered", owner: "LMS administrator" },
  "sync.roster_incomplete": { title: "Roster incomplete", owner: "Platform vendor" },
  "sync.scores_rejected": { title: "Scores rejected", owner: "You" },
};

function attentionOf(cause: Cause): Attention {
  const told = TITLES[cause.code] ?? { title: "Sync failed", owner: "You" };
  return { ...cause, ...told, courseId: null, since: cause.since.toISOString() };
}

function conflictsOf({ scores, courseId, since, ...group }: ConflictGroup): Attention {
  return {
    ...group,
    code: "sync.changed_on_platform",
    title: "Grades changed on the platform",
    message: `${plural(scores, "score")} ${scores === 1 ? "waits" : "wait"} for a decision`,
    owner: "You",
    courseId: group.courses === 1 ? courseId : null,
    since: since.toISOString(),
  };
}
