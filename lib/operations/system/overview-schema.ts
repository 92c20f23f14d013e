import { z } from "zod";
import { Id, Timestamp } from "../fields.ts";
import { RunView } from "../runs/schema.ts";

export const Attention = z
  .object({
    /** Causes are grouped: one entry, not one per course. */
    code: z.string(),
    title: z.string(),
    message: z.string(),
    owner: z.string().meta({ description: "who must act" }),
    registrationId: Id,
    registrationName: z.string(),
    courses: z.number().int(),
    courseId: Id.nullable().meta({ description: "where the decision is made, if in one course" }),
    runId: Id,
    since: Timestamp,
  })
  .meta({ id: "Attention" });
export type Attention = z.infer<typeof Attention>;

export const Overview = z
  .object({
    running: z.number().int(),
    queued: z.number().int(),
    needAttention: z.number().int(),
    staleCourses: z.number().int(),
    courses: z.number().int(),
    registrations: z.number().int(),
    scoresPending: z.number().int(),
    scoresRejected: z.number().int(),
    scoresInConflict: z.number().int(),
    lastSuccessAt: Timestamp.nullable(),
    attention: z.array(Attention),
    activeRuns: z.array(RunView),
    recentRuns: z.array(RunView),
    /** The last 24 hours, oldest first. */
    hours: z.array(
      z.object({
        hour: Timestamp,
        members: z.number().int(),
        scores: z.number().int(),
        failures: z.number().int(),
        tokenRequests: z.number().int(),
        tokenReuses: z.number().int(),
      }),
    ),
    engine: z.object({
      alive: z.boolean(),
      workers: z.number().int(),
      lastHeartbeatAt: Timestamp.nullable(),
    }),
    /** True where demo data is loaded. */
    demo: z.boolean(),
  })
  .meta({ id: "Overview" });
export type Overview = z.infer<typeof Overview>;
