import type { Db } from "#lib/db/client.ts";
import type { Course, Prisma } from "#lib/db/generated/client.ts";
import type { RunKind } from "#lib/db/generated/enums.ts";
import type { FiringSchedule } from "#lib/db/schedules/schedules.ts";
import type { Operation } from "#lib/lti/index.ts";
import type { PlatformProfile } from "#lib/platforms/profile.ts";
import type { Job } from "./job.ts";

/**
 * A kind of run: all that tells it from the others below the screens. Their words for it stand in
 * `components/runs/kind-words.ts`.
 */
export type Kind = {
  name: RunKind;
  unit: Unit;
  target: KindTarget;
  schedule: KindSchedule;
  /** The request whose answer proves that the platform works: others may be answered while it is not. */
  proof: Operation;
  /**
   * Whether a worker that takes a run over waits until its former worker has surely stopped
   * sending: needed where a call that comes late would do harm.
   */
  needsSilence: boolean;
  /** Performs one attempt, under the lease of `handle`. What it throws decides about a retry. */
  perform: Job;
  /** Makes ready what a retry of an ended run takes up; without it a retry begins with what is there. */
  takeUp?(tx: Db, ended: { runId: string; profile: PlatformProfile }): Promise<void>;
  /** What may be added to the target while a run is under way, and must not be left behind by it. */
  additions?: KindAdditions;
};

/** What `total`, `done` and `failed` of a run count. */
export type Unit = {
  one: string;
  many: "courses" | "scores";
  /** So many must be dealt with before the time that is left can be estimated. */
  estimatedFrom: number;
};

export type KindTarget = {
  /** Whether the platform offers what a run over this course needs. */
  isOffered(course: Course): boolean;
  /** Why a run cannot be started where it does not. */
  notOffered: string;
  /** For a kind of which one run may go through all courses of a registration. */
  registration: { offered: Prisma.CourseWhereInput; notOffered: string } | null;
};

export type KindSchedule = {
  /** The courses that a schedule starts a run for; null stands for all of its registration in one run. */
  due(tx: Db, schedule: FiringSchedule): Promise<(string | null)[]>;
  /** What is noted where there is none. */
  nothingDue: string;
};

export type KindAdditions = {
  /** Whether something is left to do that was added before the run ended. */
  isLeft(db: Db, courseId: string): Promise<boolean>;
};
