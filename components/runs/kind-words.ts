import { RUN_KIND_NAMES } from "#lib/format.ts";
import type { RunDetail, RunKind, RunView } from "#lib/operations/runs/schema.ts";

type Facts = Partial<Pick<RunView, "isPreview" | "appliesId">>;

/** How the screens speak of a kind of run. */
export type KindWords = {
  name: string;
  /** What a run of it is about; `course` is null for all courses of a registration. */
  about: (course: string | null) => string;
  /** What a schedule of it does, before the name of its target and by itself. */
  scheduled: string;
  scheduleOption: string;
  /**
   * What it did to scores or courses; `nothing` where there were none to do it to,
   * `unanswered` where it may not be known what became of one.
   */
  did: { doing: string; done: string; failed: string; nothing: string; unanswered?: string };
  /** What it always goes through, in order. */
  phases: (run: Facts) => Phase[];
  /** What it is at while it reads from the platform. */
  reads: (run: Facts) => string;
};

type Phase = RunDetail["phases"][number]["phase"];

const PHASE_LABELS: Record<Exclude<Phase, "fetch">, string> = {
  queued: "In the queue",
  stopped: "Standing still",
  token: "Access token",
  recover: "Ask what arrived",
  conclude: "Compare",
  send: "Send scores",
  apply: "Apply changes",
};

/** What a run's phase is called on its page. */
export function phaseLabel(run: Facts & { kind: RunKind }, phase: Phase): string {
  return phase === "fetch" ? KIND_WORDS[run.kind].reads(run) : PHASE_LABELS[phase];
}

export const KIND_WORDS: Record<RunKind, KindWords> = {
  roster_sync: {
    name: RUN_KIND_NAMES.roster_sync,
    about: (course) => (course === null ? "Rosters of all courses" : `Roster of ${course}`),
    scheduled: "Sync rosters of",
    scheduleOption: "Sync rosters",
    did: { doing: "Reading", done: "read", failed: "failed", nothing: "Nothing was waiting" },
    // What a preview found is applied without asking the platform, so without a token.
    phases: ({ appliesId }) => (appliesId ? ["queued", "apply"] : ["queued", "token", "fetch"]),
    reads: ({ isPreview }) => (isPreview ? "Compare members" : "Read members"),
  },
  grade_sync: {
    name: RUN_KIND_NAMES.grade_sync,
    about: (course) => (course === null ? "Grades of all courses" : `Grades of ${course}`),
    scheduled: "Send grades of",
    scheduleOption: "Send grades that wait",
    did: {
      doing: "Sending scores",
      done: "sent",
      failed: "rejected",
      unanswered: "Answer unknown",
      nothing: "Nothing was waiting",
    },
    phases: () => ["queued", "token", "send"],
    reads: () => "Read results",
  },
  verify: {
    name: RUN_KIND_NAMES.verify,
    about: (course) =>
      course === null ? "Proof of all grades" : `Proof of the grades of ${course}`,
    scheduled: "Verify grades of",
    scheduleOption: "Verify grades that were sent",
    did: {
      doing: "Reading results",
      done: "read back",
      failed: "not readable",
      nothing: "There was nothing to verify",
    },
    phases: () => ["queued", "token", "fetch"],
    reads: () => "Read results",
  },
};
