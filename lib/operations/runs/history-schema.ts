import { z } from "zod";
import { RUN_PHASES } from "#lib/db/runs/phases.ts";
import { Id, Timestamp } from "../fields.ts";

/** A time within a run; until now where it has no end. */
const span = { startedAt: Timestamp, finishedAt: Timestamp.nullable() };

export const RunPhaseView = z
  .object({
    phase: z.enum(["queued", ...RUN_PHASES, "stopped"]).meta({
      description: "queued: before it was first taken up; stopped: until it was taken up again",
    }),
    ...span,
  })
  .meta({ id: "RunPhase" });
export type RunPhaseView = z.infer<typeof RunPhaseView>;

export const RunWaitView = z
  .object({ reason: z.string().meta({ example: "paused: by Ada Operator" }), ...span })
  .meta({ id: "RunWait" });
export type RunWaitView = z.infer<typeof RunWaitView>;

export const RunColumnView = z
  .object({
    lineItemId: Id,
    courseId: Id,
    label: z.string(),
    scores: z.number().int(),
    state: z.enum(["succeeded", "failed"]),
    startedAt: Timestamp,
    finishedAt: Timestamp,
  })
  .meta({ id: "RunColumn", description: "a column that a verification has read" });
export type RunColumnView = z.infer<typeof RunColumnView>;
