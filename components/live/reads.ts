import { isActive } from "#components/states/is-active.ts";
import type { RunView } from "#lib/operations/runs/schema.ts";
import { defineRead } from "./read.ts";

const anyRunActive = ({ items }: { items: Pick<RunView, "state">[] }) => items.some(isActive);
const isUnderWay = ({ state }: { state: string }) => state === "running" || state === "cancelling";

/** Everything that the console reads: `useRead` in the browser, `prefetch` on the server. */
export const reads = {
  overview: defineRead("/overview", ({ running, queued }) => running + queued > 0),
  activity: defineRead("/activity"),
  system: defineRead("/system"),
  savedViews: defineRead("/saved-views"),
  search: defineRead("/search"),
  audit: defineRead("/audit"),
  apiKeys: defineRead("/api-keys"),
  operators: defineRead("/operators"),
  sessions: defineRead("/sessions"),
  ownSessions: defineRead("/account/sessions"),
  erasedPeople: defineRead("/erased-people"),
  signingKeys: defineRead("/signing-keys"),
  webhooks: defineRead("/webhooks"),
  webhook: defineRead("/webhooks/{webhookId}", ({ state }) => state === "failing"),
  webhookDeliveries: defineRead("/webhooks/{webhookId}/deliveries"),
  alerts: defineRead("/alerts", ({ messages }) =>
    messages.some(({ state }) => state === "waiting"),
  ),
  invitations: defineRead("/invitations"),

  registrations: defineRead("/registrations"),
  registration: defineRead("/registrations/{registrationId}"),
  registrationKeys: defineRead("/registrations/{registrationId}/keys"),
  registrationHistory: defineRead("/registrations/{registrationId}/history"),
  connectionTest: defineRead(
    "/registrations/{registrationId}/test",
    (latest) => latest?.state === "running",
  ),
  connectionTests: defineRead("/registrations/{registrationId}/tests"),
  drafts: defineRead("/registration-drafts"),
  tokens: defineRead("/tokens", ({ items }) => items.some(({ activeRuns }) => activeRuns > 0)),
  token: defineRead("/tokens/{registrationId}", ({ activeRuns }) => activeRuns > 0),
  tokenLives: defineRead("/tokens/{registrationId}/lives"),
  tokenRequests: defineRead("/tokens/{registrationId}/requests"),
  assertion: defineRead("/tokens/{registrationId}/assertion"),
  schedules: defineRead("/schedules"),
  schedulePreview: defineRead("/schedule-preview"),
  scheduleWeek: defineRead("/schedule-week"),

  courses: defineRead("/courses", ({ items }) =>
    items.some(({ activeRunId }) => activeRunId !== null),
  ),
  course: defineRead("/courses/{courseId}", ({ activeRunId }) => activeRunId !== null),
  courseHistory: defineRead("/courses/{courseId}/history"),
  courseChanges: defineRead("/courses/{courseId}/changes"),
  groups: defineRead("/courses/{courseId}/groups"),
  members: defineRead("/courses/{courseId}/members"),
  lineItems: defineRead("/courses/{courseId}/line-items"),
  lineItem: defineRead("/line-items/{lineItemId}"),
  scores: defineRead("/courses/{courseId}/scores", ({ items }) =>
    items.some(({ state }) => state === "sending"),
  ),
  courseProof: defineRead("/courses/{courseId}/proof"),
  gradebook: defineRead("/courses/{courseId}/gradebook"),
  differences: defineRead("/courses/{courseId}/differences"),
  holds: defineRead("/holds"),
  hold: defineRead("/holds/{holdId}"),
  heldMembers: defineRead("/holds/{holdId}/members"),

  runs: defineRead("/runs", anyRunActive),
  run: defineRead("/runs/{runId}", isActive),
  outcomes: defineRead("/runs/{runId}/outcomes"),
  rosterChanges: defineRead("/runs/{runId}/roster-changes"),
  preview: defineRead("/runs/{runId}/preview", ({ state }) => state === "under_way"),
  operations: defineRead("/operations", ({ items }) => items.some(isUnderWay)),
  operation: defineRead("/operations/{operationId}", isUnderWay),
};

/** How much of a list is read where a page shows only its beginning, or all there can be. */
const RECENT_RUNS = 6;
const MOST = 200;

/** Reads that more than one place makes in the very same way. */
export const openHolds = () => reads.holds({ limit: 1 });
export const pendingRegistrations = () => reads.registrations({ state: "pending", limit: 50 });
export const latestInvitations = () => reads.invitations({ limit: MOST });
export const lineItemsOf = (courseId: string) => reads.lineItems({ courseId, limit: MOST });
export const firstCoursesOf = (registrationId: string) =>
  reads.courses({ registrationId, limit: 5 });
export type LatestRunsOf = { registrationId: string } | { courseId: string };
export const recentRunsOf = (of: LatestRunsOf) => reads.runs({ ...of, limit: RECENT_RUNS });
export const holdsOfRun = (runId: string) => reads.holds({ runId, limit: 10 });
export const firstRejectedOf = (runId: string) =>
  reads.outcomes({ runId, kind: "rejected", limit: 3 });
/** What the question before an act tells: whose scores wait, and what is under way. */
export const firstWaitingOf = (courseId: string) =>
  reads.scores({ courseId, state: "pending", limit: 8 });
export const underWayOf = (registrationId: string) =>
  reads.runs({ registrationId, state: "queued,running", limit: 1 });
export const schedulesOf = (target: { courseId?: string; registrationId?: string }) =>
  reads.schedules({ ...target, limit: MOST });
export const latestChangesOf = (courseId: string) => reads.courseChanges({ courseId, limit: 10 });
