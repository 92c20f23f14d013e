import { z } from "zod";
import { Id, Timestamp } from "../fields.ts";
import { KeptProof } from "../courses/schema.ts";
import { RunView } from "../runs/schema.ts";

export const Attention = z
  .object({
    kind: z.enum([
      "hold",
      "pending_registration",
      "pending_deployment",
      "pending_origin",
      "conflict",
      "difference",
      "rejected",
      "failure",
      "unverified",
      "stale",
      "key",
    ]),
    /** Causes are grouped: one entry, not one per course. */
    code: z.string().meta({ example: "lti.token_refused" }),
    title: z.string(),
    message: z.string(),
    owner: z.string().meta({ description: "who must act" }),
    count: z.number().int().meta({ description: "holds, scores or courses it stands for" }),
    registrationId: Id.nullable(),
    registrationName: z.string().nullable(),
    courses: z.number().int(),
    courseId: Id.nullable().meta({ description: "the course, where it is one" }),
    courseTitle: z.string().nullable(),
    runId: Id.nullable().meta({ description: "the run that can be retried" }),
    holdId: Id.nullable().meta({ description: "the hold, where it is one" }),
    deploymentId: Id.nullable(),
    originId: Id.nullable().meta({ description: "the service origin that waits" }),
    path: z.string().meta({ description: "where the console shows it" }),
    since: Timestamp,
  })
  .meta({ id: "Attention" });
export type Attention = z.infer<typeof Attention>;

export const Overview = z
  .object({
    running: z.number().int(),
    queued: z.number().int(),
    needAttention: z.number().int(),
    needMore: z.boolean().meta({
      description:
        "of some sort more waits than `attention` has; it comes once these are dealt with",
    }),
    isLimited: z.boolean().meta({
      description: "all of this is of the registrations that the asker is limited to",
    }),
    staleCourses: z.number().int(),
    courses: z.number().int(),
    registrations: z.number().int(),
    scoresPending: z.number().int(),
    scoresRejected: z.number().int(),
    scoresInConflict: z.number().int(),
    proof: KeptProof.nullable().meta({
      description: "of all courses together; null before the first verification",
    }),
    lastSuccessAt: Timestamp.nullable(),
    attention: z.array(Attention),
    activeRuns: z.array(RunView),
    recentRuns: z.array(RunView),
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
