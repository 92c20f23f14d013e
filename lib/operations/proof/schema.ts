import { z } from "zod";
import { ProofCause as StoredCause } from "#lib/db/generated/enums.ts";
import { Id, PageQuery, pageOf, Timestamp } from "../fields.ts";

export const Finding = z
  .enum(["differs", "missing", "unreadable", "not_ours"])
  .meta({ id: "ProofFinding" });
export type Finding = z.infer<typeof Finding>;

const count = z.number().int();

export const CourseProof = z
  .object({
    total: count.meta({ description: "scores that were sent, or refused" }),
    proven: count.meta({ description: "the platform holds what we say" }),
    open: count.meta({
      description:
        "they differ, are missing or unreadable, and nobody left them as they are; those of people who left the course do not count",
    }),
    differs: count,
    missing: count,
    unreadable: count,
    unproven: count.meta({ description: "sent, and not verified since" }),
    left: count.meta({ description: "of those that differ or are missing: left as they are" }),
    notOurs: count.meta({ description: "results that nobody here sent" }),
    provedAt: Timestamp.nullable().meta({ description: "the latest reading of any column" }),
  })
  .meta({ id: "CourseProof" });
export type CourseProof = z.infer<typeof CourseProof>;

const Value = z.object({ score: z.number().nullable(), maximum: z.number().nullable() });

export const DifferenceView = z
  .object({
    id: z.string().meta({ description: "the score's ID; of a result that is not ours its own" }),
    scoreId: Id.nullable(),
    lineItemId: Id,
    lineItemLabel: z.string(),
    userId: z.string(),
    name: z.string().nullable(),
    finding: Finding,
    cause: z.enum([...(Object.values(StoredCause) as [StoredCause]), "not_ours"]),
    ours: Value,
    platforms: Value,
    title: z.string(),
    explanation: z.string(),
    fix: z.string(),
    leftBy: z.string().nullable().meta({ description: "who decided to leave it as it is" }),
    seenAt: Timestamp,
  })
  .meta({ id: "Difference" });
export type DifferenceView = z.infer<typeof DifferenceView>;

export const DifferenceFilter = PageQuery.extend({
  finding: Finding.optional(),
  lineItemId: Id.optional(),
  q: z.string().max(200).optional().meta({ description: "user ID or name contains" }),
  left: z
    .stringbool({ truthy: ["true"], falsy: ["false"] })
    .optional()
    .meta({
      description: "only those left as they are, or only the open ones",
      override: { type: "boolean" },
    }),
});
export type DifferenceFilter = z.infer<typeof DifferenceFilter>;
export const DifferencePage = pageOf(DifferenceView);

export const ProofDecision = z
  .object({
    act: z.enum(["send", "take", "leave"]).meta({
      description:
        "send: ours is wanted again, over what the platform was seen to hold; take: the platform's value becomes ours; leave: it stays as it is",
    }),
    scoreIds: z.array(Id).max(10_000).optional(),
    matching: z
      .strictObject({
        finding: z.enum(["differs", "missing"]).optional(),
        lineItemId: Id.optional(),
        q: z.string().max(200).optional(),
      })
      .optional()
      .meta({ description: "in place of `scoreIds`: all open ones that match" }),
    send: z
      .boolean()
      .default(true)
      .meta({ description: "with the act `send`: start a grade sync of the course at once" }),
  })
  .refine(({ scoreIds, matching }) => (scoreIds === undefined) !== (matching === undefined), {
    message: "name either scores or what matches",
    path: ["scoreIds"],
  })
  .meta({ id: "ProofDecision" });
export type ProofDecision = z.infer<typeof ProofDecision>;

export const ProofDecided = z
  .object({ decided: count, runId: Id.nullable() })
  .meta({ id: "ProofDecided" });
export type ProofDecided = z.infer<typeof ProofDecided>;
